package ltv.ingest.type;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import ltv.ingest.land.LandedPage;
import ltv.ingest.type.RawShape.Format;
import ltv.ingest.type.RawShape.Header;

/**
 * Copies pages without some of their rows. What stays is what it was: of text byte for byte, of
 * JSON by value. A sheet's row is emptied, so that the others keep their numbers.
 */
public final class RowFilter {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  private final RawShape shape;
  private final Predicate<Row> goes;

  /** Of pages of a shape, those rows go of which this is true. */
  public RowFilter(RawShape shape, Predicate<Row> goes) {
    this.shape = shape;
    this.goes = goes;
  }

  /** A row of a page. */
  public static final class Row {
    private final RawShape shape;
    private final String text;
    private final Function<RawColumn, String> fields;

    private Row(RawShape shape, String text, Function<RawColumn, String> fields) {
      this.shape = shape;
      this.text = text;
      this.fields = fields;
    }

    /** As it stands there, with the escapes of JSON read. */
    public String text() {
      return text;
    }

    /** The text of a declared column; empty when the row has none. */
    public Optional<String> value(String column) {
      return shape.columns().stream().filter(c -> c.name().equals(column)).findFirst().map(fields);
    }
  }

  /**
   * Copies a page.
   *
   * @param in its bytes, unpacked
   * @return how many rows were left out
   */
  public long copy(LandedPage page, InputStream in, OutputStream out) throws IOException {
    String kind = page.facts().get(LandedPage.SHAPE);
    Format format = kind == null ? shape.format() : Format.valueOf(kind);
    if (List.of(Format.JSON, Format.JSON_ARRAY, Format.SHEET).contains(format)) {
      JsonNode whole = JSON.readTree(in);
      long gone = format == Format.SHEET ? emptied(whole) : removed(whole);
      out.write(JSON.writeValueAsBytes(whole));
      return gone;
    }
    Charset charset =
        Charset.forName(page.facts().getOrDefault(LandedPage.CHARSET, StandardCharsets.UTF_8 + ""));
    return lines(format, charset, in, out);
  }

  private long removed(JsonNode page) {
    long gone = 0;
    for (JsonNode object : page.isArray() ? page : List.of(page)) {
      JsonNode rows = object.at("/" + shape.rows().replace('.', '/'));
      for (Iterator<JsonNode> row = rows.elements(); row.hasNext(); ) {
        if (goes.test(of(row.next()))) {
          row.remove();
          gone++;
        }
      }
    }
    return gone;
  }

  private long emptied(JsonNode page) {
    long gone = 0;
    for (JsonNode range : page.path("valueRanges")) {
      for (JsonNode row : range.path("values")) {
        if (goes.test(of(row))) {
          ((ArrayNode) row).removeAll();
          gone++;
        }
      }
    }
    return gone;
  }

  private Row of(JsonNode row) {
    return new Row(
        shape,
        row.toString(),
        column -> row.at("/" + column.from().replace('.', '/')).asText(null));
  }

  private long lines(Format format, Charset charset, InputStream in, OutputStream out)
      throws IOException {
    boolean cells = format == Format.CSV || format == Format.TSV;
    // byte for byte, whatever is broken in the text; a charset of two-byte units has no lines else
    Charset bytes = charset.name().startsWith("UTF-16") ? charset : StandardCharsets.ISO_8859_1;
    long gone = 0;
    List<String> names = List.of();
    try (Reader from = new BufferedReader(new InputStreamReader(in, bytes));
        Writer to = new OutputStreamWriter(out, bytes)) {
      boolean header = cells && shape.header() == Header.PRESENT;
      for (String line = next(from, cells); !line.isEmpty(); line = next(from, cells)) {
        String text = new String(line.getBytes(bytes), charset);
        if (header) {
          names = cells(text, format);
        }
        if (!header && goes.test(of(text, format, names))) {
          gone++;
        } else {
          to.write(line);
        }
        header = false;
      }
    }
    return gone;
  }

  /**
   * The next line with its end, of cells with the line breaks that are quoted; empty at the end.
   */
  private static String next(Reader in, boolean cells) throws IOException {
    StringBuilder line = new StringBuilder();
    boolean quoted = false;
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.append((char) c);
      quoted ^= cells && c == '"';
      if (c == '\n' && !quoted) {
        break;
      }
    }
    return line.toString();
  }

  private Row of(String line, Format format, List<String> names) throws IOException {
    if (format == Format.NDJSON) {
      return line.contains("\\u") || line.contains("\\/")
          ? ofJson(line)
          : new Row(shape, line, c -> ofJson(line).value(c.name()).orElse(null));
    }
    return new Row(shape, line, column -> cell(line, format, names, column));
  }

  /** Of a line that is torn, its text is all there is. */
  private Row ofJson(String line) {
    try {
      return of(JSON.readTree(line));
    } catch (IOException e) {
      return new Row(shape, line, c -> null);
    }
  }

  private String cell(String line, Format format, List<String> names, RawColumn column) {
    if (format == Format.FIXED) {
      int from = Math.min(line.length(), column.start() - 1);
      return line.substring(from, Math.min(line.length(), from + column.length())).strip();
    }
    int at =
        shape.header() == Header.PRESENT
            ? names.indexOf(column.from())
            : shape.columns().stream().filter(c -> c.value() == null).toList().indexOf(column);
    List<String> cells = cells(line, format);
    return at >= 0 && at < cells.size() ? cells.get(at) : null;
  }

  private static List<String> cells(String line, Format format) {
    CsvSchema schema =
        CsvSchema.emptySchema().withColumnSeparator(format == Format.TSV ? '\t' : ',');
    try (var rows = CSV.readerForListOf(String.class).with(schema).<List<String>>readValues(line)) {
      return rows.hasNext() ? rows.next().stream().map(String::strip).toList() : List.of();
    } catch (IOException e) {
      return List.of(); // a row that cannot be cut has no columns
    }
  }
}
