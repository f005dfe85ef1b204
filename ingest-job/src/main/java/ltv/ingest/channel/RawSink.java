package ltv.ingest.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Takes the pages of one fetch, in order, and keeps their bytes untouched. */
public interface RawSink {
  /**
   * Fact that says how the source goes on after a page, for example its cursor; the last page has
   * none. With it a fetch that is cut off is taken up behind the page.
   */
  String NEXT = "next";

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

  /**
   * Stores one page that the source sent as gzip; a sink that keeps gzip takes it as it came.
   *
   * @param gzip the file as received
   * @throws IOException when the landing cannot be written
   */
  default void packedPage(String format, Map<String, String> facts, Path gzip) throws IOException {
    try (InputStream body = new GZIPInputStream(Files.newInputStream(gzip))) {
      page(format, facts, body);
    }
  }

  /** Facts of the first page that was landed of this day before, by whatever run. */
  default Optional<Map<String, String>> last() {
    return Optional.empty();
  }

  /**
   * Pages of the newest earlier day of this account that was landed whole, in order; none when
   * there is no such day, or a page of it is there no more. For sources that say what has changed
   * since.
   */
  default List<ReceivedPage> earlier() {
    return List.of();
  }

  /** Makes a page that {@link #earlier} gave the next page of this day; it is not stored again. */
  default void keep(ReceivedPage page) {
    throw new UnsupportedOperationException("gives no earlier pages");
  }

  /**
   * Pages of this day that a fetch stored before it was cut off, while the source still knows where
   * it was: they are stored, and need not be asked for again. A connector that goes on from them
   * and is refused is asked once more, without them.
   */
  default List<ReceivedPage> received() {
    return List.of();
  }
}
