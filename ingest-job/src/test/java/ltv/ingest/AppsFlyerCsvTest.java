package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A raw-data report as AppsFlyer may write it, down to the typed rows. */
@ResourceLock(Resources.SYSTEM_OUT)
class AppsFlyerCsvTest {
  private static final String PATH = "/api/raw-data/export/app/com.example.app/";

  @TempDir private Path folder;

  @Test
  void a_mark_line_breaks_doubled_quotes_strangers_and_another_order_change_no_value()
      throws IOException {
    String csv =
        "\uFEFFApp ID,Neue Spalte,Event Name,AppsFlyer ID,Media Source,Install Time,Event Time,Event Value,Event Revenue,Campaign ID\r\n"
            + "com.example.app,x,af_purchase,1741-1,organic,2026-03-02 09:00:00,2026-03-14 11:20:00,\"{\"\"af_order_id\"\":\"\"A-1\"\",\n\"\"note\"\":\"\"B,2\"\"}\",39900,\"KR, \"\"spring\"\"\"\r\n";
    try (FakeApiServer server = new FakeApiServer()) {
      server.on(PATH + "in_app_events_report/v5", Answer.of(200, csv));
      server.on(
          PATH + "organic_in_app_events_report/v5",
          Answer.of(200, csv.substring(0, csv.indexOf("\r\n") + 2)));
      Path site = folder.resolve("site.yaml");
      Files.writeString(
          site,
          """
          site: apps
          home: %s
          personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
          channels:
            appsflyer:
              base_url: %s
              api_token: token-of-the-test
              reports: [in_app_events]
              apps: [{id: com.example.app, timezone: Asia/Seoul}]
          """
              .formatted(folder.resolve("home"), server.address()));

      assertEquals(0, Ended.run("run", "--date", "2026-03-14", "--config", site.toString()).exit());
    }

    assertEquals(
        List.of(List.of("af_purchase", "A-1", "39900.0000", "KR, \"spring\"", "true")),
        StoredRows.of(
            folder.resolve("home"),
            "src_appsflyer__in_app_events",
            "select event_name, order_id, cast(revenue as varchar), campaign_id, cast(bad_field is null as varchar) from t"));
  }
}
