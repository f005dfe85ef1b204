package ltv.ingest.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.land.LandedPage;

/**
 * Rows as JSON lines in a file on its way to a sink: for sources whose rows come without names, or
 * in a form that nobody could take a row out of.
 */
public final class RowLines implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Writer lines;
  private long rows;

  /** A file in a folder, which is made when missing. */
  public RowLines(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.file = Files.createTempFile(folder, "rows-", ".ndjson.gz");
    this.lines =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file), BUFFER), StandardCharsets.UTF_8));
  }

  /** Adds a row. */
  public void add(JsonNode row) throws IOException {
    add(JSON.writeValueAsString(row));
  }

  /** Adds a row that is written already, on one line. */
  public void add(String json) throws IOException {
    lines.write(json);
    lines.write('\n');
    rows++;
  }

  /** How many there are. */
  public long rows() {
    return rows;
  }

  /** Hands the page over, with their number; nothing can be added any more. */
  public void into(RawSink sink, Map<String, String> facts) throws IOException {
    lines.close();
    Map<String, String> all = new TreeMap<>(facts);
    all.put(LandedPage.ROWS, "" + rows);
    sink.packedPage("ndjson", all, file);
  }

  @Override
  public void close() throws IOException {
    lines.close();
    Files.deleteIfExists(file);
  }
}
