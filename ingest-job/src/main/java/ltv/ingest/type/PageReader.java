package ltv.ingest.type;

import java.nio.file.Path;
import java.util.List;
import ltv.engine.DuckDbSession;

/** How one page shows its rows to DuckDB. */
interface PageReader {
  /**
   * A select with the columns {@code n} (row number from 1), {@code extra} (undeclared columns as
   * JSON), {@code error} (a row that could not be cut, as text) and whatever {@link #column} names.
   */
  String rows();

  /** The expression over {@link #rows()} that is a column's text. */
  String column(RawColumn column);

  /** The page's fields, those of a nested one as paths; empty where they are not looked at. */
  default List<String> fields() {
    return List.of();
  }

  /**
   * The reader for a shape.
   *
   * @param page gzip or plain
   * @param bytes of the page, unpacked
   * @param name as messages call it
   */
  static PageReader of(RawShape shape, DuckDbSession session, Path page, long bytes, String name) {
    String path = "'" + DuckDbSession.quoted(page.toString()) + "'";
    return switch (shape.format()) {
      case JSON, JSON_ARRAY -> JsonPage.of(shape, session, path, bytes, name);
      case CSV -> new DelimitedPage(shape, session, page, name, ',');
      case TSV -> new DelimitedPage(shape, session, page, name, '\t');
      case SHEET -> SheetPage.of(shape, page, bytes, name);
      case NDJSON -> new JsonLines(shape, path, JsonLines.Care.LINE_BY_LINE);
      case FIXED -> new LinePage(path);
      case DECLARED ->
          throw new IllegalStateException(name + " has a shape that only a site can declare");
    };
  }

  /** The lines of a page and their numbers, split at the line feed only. */
  static String lines(String path) {
    return "select line, row_number() over () as n from read_csv(%s, columns = {'line': 'VARCHAR'}, delim = '\1', quote = '', escape = '', header = false, auto_detect = false, max_line_size = 16777216)"
        .formatted(path);
  }

  /** One row per line, cut at fixed places. */
  record LinePage(String path) implements PageReader {
    @Override
    public String rows() {
      return "select line, n, null as extra, null as error from ("
          + lines(path)
          + ") where line is not null";
    }

    @Override
    public String column(RawColumn column) {
      return "nullif(trim(substr(line, " + column.start() + ", " + column.length() + ")), '')";
    }
  }
}
