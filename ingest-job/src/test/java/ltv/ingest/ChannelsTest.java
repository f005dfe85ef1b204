package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.dataset.Repository;
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
              meta: {api_version: "26", access_token: "${META_TOKEN}", accounts: [{id: act_1, timezone: KST9}]}
              appsflyer: {api_token: t, maximum_rows: 0, apps: []}
              file:
                drop_folder: d
                streams:
                  orders: {files: "*.csv", format: csv, columns: [{name: customer}, {name: amount}]}
              naver: {}
            """);

    JobException e =
        assertThrows(JobException.class, () -> Channels.bind(file, Map.of(), List.of()));

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    for (String expected :
        new String[] {
          "channels.meta.access_token wants the environment variable META_TOKEN",
          "channels.meta.api_version must be a version such as v26.0",
          "channels.meta.accounts.0.id must be digits, without act_",
          "channels.meta.accounts.0.timezone is 'KST9', expected a time zone",
          "channels.appsflyer.maximum_rows must be 1 or more",
          "channels.appsflyer.apps names no app",
          "channels.file.streams.orders.columns lacks customer_id, which src_file__orders needs",
          "channels.file.streams.orders.columns names customer, which src_file__orders does not",
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
        Files.writeString(folder.resolve("site.yaml"), "site: My Shop\nchannels: {fax: {}}\n");

    JobException e =
        assertThrows(JobException.class, () -> Channels.bind(file, Map.of(), List.of()));

    assertTrue(e.getMessage().contains("channels.fax is not a channel"), e::getMessage);
    assertTrue(e.getMessage().contains("home is missing"), e::getMessage);
  }

  @Test
  void the_example_with_every_source_binds() {
    Channels channels =
        Channels.bind(
            Repository.root().resolve("examples/every-source.yaml"),
            Map.of(
                "LTV_HOME", "home",
                "LTV_HASH_KEY", "key of the test",
                "LTV_DROP", "drop",
                "META_ACCESS_TOKEN", "token-of-the-test",
                "META_APP_SECRET", "secret of the app",
                "APPSFLYER_TOKEN", "token-of-the-test"),
            List.of());

    assertEquals(3, channels.only(List.of()).size());
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

    assertEquals(1, channels.only(List.of("meta")).size());
  }

  @Test
  void the_site_of_the_compose_file_binds() {
    Map<String, String> environment = new TreeMap<>();
    for (String name :
        List.of(
            "S3_BUCKET",
            "S3_ENDPOINT",
            "LTV_STATE_PASSWORD",
            "LTV_MARTS_PASSWORD",
            "LTV_HASH_KEY",
            "META_BASE_URL",
            "META_ACCESS_TOKEN",
            "META_APP_SECRET",
            "APPSFLYER_BASE_URL",
            "APPSFLYER_TOKEN")) {
      environment.put(name, "http://127.0.0.1/" + name);
    }
    environment.put("LTV_STATE_URL", "jdbc:mariadb://127.0.0.1/ltv_state");
    environment.put("LTV_MARTS_URL", "jdbc:mariadb://127.0.0.1/ltv_mart");
    environment.put("S3_BUCKET", "bucket");

    Channels channels =
        Channels.bind(Repository.root().resolve("docker/site.yaml"), environment, List.of());

    assertTrue(channels.site().state().isServer());
    assertEquals("s3://bucket/demo/warehouse", channels.site().warehouse());
  }
}
