package ltv.ingest.type;

import java.nio.file.Path;
import java.util.List;
import ltv.engine.DuckDbSession;
import ltv.ingest.type.RawShape.Format;

/** How one page shows its rows to DuckDB. */
interface PageReader {
  /**
   * A select with the columns {@code n} (row number from 1), {@code extra} (undeclared columns as
   * JSON), {@code error} (a row that could not be cut, as text) and whatever {@link #column} names.
   */
  String rows();

  /** The expression over {@link #rows()} that is a column's text. */
  String column(RawColumn column);

  /** Columns that the page has and nobody declared. */
  default List<String> unknown() {
    return List.of();
  }

  /** The reader for a shape. */
  static PageReader of(RawShape shape, DuckDbSession session, Path page, String name) {
    String path = "'" + DuckDbSession.quoted(page.toString()) + "'";
    return switch (shape.format()) {
      case JSON -> new JsonPage(shape, path);
      case CSV -> new DelimitedPage(shape, session, page, name, ',');
      case TSV -> new DelimitedPage(shape, session, page, name, '\t');
      case NDJSON, FIXED -> new LinePage(shape.format(), path);
      case DECLARED ->
          throw new IllegalStateException(name + " has a shape that only a site can declare");
    };
  }

  /** Pages of one JSON object with an array of rows: every value as text, absent as null. */
  record JsonPage(RawShape shape, String path) implements PageReader {
    @Override
    public String rows() {
      String struct =
          shape.columns().stream()
              .map(c -> '"' + c.from() + "\" VARCHAR")
              .collect(java.util.stream.Collectors.joining(", ", "STRUCT(", ")[]"));
      return """
      select unnest(%1$s) as r, generate_subscripts(%1$s, 1) as n, null as extra, null as error
      from read_json(%2$s, columns = {'%1$s': '%3$s'}, format = 'unstructured', maximum_object_size = 268435456)"""
          .formatted(shape.rows(), path, struct);
    }

    @Override
    public String column(RawColumn column) {
      return "r.\"" + column.from() + '"';
    }
  }

  /** One row per line, split at the line feed only: JSON objects, or columns at fixed places. */
  record LinePage(Format format, String path) implements PageReader {
    @Override
    public String rows() {
      String lines =
          "select line, row_number() over () as n from read_csv(%s, columns = {'line': 'VARCHAR'}, delim = '\1', quote = '', escape = '', header = false, auto_detect = false, max_line_size = 16777216)"
              .formatted(path);
      return format == Format.FIXED
          ? "select line, n, null as extra, null as error from ("
              + lines
              + ") where line is not null"
          : "select case when json_valid(line) then line end as line, n, null as extra, case when not json_valid(line) then line end as error from ("
              + lines
              + ") where line is not null";
    }

    @Override
    public String column(RawColumn column) {
      return format == Format.FIXED
          ? "nullif(trim(substr(line, " + column.start() + ", " + column.length() + ")), '')"
          : "json_extract_string(line, '$.\"" + DuckDbSession.quoted(column.from()) + "\"')";
    }
  }
}
