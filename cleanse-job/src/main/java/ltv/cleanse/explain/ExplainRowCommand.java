package ltv.cleanse.explain;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code explain-row}: whether a row of a day counts, and which rule with which figures says no.
 */
@Command(
    name = "explain-row",
    mixinStandardHelpOptions = true,
    description =
        "Say whether a row of a day counts, and which rule with which figures took it out.")
public final class ExplainRowCommand implements Callable<Integer> {
  private static final String JOB = "cleanse";

  @Mixin private SiteFlags flags;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      required = true,
      description = "The day that the row is of, yyyy-MM-dd.")
  private LocalDate date;

  @Option(
      names = "--row",
      paramLabel = "ID",
      required = true,
      description =
          "What names it: its raw_ref (landing file#row), an order, event, install or transaction id, or a hashed id of a person or device.")
  private String row;

  private final Class<?> main;

  /**
   * A command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public ExplainRowCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(JOB, main, flags, this::tell);
  }

  private void tell(Opened opened, DuckDbSession session, RunReport report) {
    List<RowStory.Line> lines = new RowStory(opened, session, date).of(row);
    if (lines.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "No row of %s has the name %s: give a raw_ref as quarantine has it, or an id as the tables have it, and the day that the row is of."
              .formatted(date, row));
    }
    if (flags.text()) {
      lines.forEach(line -> System.out.println(line.text()));
    }
    report.fact("rows", "" + lines.size());
    report.fact("removed", "" + lines.stream().filter(RowStory.Line::removed).count());
  }
}
