package ltv.calculate.explain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import ltv.calculate.trace.Known;
import ltv.calculate.trace.KnownTables;
import ltv.calculate.trace.LandingLines;
import ltv.calculate.trace.Step.Line;
import ltv.dataset.DatasetWords;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.dataset.Trace;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code audit}: takes some numbers of the marts of a day and holds each against the lines that
 * sources sent.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Choose numbers of the marts of a day by a seed, walk each to the lines that sources sent, and hold it against their sum and their texts.")
public final class AuditCommand implements Callable<Integer> {
  private static final String JOB = "calculate";

  /** As programs write numbers, and as people do. */
  private static final List<Pattern> NUMBERS =
      List.of(
          Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?"),
          Pattern.compile("\\d{1,3}(,\\d{3})+(\\.\\d+)?"));

  @Mixin private SiteFlags flags;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      required = true,
      description = "The day of the marts, yyyy-MM-dd.")
  private LocalDate date;

  @Option(
      names = "--numbers",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many (default ${DEFAULT-VALUE}).")
  private int numbers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which: the same seed chooses the same (default ${DEFAULT-VALUE}).")
  private long seed;

  private final Class<?> main;

  /**
   * A command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public AuditCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(JOB, main, flags, this::audit);
  }

  /** A traced column of a mart that has rows of the day. */
  private record Column(Known mart, String name, long rows) {}

  private void audit(Opened opened, DuckDbSession session, RunReport report) {
    KnownTables tables = new KnownTables(opened.lake().tables(), session);
    List<Column> columns = columns(tables, session, report);
    if (columns.isEmpty()) {
      throw new JobException(
          ExitCode.NOT_READY,
          "No mart has rows of %s whose numbers are traced: run calculate for the day."
              .formatted(date));
    }
    Random random = new Random(seed);
    List<String> wrong = new ArrayList<>();
    long lines = 0;
    long words = 0;
    try (LandingLines landing = new LandingLines(opened.site(), 0)) {
      for (int i = 0; i < numbers; i++) {
        Column column = columns.get(random.nextInt(columns.size()));
        Question question = question(column, random, session);
        Explanation explanation = new Explainer(opened, tables, session, landing).of(question);
        lines += explanation.lines();
        Optional<String> end = explanation.endsInWords();
        Optional<String> complaint = end.isPresent() ? Optional.empty() : complaint(explanation);
        words += end.isPresent() ? 1 : 0;
        String what =
            "%s.%s %s = %s"
                .formatted(
                    column.mart.name(),
                    column.name,
                    question.key(),
                    ExplanationText.number(explanation.top().own()));
        complaint.ifPresent(c -> wrong.add(what + ": " + c));
        if (flags.text()) {
          System.out.println(
              what + ": " + complaint.or(() -> end).orElse(explanation.lines() + " lines give it"));
        }
      }
    }
    report.fact("numbers", "" + numbers);
    report.fact("numbers_from_lines", "" + (numbers - wrong.size() - words));
    report.fact("numbers_told_in_words", "" + words);
    report.fact("numbers_wrong", "" + wrong.size());
    report.fact("lines", "" + lines);
    wrong.forEach(w -> report.failed(new JobException(ExitCode.HELD, w)));
  }

  private List<Column> columns(KnownTables tables, DuckDbSession session, RunReport report) {
    List<Column> columns = new ArrayList<>();
    long all = 0;
    long told = 0;
    long summed = 0;
    for (String name : tables.names()) {
      Known mart = tables.find(name).orElseThrow();
      if (!name.startsWith("mart_") || mart.words().isEmpty() || mart.partition().isEmpty()) {
        continue;
      }
      Trace trace = mart.words().map(DatasetWords::trace).orElseThrow();
      tables.see(mart, date, date);
      long rows =
          (Long)
              session
                  .rows(
                      "select count(*) from %s where %s = date '%s'"
                          .formatted(name, mart.partition().get(), date))
                  .get(0)
                  .get(0);
      for (String column : mart.names().stream().filter(mart::isNumber).toList()) {
        boolean isSum = !trace.sumsOf(column).isEmpty() || trace.converted().containsKey(column);
        all++;
        told += trace.tellsOf(column) ? 1 : 0;
        summed += isSum ? 1 : 0;
        if (isSum && rows > 0 && !mart.isDouble(column)) {
          columns.add(new Column(mart, column, rows));
        }
      }
    }
    report.fact(
        "columns", all + " of numbers, %d told of, %d of them sums".formatted(told, summed));
    return columns;
  }

  private Question question(Column column, Random random, DuckDbSession session) {
    Known mart = column.mart;
    List<String> identity = mart.identity();
    List<Object> row =
        session
            .rows(
                "select %1$s from %2$s where %3$s = date '%4$s' order by all limit 1 offset %5$d"
                    .formatted(
                        String.join(", ", identity),
                        mart.name(),
                        mart.partition().orElseThrow(),
                        date,
                        random.nextLong(column.rows)))
            .get(0);
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < identity.size(); i++) {
      key.put(identity.get(i), row.get(i) == null ? "" : row.get(i).toString());
    }
    return new Question(mart, key, column.name);
  }

  /** Why the lines do not give the number; empty when they do, or when there is nothing to give. */
  private static Optional<String> complaint(Explanation explanation) {
    BigDecimal number = Explanation.exact(explanation.top().own());
    if (explanation.linesBring().compareTo(number) != 0) {
      return Optional.of(
          "%,d lines give %s"
              .formatted(explanation.lines(), explanation.linesBring().toPlainString()));
    }
    return explanation.shown().stream()
        .filter(line -> !says(line))
        .findFirst()
        .map(line -> "%s does not say %s: %s".formatted(line.rawRef(), line.own(), line.text()));
  }

  /** Whether a line is there and has the number that was read of it; nothing is said by nothing. */
  private static boolean says(Line line) {
    if (!line.there()) {
      return false;
    }
    if (line.own() == null || Explanation.exact(line.own()).signum() == 0) {
      return true;
    }
    BigDecimal own = Explanation.exact(line.own()).abs();
    return NUMBERS.stream()
        .flatMap(pattern -> pattern.matcher(line.text()).results())
        .anyMatch(n -> new BigDecimal(n.group().replace(",", "")).compareTo(own) == 0);
  }
}
