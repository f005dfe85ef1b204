package ltv.ingest.channel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Takes the pages of one fetch, in order, and keeps their bytes untouched. */
public interface RawSink {
  /**
   * Stores one page.
   *
   * @param format the payload's kind as a file ending: {@code json}, {@code csv}, {@code txt}
   * @param facts what to remember of the request: path, parameters, API version, cursor, rows
   *     announced; without secrets
   * @param body the bytes as received; read to the end, not closed
   * @throws IOException when the source's stream breaks or the landing cannot be written
   */
  void page(String format, Map<String, String> facts, InputStream body) throws IOException;
}
