package ltv.ingest.channel.ga4export;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.RowLines;
import ltv.ingest.land.LandedPage;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Files that BigQuery's EXPORT DATA wrote of a day's table: JSON lines, Avro or Parquet. All land
 * as JSON lines, so that one query types them and a person can be taken out.
 */
final class Extracts {
  private static final String AVRO = ".avro";
  private static final String PARQUET = ".parquet";

  private final Path scratch;

  Extracts(Path scratch) {
    this.scratch = scratch;
  }

  void read(String pattern, RawSink sink) {
    List<Path> files = files(pattern);
    if (files.isEmpty()) {
      throw new ChannelException(
          Kind.NOT_READY,
          "no file matches %s; put the extract there and run the day again.".formatted(pattern));
    }
    for (Path file : files) {
      try (RowLines lines = new RowLines(scratch)) {
        copy(file, lines);
        lines.into(sink, Map.of(LandedPage.SOURCE_FILE, file.getFileName().toString()));
      } catch (EOFException | ZipException | InvalidAvroMagicException | AvroRuntimeException e) {
        throw new ChannelException(
            Kind.BAD_FILE,
            "%s is cut off or not what its name says (%s). Nothing of the day was committed; extract it again."
                .formatted(file, e.getMessage()),
            e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Path> files(String pattern) {
    Path whole = Path.of(pattern);
    PathMatcher name = FileSystems.getDefault().getPathMatcher("glob:" + whole.getFileName());
    if (!Files.isDirectory(whole.toAbsolutePath().getParent())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(whole.toAbsolutePath().getParent())) {
      return files.filter(f -> name.matches(f.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path file, RowLines lines) throws IOException {
    if (file.toString().endsWith(AVRO)) {
      try (DataFileStream<GenericRecord> records =
          new DataFileStream<>(Files.newInputStream(file), new GenericDatumReader<>())) {
        for (GenericRecord found : records) {
          lines.add(found.toString()); // which is JSON, on one line
        }
      }
    } else if (file.toString().endsWith(PARQUET)) {
      parquet(file, lines);
    } else {
      try (InputStream in = Files.newInputStream(file);
          InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
          BufferedReader text =
              new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          lines.add(line); // BigQuery escapes what else might break a line
        }
      }
    }
  }

  private void parquet(Path file, RowLines lines) throws IOException {
    String rows =
        "select cast(to_json(t) as varchar) from read_parquet('%s') as t"
            .formatted(DuckDbSession.quoted(file.toString()));
    try (DuckDb engine =
            new DuckDb(new EngineSettings(1, null), scratch.resolve(UUID.randomUUID() + ""));
        DuckDbSession session = engine.open();
        Statement statement = session.connection().createStatement();
        ResultSet found = statement.executeQuery(rows)) {
      while (found.next()) {
        lines.add(found.getString(1));
      }
    } catch (SQLException e) {
      throw new ChannelException(
          Kind.BAD_FILE,
          "%s is cut off or no Parquet file. Nothing of the day was committed; extract it again."
              .formatted(file),
          e);
    }
  }

  String examine(String pattern) {
    return "%d files of any day".formatted(files(pattern.replace("{date}", "*")).size());
  }
}
