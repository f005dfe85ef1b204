package ltv.calculate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;

/**
 * Rows as a file that spreadsheets open: UTF-8 with a byte order mark, without which Excel reads
 * Korean as another encoding; a text that a spreadsheet would run as a formula has an apostrophe
 * before it (OWASP, CSV injection).
 */
final class CsvExport {
  private static final String MARK = "\uFEFF";

  private CsvExport() {}

  /**
   * Writes the rows that a session sees, in an order, beside the file and then in its place.
   *
   * @param where a condition on the columns
   * @return number of rows
   */
  static long write(
      DuckDbSession session,
      String dataset,
      List<Column> columns,
      String where,
      List<String> by,
      Path to) {
    String names = columns.stream().map(CsvExport::cell).collect(Collectors.joining(", "));
    Path rows = session.scratchFile(".csv");
    session.execute(
        "copy (select %s from %s where %s order by %s) to '%s' (format csv, header)"
            .formatted(
                names,
                dataset,
                where,
                String.join(", ", by),
                DuckDbSession.quoted(rows.toString())));
    try {
      Path aside = Files.createTempFile(to.toAbsolutePath().getParent(), ".export", ".csv");
      try (OutputStream out = Files.newOutputStream(aside)) {
        out.write(MARK.getBytes(StandardCharsets.UTF_8));
        Files.copy(rows, out);
      }
      Files.move(aside, to, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (long)
        session.rows("select count(*) from %s where %s".formatted(dataset, where)).get(0).get(0);
  }

  private static String cell(Column column) {
    return column.type().kind() == Kind.STRING
        ? "case when regexp_matches(%1$s, '^[=+\\-@\\t\\r]') then '''' || %1$s else %1$s end as %1$s"
            .formatted(column.name())
        : column.name();
  }
}
