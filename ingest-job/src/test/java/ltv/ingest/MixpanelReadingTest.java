package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.lake.Lake;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A day of events from the export to the table that readers see. */
@ResourceLock(Resources.SYSTEM_OUT)
class MixpanelReadingTest {
  private static final String DATASET = "src_mixpanel__event";
  private static final String PROJECTS =
      "{\"status\":\"ok\",\"results\":{\"projects\":{\"7\":{}}}}";
  private static final long MIDNIGHT = 1_773_446_400;

  @TempDir private Path folder;
  private final FakeApiServer server = new FakeApiServer();

  @BeforeEach
  void site() throws IOException {
    server.always("/api/app/me", a -> Answer.of(200, PROJECTS));
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: events
        home: %s
        personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
        channels:
          mixpanel:
            export_url: %2$s
            query_url: %2$s
            username: ltv.service
            secret: secret-of-the-test
            properties: {revenue: "결제 금액"}
            projects: [{id: "7", timezone: UTC}]
        """
            .formatted(folder.resolve("home"), server.address()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void exports(String... lines) {
    server.always(
        "/api/2.0/export",
        a ->
            Answer.of(
                200,
                a.parameter("from_date").equals("2026-03-14") ? String.join("\n", lines) : ""));
  }

  private static String event(long time, String insertId, String more) {
    return "{\"event\":\"buy\",\"properties\":{\"time\":%d,\"distinct_id\":\"member-7\",\"$insert_id\":\"%s\"%s}}"
        .formatted(time, insertId, more);
  }

  private Ended run(String... more) {
    String[] arguments = {
      "run", "--date", "2026-03-14", "--config", folder.resolve("site.yaml").toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Ended.run(all);
  }

  private List<String> rows(String columns) {
    String text =
        String.join(" || ' ' || ", columns.split(" "))
            .replaceAll("shown\\((\\w+)\\)", "coalesce(cast($1 as varchar), '-')");
    return StoredRows.of(
            folder.resolve("home"), DATASET, "select " + text + " from t order by raw_line")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  private LedgerEntry entry() {
    try (Lake lake = Lake.open(Sites.below(folder.resolve("home")))) {
      return lake.existing(Repository.datasets().get(DATASET).table())
          .orElseThrow()
          .pin()
          .published()
          .get(Partition.of(LocalDate.of(2026, 3, 14)));
    }
  }

  @Test
  void twins_at_the_last_second_of_the_day_are_both_there_and_counted() {
    exports(
        event(MIDNIGHT + 86_399, "a", ""),
        event(MIDNIGHT + 86_399, "a", ""),
        event(MIDNIGHT + 86_399, "b", ""),
        event(MIDNIGHT, "c", ""));

    assertEquals(0, run().exit());

    assertEquals(
        List.of(
            "a 2026-03-14 23:59:59",
            "a 2026-03-14 23:59:59",
            "b 2026-03-14 23:59:59",
            "c 2026-03-14 00:00:00"),
        rows("insert_id event_at"));
    assertEquals(4, entry().rowsIn());
  }

  @Test
  void a_line_separator_within_a_text_ends_no_line() {
    exports(event(MIDNIGHT, "a", ",\"memo\":\"문\u2028앞\u0085\""), event(MIDNIGHT, "b", ""));

    assertEquals(0, run().exit());

    assertEquals(List.of("a {\"memo\":\"문\u2028앞\u0085\"}", "b {}"), rows("insert_id properties"));
  }

  @Test
  void nested_and_repeated_properties_stay_whole_in_one_text() {
    exports(
        event(
            MIDNIGHT,
            "a",
            ",\"items\":[{\"id\":\"x\",\"tags\":[1,\"b\"]},{\"id\":\"x\"}],\"a\":{\"b\":{\"c\":null}}"));

    assertEquals(0, run().exit());

    assertEquals(
        List.of(
            "{\"items\":[{\"id\":\"x\",\"tags\":[1,\"b\"]},{\"id\":\"x\"}],\"a\":{\"b\":{\"c\":null}}}"),
        rows("properties"));
  }

  @Test
  void a_property_that_changes_its_type_is_read_where_it_can_be_and_named_where_not() {
    exports(
        event(MIDNIGHT, "a", ",\"결제 금액\":39900"),
        event(MIDNIGHT, "b", ",\"결제 금액\":\"39900.5\""),
        event(MIDNIGHT, "c", ",\"결제 금액\":\"많이\",\"revenue\":1"),
        event(MIDNIGHT, "d", ",\"x\":1"),
        event(MIDNIGHT, "e", ",\"x\":\"one\""));

    assertEquals(0, run().exit());

    assertEquals(
        List.of("a 39900.0000 - -", "b 39900.5000 - -", "c - revenue 많이", "d - - -", "e - - -"),
        rows("insert_id shown(revenue) shown(bad_field) shown(bad_value)"));
    assertEquals(
        List.of("a {}", "b {}", "c {\"revenue\":1}", "d {\"x\":1}", "e {\"x\":\"one\"}"),
        rows("insert_id properties"));
  }

  @Test
  void events_that_come_five_days_late_are_there_after_the_next_reading() {
    exports(event(MIDNIGHT, "a", ",\"결제 금액\":1"));
    run();

    exports(
        event(MIDNIGHT, "a", ",\"결제 금액\":1"),
        event(MIDNIGHT + 5, "late", ",\"결제 금액\":2,\"mp_processing_time_ms\":1773878405000"));
    Ended five =
        Ended.run(
            "run",
            "--date",
            "2026-03-19",
            "--force",
            "--config",
            folder.resolve("site.yaml").toString());

    assertEquals(0, five.exit(), five.out());
    assertEquals(List.of("a -", "late 2026-03-19 00:00:05"), rows("insert_id shown(received_at)"));
    List<List<Object>> told =
        StoredRows.of(
            folder.resolve("home"),
            "src_restatement",
            "select metric || ' ' || cast(old_value as int) || ' ' || cast(new_value as int) from t order by 1");
    assertEquals(List.of(List.of("revenue 1 3"), List.of("rows 1 2")), told);
  }

  @Test
  void a_torn_line_is_joined_and_what_is_no_event_is_named_with_its_text() {
    exports(
        event(MIDNIGHT, "a", ""),
        "{\"event\":\"buy\",\"properties\":{\"time\":" + MIDNIGHT + ",",
        "\"$insert_id\":\"b\"}}",
        "nonsense of kim@shop.kr }",
        event(MIDNIGHT, "c", ""));

    assertEquals(0, run().exit());

    assertEquals(
        List.of("1 a - -", "2 b - -", "4 - (row) nonsense of (e-mail) }", "5 c - -"),
        rows("raw_line shown(insert_id) shown(bad_field) shown(bad_value)"));
  }

  @Test
  void bytes_that_are_no_text_refuse_the_day_and_keep_what_was_there() {
    exports(event(MIDNIGHT, "a", ""));
    run();

    byte[] sent = event(MIDNIGHT, "b", "").getBytes(StandardCharsets.UTF_8);
    sent[10] = (byte) 0xff;
    server.faultFrom(
        3,
        exchange -> {
          boolean export = exchange.getRequestURI().getPath().equals("/api/2.0/export");
          byte[] body = export ? sent : PROJECTS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
    Ended ended = run("--force");

    assertEquals(65, ended.exit(), ended.out());
    assertTrue(ended.out().contains("cannot be read as declared"), ended.out());
    assertFalse(ended.out().contains("member-7"), ended.out());
    assertEquals(List.of("a"), rows("insert_id"));
  }

  @Test
  void what_nobody_reads_is_listed_by_name() {
    exports(event(MIDNIGHT, "a", ",\"Plan type\":\"pro\",\"coupon\":1"));

    Ended ended = run();

    assertTrue(ended.out().contains("Plan type, coupon"), ended.out());
  }

  @Test
  void with_a_new_key_a_replay_of_the_landing_makes_every_id_anew() throws IOException {
    exports(event(MIDNIGHT, "a", ""));
    run();
    String before = rows("hash_key_id distinct_id_key").get(0);
    Path site = folder.resolve("site.yaml");
    Files.writeString(
        site,
        Files.readString(site)
            .replace(
                "{hash_key: key-of-the-test, hash_key_id: k1}",
                "{hash_key: new, hash_key_id: k2}"));
    int asked = server.asked().size();

    assertEquals(0, replay().exit());
    String after = rows("hash_key_id distinct_id_key").get(0);
    Ended again = replay();

    assertTrue(before.startsWith("k1 ") && after.startsWith("k2 "), before + ", " + after);
    assertEquals(hmac("new", "member-7"), after.substring(3));
    assertTrue(again.out().contains("\"unchanged\":1"), again.out());
    assertEquals(asked, server.asked().size(), "nobody was called");
  }

  private Ended replay() {
    return Ended.run(
        "replay", "--date", "2026-03-14", "--config", folder.resolve("site.yaml").toString());
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whom_an_event_is_of_stands_in_the_landing_only() throws IOException {
    exports(
        event(
            MIDNIGHT,
            "a",
            ",\"$email\":\"kim@shop-canary.kr\",\"$phone\":\"010-9999-1234\",\"advertising_id\":\"38400000-8cf0-11bd-b23e-10b96e40000d\",\"ip\":\"203.0.113.77\",\"memo\":\"call 010-9999-1234 or kim@shop-canary.kr\",\"$name\":\"Kim Canary\""));

    assertEquals(0, run().exit());

    List<List<Object>> all = StoredRows.of(folder.resolve("home"), DATASET, "select * from t");
    for (String canary :
        List.of("member-7", "shop-canary", "9999", "38400000", "203.0.113", "Canary")) {
      assertFalse(all.toString().contains(canary), canary + " in " + all);
    }
    assertEquals(
        List.of("64 64 64 64 other"),
        rows(
            "length(distinct_id_key) length(email_key) length(phone_key) length(network_key) email_class"));
  }
}
