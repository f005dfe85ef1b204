package ltv.ingest.land;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import ltv.lake.Fingerprint;

/**
 * Hash of the rows of a JSON page without what is around them: sources put cursors, links and
 * request ids there, which differ each time the same rows are asked for.
 */
final class RowsHash {
  private static final JsonFactory JSON = new JsonFactory();

  private RowsHash() {}

  /**
   * The hash of all rows in order, however they are cut into arrays.
   *
   * @param page one JSON object with an array of rows, or an array of such objects; read to the end
   * @param rows where the array lies in an object: a field, or fields with points between them
   * @return empty when the page is not JSON
   */
  static Optional<String> of(InputStream page, String rows) throws IOException {
    String pointer = "/" + rows.replace('.', '/');
    Fingerprint hash = Fingerprint.start().add(rows);
    try (JsonParser parser = JSON.createParser(page)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY && pointer.equals(fieldsTo(parser))) {
          addElements(parser, hash);
        }
      }
      return Optional.of(hash.hex());
    } catch (JsonProcessingException e) {
      return Optional.empty(); // typing says what is wrong with it
    }
  }

  private static String fieldsTo(JsonParser parser) {
    return parser
        .getParsingContext()
        .getParent()
        .pathAsPointer()
        .toString()
        .replaceAll("/\\d+(?=/|$)", "");
  }

  private static void addElements(JsonParser parser, Fingerprint hash) throws IOException {
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth > 0) {
        hash.add(token.name()).add(parser.getText());
      }
    }
  }
}
