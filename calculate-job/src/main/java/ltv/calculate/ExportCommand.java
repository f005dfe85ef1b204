package ltv.calculate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import ltv.calculate.export.Format;
import ltv.calculate.export.MartExport;
import ltv.calculate.export.Reader;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: rows of a mart, as they are published, as a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write rows of a mart as they are published: for a spreadsheet or a program.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private SiteFlags flags;

  @Option(
      names = "--mart",
      paramLabel = "NAME",
      required = true,
      description = "The mart, such as mart_roas_cohort.")
  private String mart;

  @Option(names = "--date", paramLabel = "DAY", description = "One day of it, yyyy-MM-dd.")
  private LocalDate date;

  @Option(names = "--from", paramLabel = "DAY", description = "First day of a range.")
  private LocalDate from;

  @Option(names = "--until", paramLabel = "DAY", description = "Last day of a range, inclusive.")
  private LocalDate until;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "A condition in SQL on the mart's columns; default all rows.")
  private String where = "true";

  @Option(
      names = "--format",
      paramLabel = "xlsx|csv|parquet",
      required = true,
      description = "What the file is written as.")
  private Format format;

  @Option(
      names = "--for",
      paramLabel = "people|machine",
      description =
          "Who opens a CSV: people (default; a byte order mark, and an apostrophe before what a spreadsheet would run), or a machine (values as they are).")
  private Reader reader;

  @Mixin private FileToWrite to;

  @Override
  public Integer call() {
    return SqlJobCommand.look("calculate", CalculateCommand.class, flags, this::write);
  }

  private void write(Opened opened, DuckDbSession session, RunReport run) {
    check();
    Path file = to.path();
    Dataset dataset = dataset(opened);
    LocalDate first = date == null ? from : date;
    LocalDate last = date == null ? until : date;
    List<LocalDate> days = see(opened, session, dataset, first, last);
    Reader opening = reader == null ? Reader.PEOPLE : reader;
    long rows =
        new MartExport(session, mart, dataset.schema()).write(where, format, opening, last, file);
    run.fact("file", file.toString());
    run.fact("rows", String.valueOf(rows));
    run.fact("days_found", days.size() + " of " + (ChronoUnit.DAYS.between(first, last) + 1));
  }

  private void check() {
    boolean isDay = date != null && from == null && until == null;
    boolean isRange = date == null && from != null && until != null && !until.isBefore(from);
    if (!isDay && !isRange) {
      throw new JobException(
          ExitCode.USAGE,
          "Give one day, --date 2026-11-15, or a range, --from 2026-11-01 --until 2026-11-15.");
    }
    if (reader != null && format != Format.csv) {
      throw new JobException(
          ExitCode.USAGE,
          "--for goes with --format csv: %s holds values as they are, whoever opens it; leave --for away."
              .formatted(format));
    }
  }

  private Dataset dataset(Opened opened) {
    List<String> marts =
        opened.datasets().all().stream()
            .filter(d -> d.schema().publish() != null)
            .map(Dataset::name)
            .sorted()
            .toList();
    if (!marts.contains(mart)) {
      throw new JobException(
          ExitCode.USAGE,
          "There is no mart %s; there are %s.".formatted(mart, String.join(", ", marts)));
    }
    return opened.datasets().get(mart);
  }

  /** Lets the session see the days that are published, and says which. */
  private static List<LocalDate> see(
      Opened opened, DuckDbSession session, Dataset dataset, LocalDate first, LocalDate last) {
    Optional<LakeTable> table = opened.lake().existing(dataset.table());
    Pin pin = table.map(LakeTable::pin).orElse(Pin.nothing());
    List<LocalDate> days =
        pin.published().keySet().stream()
            .flatMap(p -> p.day().stream())
            .filter(day -> !day.isBefore(first) && !day.isAfter(last))
            .toList();
    if (days.isEmpty()) {
      throw new JobException(
          ExitCode.NOT_READY,
          "%s has no day from %s to %s: run %s for them, or ask for days that were run."
              .formatted(dataset.name(), first, last, dataset.job()));
    }
    session.read(
        dataset.name(),
        table.orElseThrow(),
        pin,
        dataset.schema().columns(),
        first,
        last,
        Reading.VIEW);
    return days;
  }
}
