package ltv.calculate.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import ltv.dataset.DatasetWords.Pages;
import ltv.lake.Storage;

/**
 * Rows of one landed page by number, numbered as ingest numbers them: records of a delimited text
 * without its header, lines, or elements of the array in which JSON has its rows.
 */
final class LandedRows {
  private static final String MANIFEST = "_request.json";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Storage storage;
  private final String file;
  private final Optional<Pages> pages;
  private final boolean headerless;

  /**
   * Of a page.
   *
   * @param pages how its source cuts pages; empty when nobody says
   * @param headerless whether the site says that a text has no header
   */
  LandedRows(Storage storage, String file, Optional<Pages> pages, boolean headerless) {
    this.storage = storage;
    this.file = file;
    this.pages = pages;
    this.headerless = headerless;
  }

  /** The rows of these numbers, from 1, that the page has. */
  Map<Long, String> read(SortedSet<Long> numbers) throws IOException {
    String text = text();
    boolean delimited = file.endsWith(".csv.gz") || file.endsWith(".tsv.gz");
    Map<Long, String> rows = new TreeMap<>();
    if (file.endsWith(".json.gz")) {
      elements(text, numbers, rows);
    } else if (delimited && !format().equals("fixed")) {
      boolean header = !headerless && !"absent".equals(pages.map(Pages::header).orElse(""));
      records(text, header ? 1 : 0, numbers, rows);
    } else {
      long n = 0;
      for (String line : text.split("\n", -1)) {
        if (numbers.contains(++n)) {
          rows.put(n, line);
        }
      }
    }
    return rows;
  }

  private String format() {
    return pages.map(Pages::format).orElse("");
  }

  private String text() throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(storage.local(storage.location(file))))) {
      String text = new String(in.readAllBytes(), charset());
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
  }

  /** As the manifest beside it says; the usual one where it says nothing. */
  private Charset charset() throws IOException {
    String manifest = storage.location(file.replaceFirst("[^/]*$", MANIFEST));
    if (storage.exists(manifest)) {
      for (JsonNode page : new ObjectMapper().readTree(storage.read(manifest)).path("pages")) {
        if (page.path("file").asText().equals(file) && page.path("facts").has("charset")) {
          return Charset.forName(page.path("facts").path("charset").asText());
        }
      }
    }
    return StandardCharsets.UTF_8;
  }

  /** A line break inside quotes ends no record, and an empty line is none. */
  private static void records(
      String text, int header, SortedSet<Long> numbers, Map<Long, String> rows) {
    long n = -header;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length() && n < numbers.last(); i++) {
      boolean end = i == text.length() || text.charAt(i) == '\n' && !quoted;
      if (i < text.length() && text.charAt(i) == '"') {
        quoted = !quoted;
      }
      if (end) {
        String record = text.substring(start, i).replaceFirst("\r$", "");
        start = i + 1;
        if (!record.isEmpty() && numbers.contains(++n)) {
          rows.put(n, record);
        }
      }
    }
  }

  private void elements(String text, SortedSet<Long> numbers, Map<Long, String> rows)
      throws IOException {
    String path = pages.map(Pages::rows).orElse("data");
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      long n = 0;
      for (JsonToken token = parser.nextToken();
          token != null && n < numbers.last();
          token = parser.nextToken()) {
        if ((token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY)
            && isRow(parser, path)) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          if (numbers.contains(++n)) {
            rows.put(n, text.substring(start, (int) parser.currentLocation().getCharOffset()));
          }
        }
      }
    }
  }

  /** Whether what begins here is an element of the array of rows; of a sheet, of its second one. */
  private static boolean isRow(JsonParser parser, String path) {
    var parent = parser.getParsingContext().getParent();
    if (parent == null || !parent.inArray()) {
      return false;
    }
    String pointer = parent.pathAsPointer().toString();
    String array = pointer.replaceFirst("/\\d+$", "");
    return array.replaceAll("/\\d+(?=/|$)", "").replace('/', '.').equals("." + path)
        && !array.startsWith("/valueRanges/0");
  }
}
