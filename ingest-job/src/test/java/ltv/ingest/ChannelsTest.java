package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.channel.sheets.SheetsOverHttp;
import ltv.ingest.http.Waiting;
import ltv.ingest.plan.CallBudget;
import ltv.lake.Lake;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class ChannelsTest {
  @TempDir private Path folder;

  @Test
  void every_problem_of_every_channel_is_told_at_once() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("site.yaml"),
            """
            site: shop
            home: x
            channels:
              meta: {api_version: "26", access_token: "${META_TOKEN}", reports: [insightz], accounts: [{id: act_1, timezone: KST9}]}
              appsflyer: {api_token: t, maximum_rows: 0, apps: []}
              file:
                drop_folder: d
                streams:
                  orders: {files: "*.csv", format: csv, columns: [{name: customer}, {name: amount}]}
              apple_search_ads: {reports: [keyword, search]}
              naver_search_ad: {reports: []}
              naver: {}
            """);

    JobException e =
        assertThrows(JobException.class, () -> Channels.bind(file, Map.of(), List.of()));

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    for (String expected :
        new String[] {
          "channels.meta.access_token wants the environment variable META_TOKEN",
          "channels.meta.api_version must be a version such as v26.0",
          "channels.meta.reports.0 is 'insightz', expected insights or action or placement or",
          "channels.meta.accounts.0.id must be digits, without act_",
          "channels.meta.accounts.0.timezone is 'KST9', expected a time zone",
          "channels.appsflyer.maximum_rows must be 1 or more",
          "channels.appsflyer.apps names no app",
          "channels.file.streams.orders.columns lacks customer_id, which src_file__orders needs",
          "channels.file.streams.orders.columns names customer, which src_file__orders does not",
          "channels.apple_search_ads.reports.1 is 'search', expected ad_group or campaign or keyword",
          "channels.naver_search_ad.reports names no report",
          "channels.naver is not a channel; known are",
          "personal_data is missing"
        }) {
      assertTrue(
          e.getMessage().contains(expected), () -> expected + " is not in " + e.getMessage());
    }
  }

  @Test
  void an_unknown_channel_is_named_beside_what_is_wrong_with_the_site() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: My Shop\nchannels: {fax: {}}\ncall_limits: {telex: [], meta: [{calls: 0}]}\n");

    JobException e =
        assertThrows(JobException.class, () -> Channels.bind(file, Map.of(), List.of()));

    assertTrue(e.getMessage().contains("channels.fax is not a channel"), e::getMessage);
    assertTrue(e.getMessage().contains("home is missing"), e::getMessage);
    assertTrue(e.getMessage().contains("call_limits.telex is not a channel"), e::getMessage);
    assertTrue(e.getMessage().contains("calls must be 1 or more"), e::getMessage);
    assertTrue(e.getMessage().contains("every is missing"), e::getMessage);
  }

  @Test
  void the_example_with_every_source_binds() throws IOException {
    Path example = Repository.root().resolve("examples/every-source.yaml");

    Channels channels = Channels.bind(example, everyVariableOf(example), List.of());

    assertEquals(13, connected(channels).size());
  }

  private List<ChannelConnector> connected(Channels channels) {
    try (Lake lake = Lake.open(Sites.below(folder))) {
      CallBudget budget = new CallBudget(lake.state(), Clock.systemUTC(), Waiting.REAL);
      return channels.connect(List.of(), budget, Reach.CHANGES);
    }
  }

  /** A P-256 key that opens nothing. */
  private static final String KEY =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEtrPw5UQgFsWtf6L+bc93zisG+yvvgf8EHB2ljCkI8uhRANCAASU0rswFZS5oMt6Zg1IBn7AewY9bFWlEPiPO/RcD+365Hu9r2tuO+DsO/xO/Zopn+nGtX3wCTo6ueb2gbibmfGQ";

  /** Each {@code ${NAME}} of a site file, with a text of its kind. */
  private static Map<String, String> everyVariableOf(Path file) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    Matcher names = Pattern.compile("\\$\\{([A-Z0-9_]+)").matcher(Files.readString(file));
    while (names.find()) {
      String name = names.group(1);
      variables.put(name, (name.matches(".*_(URL|ENDPOINT)") ? "http://127.0.0.1/" : "") + name);
    }
    variables.replace("APPLE_ADS_PRIVATE_KEY", KEY);
    variables.replace(
        "GOOGLE_SHEETS_KEY", SheetsOverHttp.keyFile("http://127.0.0.1/token").reveal());
    return variables;
  }

  @Test
  void one_channel_needs_the_secrets_of_no_other() {
    Channels channels =
        Channels.bind(
            Repository.root().resolve("examples/every-source.yaml"),
            Map.of(
                "LTV_HOME", "home",
                "META_ACCESS_TOKEN", "token-of-the-test",
                "META_APP_SECRET", "secret of the app"),
            List.of("meta"));

    assertEquals(1, connected(channels).size());
  }

  @Test
  void the_site_of_the_compose_file_binds() throws IOException {
    Path site = Repository.root().resolve("docker/site.yaml");
    Map<String, String> environment = everyVariableOf(site);
    environment.put("LTV_STATE_URL", "jdbc:mariadb://127.0.0.1/ltv_state");
    environment.put("LTV_MARTS_URL", "jdbc:mariadb://127.0.0.1/ltv_mart");
    environment.put("S3_BUCKET", "bucket");

    Channels channels = Channels.bind(site, environment, List.of());

    assertTrue(channels.site().state().isServer());
    assertEquals("s3://bucket/demo/warehouse", channels.site().warehouse());
  }
}
