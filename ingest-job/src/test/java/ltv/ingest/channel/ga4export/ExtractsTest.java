package ltv.ingest.channel.ga4export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages.Page;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the three forms that BigQuery writes. */
class ExtractsTest {
  private static final String EVENT =
      "{\"event_name\":\"a \\\"b\\\"\\u2028\",\"event_timestamp\":1773446399123456,\"event_params\":[{\"key\":\"level\",\"value\":{\"int_value\":7,\"double_value\":null}}]}";

  @TempDir private Path folder;
  private final Ga4ExportOverHttp google = new Ga4ExportOverHttp();

  @AfterEach
  void stop() {
    google.close();
  }

  private List<Page> read(String name) {
    google.fetch(connector(name));
    return google.sink.pages();
  }

  private Ga4ExportConnector connector(String name) {
    return google.connector(
        new Ga4ExportConfig.Account(
            "4242", ZoneId.of("Asia/Seoul"), null, null, folder.resolve(name).toString()));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void assertIsTheEvent(Page page) throws IOException {
    assertEquals(1, page.body().lines().count(), page.body());
    ObjectMapper json = new ObjectMapper();
    assertEquals(json.readTree(EVENT), json.readTree(page.body()));
  }

  @Test
  void json_lines_come_as_they_are_and_a_file_is_a_page() throws IOException {
    Files.write(folder.resolve("events_20260314_000.json.gz"), gzip(EVENT + "\n"));
    Files.writeString(folder.resolve("events_20260314_001.json.gz.part"), "half");
    Files.writeString(folder.resolve("events_20260315_000.json.gz"), "another day");
    Files.write(folder.resolve("events_20260314_001.json.gz"), gzip(EVENT));

    List<Page> pages = read("events_{date}_*.json.gz");

    assertEquals(2, pages.size());
    assertEquals(EVENT + "\n", pages.get(0).body());
    assertEquals("events_20260314_001.json.gz", pages.get(1).facts().get("source_file"));
    assertEquals("1", pages.get(1).facts().get("rows"));
  }

  @Test
  void avro_gives_the_same_events() throws IOException {
    Schema value =
        SchemaBuilder.record("V")
            .fields()
            .optionalLong("int_value")
            .optionalDouble("double_value")
            .endRecord();
    Schema param =
        SchemaBuilder.record("P")
            .fields()
            .requiredString("key")
            .name("value")
            .type(value)
            .noDefault()
            .endRecord();
    Schema event =
        SchemaBuilder.record("E")
            .fields()
            .requiredString("event_name")
            .requiredLong("event_timestamp")
            .name("event_params")
            .type()
            .array()
            .items(param)
            .noDefault()
            .endRecord();
    GenericRecord seven =
        new GenericRecordBuilder(value).set("int_value", 7L).set("double_value", null).build();
    GenericRecord level =
        new GenericRecordBuilder(param).set("key", "level").set("value", seven).build();
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<>(event))) {
      out.create(event, folder.resolve("20260314.avro").toFile());
      out.append(
          new GenericRecordBuilder(event)
              .set("event_name", "a \"b\"\u2028")
              .set("event_timestamp", 1773446399123456L)
              .set(
                  "event_params",
                  new GenericData.Array<>(event.getField("event_params").schema(), List.of(level)))
              .build());
    }

    assertIsTheEvent(read("{date}.avro").get(0));
  }

  @Test
  void parquet_gives_the_same_events() throws IOException {
    try (DuckDbSession session = DuckDbCases.open()) {
      session.execute(
          "copy (select 'a \"b\"' || chr(8232) as event_name, 1773446399123456 as event_timestamp, [{'key': 'level', 'value': {'int_value': 7, 'double_value': cast(null as double)}}] as event_params) to '%s' (format parquet)"
              .formatted(folder.resolve("20260314.parquet")));
    }

    assertIsTheEvent(read("{date}.parquet").get(0));
  }

  @Test
  void a_day_without_files_is_not_there_yet() {
    ChannelException e =
        assertThrows(ChannelException.class, () -> read("none/events_{date}.avro"));

    assertEquals(Kind.NOT_READY, e.kind());
    assertTrue(e.getMessage().contains("none/events_20260314.avro"), e.getMessage());
  }

  @Test
  void a_file_that_is_cut_off_is_refused_by_name() throws IOException {
    byte[] whole = gzip(EVENT.repeat(50));
    Files.write(folder.resolve("20260314.json.gz"), Arrays.copyOf(whole, whole.length - 9));
    Files.writeString(folder.resolve("20260314.avro"), "Obj no avro");
    Files.writeString(folder.resolve("20260314.parquet"), "PAR1");
    for (String kind : List.of("json.gz", "avro", "parquet")) {
      ChannelException e = assertThrows(ChannelException.class, () -> read("{date}." + kind));

      assertEquals(Kind.BAD_FILE, e.kind(), kind);
      assertTrue(e.getMessage().contains("20260314." + kind), e.getMessage());
    }
  }

  @Test
  void doctor_counts_the_files() throws IOException {
    Files.writeString(folder.resolve("20260314.avro"), "");
    Ga4ExportConnector connector = connector("{date}.avro");

    assertEquals(
        "1 files of any day", connector.examine(connector.streams().get(0).accounts().get(0)));
  }
}
