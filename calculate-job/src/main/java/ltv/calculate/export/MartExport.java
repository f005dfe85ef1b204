package ltv.calculate.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.DatasetSchema;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Rows of a mart as one file. They are copied first; before a condition that somebody typed is
 * applied to the copy, the session is locked so that it reads and writes nothing but its scratch.
 */
public final class MartExport {
  /** Rows that a sheet holds below its header. */
  static final long MOST_ROWS_OF_A_SHEET = 1_048_575;

  private final DuckDbSession session;
  private final String mart;
  private final List<Column> columns;
  private final List<String> order;

  /**
   * An export of a mart that the session sees by its name; of a session that does no more after.
   */
  public MartExport(DuckDbSession session, String mart, DatasetSchema schema) {
    this.session = session;
    this.mart = mart;
    this.columns = schema.columns();
    List<String> key =
        Stream.concat(schema.partitionColumn().stream(), schema.key().stream()).distinct().toList();
    this.order = key.isEmpty() ? columns.stream().map(Column::name).toList() : key;
  }

  /**
   * Writes the rows that a condition holds for.
   *
   * @param where as it was typed
   * @param day that a workbook says it was made on
   * @return number of rows
   * @throws JobException with exit 64 when the condition is not harmless, or a sheet cannot hold
   *     the rows
   */
  public long write(String where, Format format, Reader reader, LocalDate day, Path to) {
    session.keep("exported", "select %s from %s".formatted(names(), mart));
    lock();
    Condition condition = new Condition(where, mart, columns);
    choose(condition);
    long rows = (long) session.rows("select count(*) from chosen").get(0).get(0);
    switch (format) {
      case csv -> CsvExport.write(session, "chosen", columns, "true", List.of("rowid"), to, reader);
      case parquet -> parquet(to);
      case xlsx -> xlsx(rows, day, to);
    }
    return rows;
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private void lock() {
    Path scratch = session.scratchFile("").getParent();
    session.execute(
        "set allowed_directories = ['%s']".formatted(DuckDbSession.quoted(scratch.toString())));
    session.execute("set enable_external_access = false");
    session.execute("set lock_configuration = true");
  }

  private void choose(Condition condition) {
    String where = condition.checked(session);
    try {
      session.keep(
          "chosen",
          "select %s from exported where %s order by %s"
              .formatted(names(), where, String.join(", ", order)));
    } catch (JobException e) {
      if (e.exitCode() != ExitCode.BUG) {
        throw e;
      }
      throw condition.refused(
          "does not work: "
              + e.getMessage().replaceFirst("(?s)\\R.*", "").replaceFirst("^DuckDB: ", ""));
    }
  }

  private void parquet(Path to) {
    Path rows = session.scratchFile(".parquet");
    session.execute(
        "copy (select %s from chosen order by rowid) to '%s' (format parquet)"
            .formatted(names(), DuckDbSession.quoted(rows.toString())));
    InPlace.write(to, out -> Files.copy(rows, out));
    InPlace.delete(rows);
  }

  private void xlsx(long rows, LocalDate day, Path to) {
    if (rows > MOST_ROWS_OF_A_SHEET) {
      throw new JobException(
          ExitCode.USAGE,
          "%s has %,d such rows, and a sheet holds %,d: narrow it by --where or days, or take --format csv or parquet."
              .formatted(mart, rows, MOST_ROWS_OF_A_SHEET));
    }
    new XlsxExport(session, columns).write("chosen", mart, day, to);
  }
}
