package ltv.ingest.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;

/**
 * A window of a Google Sheet as its API answers for two ranges: the header row, and rows below it.
 * Cells that are empty to the end of a row are not sent. A row with a formula's error in a declared
 * column becomes {@code error}; an empty row is none, but counts.
 */
record SheetPage(RawShape shape, String path, long bytes, HeaderRow header) implements PageReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SMALLEST = 1 << 20;
  private static final String FORMULA_ERROR = "#(N/A|REF!|DIV/0!|NAME\\?|VALUE!|NUM!|NULL!|ERROR!)";

  static SheetPage of(RawShape shape, Path page, long bytes, String name) {
    List<String> cells = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(page))) {
      JsonNode first = JSON.readTree(in).at("/valueRanges/0/values/0");
      first.forEach(cell -> cells.add(cell.asText().strip()));
    } catch (JsonProcessingException e) {
      throw new ChannelException(Kind.BAD_FILE, name + " is no answer of Google Sheets.", e);
    } catch (IOException e) {
      throw new ChannelException(Kind.BAD_FILE, name + " is cut off: " + e.getMessage(), e);
    }
    String quoted = "'" + DuckDbSession.quoted(page.toString()) + "'";
    return new SheetPage(shape, quoted, bytes, new HeaderRow(cells, shape, name));
  }

  @Override
  public String rows() {
    String errors =
        shape.columns().stream()
            .filter(c -> header.at(c) >= 0)
            .map(c -> "regexp_full_match(" + cell(header.at(c)) + ", '" + FORMULA_ERROR + "')")
            .collect(Collectors.joining(" or "));
    return """
    select r, n, %s as extra, case when %s then cast(r as varchar) end as error from (
      select r, row_number() over () as n from (
        select unnest(cast(json_extract(valueRanges, '$[1].values') as json[])) as r
        from read_json(%s, columns = {'valueRanges': 'JSON'}, format = 'unstructured', maximum_object_size = %d)))
    where regexp_matches(cast(r as varchar), '[^\\[\\]", ]')"""
        .formatted(
            header.extra(SheetPage::cell),
            errors.isEmpty() ? "false" : errors,
            path,
            Math.max(SMALLEST, bytes + 1));
  }

  private static String cell(int at) {
    return "nullif(trim(json_extract_string(r, '$[" + at + "]')), '')";
  }

  @Override
  public List<String> fields() {
    return header.fields(shape);
  }

  @Override
  public String column(RawColumn column) {
    return header.column(column, SheetPage::cell);
  }
}
