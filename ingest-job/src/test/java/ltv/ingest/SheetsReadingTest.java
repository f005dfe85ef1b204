package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import ltv.ingest.channel.sheets.SheetsOverHttp;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A list of test users that people keep, by the job's command line in this process. */
@ResourceLock(Resources.SYSTEM_OUT)
class SheetsReadingTest {
  private static final String VALUES = "/v4/spreadsheets/1AbC/values:batchGet";

  @TempDir private Path folder;
  private final FakeApiServer server = new FakeApiServer();

  @BeforeEach
  void site() throws IOException {
    Files.writeString(
        folder.resolve("key.json"), SheetsOverHttp.keyFile(server.address() + "/token").reveal());
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: lists
        home: %s
        personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
        channels:
          google_sheets:
            base_url: %s
            service_account_file: %s
            streams: {test_users: {spreadsheet_id: 1AbC, tab: Users}}
        """
            .formatted(folder.resolve("home"), server.address(), folder.resolve("key.json")));
    server.always(
        "/token", a -> Answer.of(200, "{\"access_token\":\"access-1\",\"expires_in\":3599}"));
    server.always(
        "/v4/spreadsheets/1AbC",
        a ->
            Answer.of(
                200,
                "{\"sheets\":[{\"properties\":{\"title\":\"Users\",\"sheetType\":\"GRID\",\"gridProperties\":{\"rowCount\":9,\"columnCount\":5}}}]}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void says(String header, String rows) {
    server.always(
        VALUES,
        a ->
            Answer.of(
                200,
                "{\"valueRanges\":[{\"values\":[%s]},{\"values\":%s}]}".formatted(header, rows)));
  }

  private Ended run() {
    return Ended.run(
        "run", "--date", "2026-03-14", "--config", folder.resolve("site.yaml").toString());
  }

  private List<List<Object>> rows() {
    return StoredRows.of(
        folder.resolve("home"),
        "src_google_sheets__test_users",
        "select kind, length(value_key), coalesce(pattern, '-'), owner from t order by sheet_row");
  }

  @Test
  void a_list_that_was_mended_replaces_the_days_list() throws IOException {
    says("[\"값\",\"종류\",\"owner\"]", "[[\"Member-7\",\"user_id\",\"QA\"]]");
    assertEquals(0, run().exit());
    assertEquals(List.of(Arrays.asList("user_id", 64L, "-", "QA")), rows());

    says(
        "[\"owner\",\"value\",\"kind\"]",
        "[[\"QA\",\"Member-7\",\"user_id\"],[],[\"Dev\",\"qa%\",\"pattern\"]]");
    Ended ended = run();

    assertEquals(0, ended.exit(), ended.out());
    assertEquals(2, rows().size());
    assertEquals(Arrays.asList("pattern", null, "qa%", "Dev"), rows().get(1));
  }

  @Test
  void a_header_that_was_renamed_keeps_the_list_that_was_there() {
    says("[\"value\",\"kind\"]", "[[\"Member-7\",\"user_id\"]]");
    run();

    says("[\"value\",\"sort\"]", "[[\"Member-7\",\"user_id\"]]");
    Ended ended = run();

    assertEquals(65, ended.exit());
    assertTrue(ended.out().contains("lacks the required column kind or 종류"), ended.out());
    assertEquals(1, rows().size());
  }
}
