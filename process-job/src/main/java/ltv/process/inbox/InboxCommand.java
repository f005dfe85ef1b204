package ltv.process.inbox;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code inbox}: campaigns, names and events that nobody has explained, with what is at stake and
 * how to explain them.
 */
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description =
        "Say which campaigns, names and events nobody has explained, what is at stake, and what to fill in.")
public final class InboxCommand implements Callable<Integer> {
  private static final String JOB = "process";

  @Mixin private SiteFlags flags;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      required = true,
      description = "The day as of which it is asked, yyyy-MM-dd.")
  private LocalDate date;

  @Option(
      names = "--language",
      split = ",",
      paramLabel = "ko|en",
      description = "Languages of the guide, one after the other; default ko,en.")
  private List<Guide.Language> languages = List.of(Guide.Language.KO, Guide.Language.EN);

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many of each are shown, those with most at stake; default ${DEFAULT-VALUE}.")
  private int top;

  private final Class<?> main;

  /**
   * A command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public InboxCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(JOB, main, flags, this::tell);
  }

  private void tell(Opened opened, DuckDbSession session, RunReport report) {
    Inbox inbox = Inbox.of(opened, session, date);
    if (flags.text()) {
      for (Guide.Language language : languages) {
        System.out.println(
            new Guide(language, top).of(inbox, date, opened.site().reportingCurrency()));
      }
    }
    report.fact("campaigns", "" + inbox.campaigns().size());
    report.fact("names", "" + inbox.names().size());
    report.fact("events", "" + inbox.events().size());
  }
}
