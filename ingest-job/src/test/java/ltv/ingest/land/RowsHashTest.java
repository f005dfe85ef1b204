package ltv.ingest.land;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowsHashTest {
  @Test
  void rows_are_found_where_the_shape_says_however_they_are_cut() throws IOException {
    String nested = "[{\"a\":{\"rows\":[{\"x\":\"1\"},{\"x\":\"2\"}]},\"requestId\":\"q\"}]";
    String cut = "[{\"a\":{\"rows\":[{\"x\":\"1\"}]}},{\"a\":{\"rows\":[{\"x\":\"2\"}]}}]";

    assertEquals(rowsHash(nested), rowsHash(cut));
    assertNotEquals(
        rowsHash(nested), rowsHash(nested.replace("\"2\"", "2")), "a text is no number");
    assertNotEquals(rowsHash(nested), rowsHash(nested.replace("\"x\":\"2\"", "\"y\":\"2\"")));
    assertEquals(rowsHash("{}"), rowsHash(nested.replace("\"rows\"", "\"others\"")), "no rows");
    assertEquals(Optional.empty(), rowsHash(nested.substring(0, 30)), "cut off");
  }

  private static Optional<String> rowsHash(String json) throws IOException {
    return RowsHash.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "a.rows");
  }
}
