package ltv.calculate.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import ltv.calculate.report.file.CsvText;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;

/**
 * Rows as CSV. For people: UTF-8 with a byte order mark, without which Excel reads Korean as
 * another encoding; a text that a spreadsheet would run as a formula has an apostrophe before it
 * (OWASP, CSV injection). For machines neither.
 */
public final class CsvExport {
  private static final String MARK = "\uFEFF";

  private CsvExport() {}

  /**
   * Writes the rows that a session sees for people, in an order, beside the file and then in its
   * place.
   *
   * @param where a condition on the columns
   * @return number of rows
   */
  public static long write(
      DuckDbSession session,
      String dataset,
      List<Column> columns,
      String where,
      List<String> by,
      Path to) {
    return write(session, dataset, columns, where, by, to, Reader.PEOPLE);
  }

  /** The same for either reader. */
  static long write(
      DuckDbSession session,
      String dataset,
      List<Column> columns,
      String where,
      List<String> by,
      Path to,
      Reader reader) {
    String names =
        columns.stream()
            .map(c -> reader == Reader.PEOPLE ? cell(c) : c.name())
            .collect(Collectors.joining(", "));
    Path rows = session.scratchFile(".csv");
    session.execute(
        "copy (select %s from %s where %s order by %s) to '%s' (format csv, header)"
            .formatted(
                names,
                dataset,
                where,
                String.join(", ", by),
                DuckDbSession.quoted(rows.toString())));
    InPlace.write(
        to,
        out -> {
          if (reader == Reader.PEOPLE) {
            out.write(MARK.getBytes(StandardCharsets.UTF_8));
          }
          Files.copy(rows, out);
        });
    InPlace.delete(rows);
    return (long)
        session.rows("select count(*) from %s where %s".formatted(dataset, where)).get(0).get(0);
  }

  private static String cell(Column column) {
    return column.type().kind() == Kind.STRING
        ? "case when regexp_matches(%1$s, '^%2$s') then '''' || %1$s else %1$s end as %1$s"
            .formatted(column.name(), CsvText.FORMULA_SIGN)
        : column.name();
  }
}
