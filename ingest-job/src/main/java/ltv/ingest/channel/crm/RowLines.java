package ltv.ingest.channel.crm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.channel.RawSink;
import ltv.ingest.land.LandedPage;

/** Rows as JSON lines in a file on its way to the sink, each value the database's text of it. */
final class RowLines implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final JsonGenerator json;
  private long rows;

  /** A file in a folder, which is made when missing. */
  RowLines(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.file = Files.createTempFile(folder, "rows-", ".ndjson.gz");
    this.json = JSON.createGenerator(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16));
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  /** Adds the row that a result stands at. */
  void add(ResultSet row) throws SQLException, IOException {
    json.writeStartObject();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      json.writeStringField(row.getMetaData().getColumnLabel(i), row.getString(i));
    }
    json.writeEndObject();
    rows++;
  }

  /** Hands the page over; nothing can be added any more. */
  void into(RawSink sink, String report) throws IOException {
    json.close();
    Map<String, String> facts = Map.of(LandedPage.REPORT, report, LandedPage.ROWS, "" + rows);
    sink.packedPage("ndjson", facts, file);
  }

  @Override
  public void close() throws IOException {
    json.close();
    Files.deleteIfExists(file);
  }
}
