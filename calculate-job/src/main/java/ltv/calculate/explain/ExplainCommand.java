package ltv.calculate.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import ltv.calculate.trace.KnownTables;
import ltv.calculate.trace.LandingLines;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: why a number is what it is, down to what the sources sent. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Say where a number comes from: datasets, rules, removed rows, and the lines that sources sent.")
public final class ExplainCommand implements Callable<Integer> {
  private static final String JOB = "calculate";

  @Mixin private SiteFlags flags;

  @Option(
      names = "--mart",
      paramLabel = "NAME",
      required = true,
      description = "The mart, such as mart_campaign_daily, or any other dataset of the lake.")
  private String mart;

  @Option(
      names = "--key",
      paramLabel = "COLUMN=VALUE",
      description =
          "What tells the row from others, as often as needed; without a value for an empty one.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--column",
      paramLabel = "NAME",
      required = true,
      description = "The number's column.")
  private String column;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Of how many landing lines of a step the text is shown, 0 for all (default ${DEFAULT-VALUE}); sums are over all. What sources sent may name people.")
  private int lines;

  private final Class<?> main;

  /**
   * A command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public ExplainCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(JOB, main, flags, this::tell);
  }

  private void tell(Opened opened, DuckDbSession session, RunReport report) {
    KnownTables tables = new KnownTables(opened.lake().tables(), session);
    Question question = Question.of(tables, mart, keys, column);
    try (LandingLines landing = new LandingLines(opened.site(), lines)) {
      Explanation explanation = new Explainer(opened, tables, session, landing).of(question);
      System.out.println(
          flags.text()
              ? new ExplanationText(explanation).lines()
              : new ExplanationJson(explanation).line());
      report.fact("number", "" + explanation.top().own());
      report.fact("lines", "" + explanation.lines());
      report.fact("lines_bring", explanation.linesBring().toPlainString());
      report.fact("whole", "" + explanation.isWhole());
    }
  }
}
