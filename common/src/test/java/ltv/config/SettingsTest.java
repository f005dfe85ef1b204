package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void a_short_site_file_gets_the_defaults() throws IOException {
    SiteConfig site = bound("site: demo\nhome: out\n");

    assertEquals(ZoneId.of("Asia/Seoul"), site.timezone());
    assertEquals("KRW", site.reportingCurrency());
    assertEquals("out/warehouse", site.warehouse());
    assertEquals(28, site.lookbackDays());
    assertEquals(AsOf.DAILY, site.asOf());
  }

  @Test
  void every_problem_is_reported_at_once_with_its_path() throws IOException {
    JobException e =
        refused(
            """
            site: Demo Shop
            timezone: Mars/Olympus
            reporting_currency: WON
            lookback_dayz: 3
            as_of: weekly
            engine: {threads: zero, memory_limit: lots}
            personal_data: {hash_key: ""}
            """);

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    String message = e.getMessage();
    for (String expected :
        new String[] {
          "lookback_dayz is not a setting; did you mean lookback_days?",
          "timezone is 'Mars/Olympus', expected a time zone such as Asia/Seoul",
          "as_of is 'weekly', expected daily or month_end or range_end",
          "engine.threads is 'zero', expected a whole number",
          "engine.memory_limit must be a size such as 500MB",
          "personal_data.hash_key must not be empty",
          "site must match [a-z0-9_-]+",
          "home is missing",
          "reporting_currency must be an ISO code such as KRW"
        }) {
      assertTrue(message.contains(expected), () -> expected + " is not in " + message);
    }
  }

  @Test
  void a_database_is_a_file_or_a_server() throws IOException {
    SiteConfig site =
        bound(
            """
            site: demo
            home: x
            warehouse: s3://bucket/ltv
            state: {url: "jdbc:mariadb://db:3306/ltv_state", user: ltv_state, password: p4ss}
            marts: out/marts.duckdb
            """);

    assertEquals("jdbc:mariadb://db:3306/ltv_state", site.state().url());
    assertEquals(Path.of("out/marts.duckdb"), site.marts().file());
    assertFalse(site.toString().contains("p4ss"), site.toString());
  }

  @Test
  void an_sqlite_file_beside_a_warehouse_on_s3_is_refused() throws IOException {
    JobException e = refused("site: demo\nhome: x\nwarehouse: s3://bucket/ltv\n");

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(
        e.getMessage().contains("state is an SQLite file, which serves one host only"),
        e.getMessage());
  }

  @Test
  void what_is_missing_or_wrong_about_a_server_or_a_store_is_told() throws IOException {
    JobException e =
        refused(
            """
            site: demo
            home: x
            landing: gs://bucket/raw
            state: {url: "jdbc:mysql://db/x", user: a}
            s3: {access_key_id: a, checksums: never}
            """);

    String message = e.getMessage();
    for (String expected :
        new String[] {
          "landing must be a folder or s3://bucket/prefix",
          "state.url must look like jdbc:mariadb://host:3306/schema",
          "state.password is missing",
          "s3.secret_access_key and access_key_id go together",
          "s3.checksums is 'never', expected when_supported or when_required"
        }) {
      assertTrue(message.contains(expected), () -> expected + " is not in " + message);
    }
  }

  @Test
  void variables_come_from_the_environment_or_their_default() throws IOException {
    SiteConfig site = bound("site: ${SITE_NAME}\nhome: ${HOME_DIR:-.ltv/x}/y\n");

    assertEquals("shop", site.site());
    assertEquals(Path.of(".ltv/x/y"), site.home());
  }

  @Test
  void an_unset_variable_is_a_problem_that_names_it() throws IOException {
    JobException e = refused("site: demo\nhome: ${NOT_SET}\n");

    assertTrue(
        e.getMessage().contains("home wants the environment variable NOT_SET, which is not set"),
        e.getMessage());
  }

  @Test
  void a_secret_is_read_from_a_file_and_never_shown() throws IOException {
    Path secret = Files.writeString(folder.resolve("key"), "s3cret\n");

    PersonalData personal =
        load("site: demo\nhome: x\npersonal_data: {hash_key_file: " + secret + "}\n")
            .bind("personal_data", PersonalData.class)
            .orElseThrow();

    assertEquals("s3cret", personal.hashKey().reveal());
    assertFalse(personal.toString().contains("s3cret"), personal.toString());
  }

  @Test
  void a_missing_secret_file_is_a_problem() throws IOException {
    JobException e = refused("site: demo\nhome: x\npersonal_data: {hash_key_file: /nowhere}\n");

    assertTrue(
        e.getMessage().contains("personal_data.hash_key_file names /nowhere, which cannot be read"),
        e.getMessage());
  }

  @Test
  void a_job_that_calls_no_channel_needs_none_of_its_secrets() throws IOException {
    SiteConfig site =
        bound(
            "site: demo\nhome: x\npersonal_data: {hash_key: '${NOT_SET}'}\n"
                + "channels: {meta: {access_token: '${NOT_SET}'}}\n");

    assertTrue(site.hasSource("meta", "insights"));
  }

  @Test
  void broken_yaml_names_file_and_line() throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), "site: demo\nhome: [x\n");

    JobException e = assertThrows(JobException.class, () -> Settings.load(file, Map.of()));

    assertTrue(e.getMessage().contains("site.yaml line 2, column 9 is not YAML"), e.getMessage());
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
  }

  @Test
  void a_missing_file_says_which_flag_to_use() {
    JobException e =
        assertThrows(
            JobException.class, () -> Settings.load(folder.resolve("none.yaml"), Map.of()));

    assertTrue(e.getMessage().contains("give an existing one with --config"), e.getMessage());
  }

  @Test
  void a_site_has_the_streams_that_its_channel_lists() throws IOException {
    SiteConfig site =
        bound("site: demo\nhome: x\nchannels: {meta: {a: 1}, file: {streams: {orders: {}}}}\n");

    assertTrue(site.hasSource("meta", "insights"));
    assertTrue(site.hasSource("file", "orders"));
    assertFalse(site.hasSource("file", "visits"));
    assertFalse(site.hasSource("naver", "stats"));
  }

  @Test
  void a_channel_that_names_its_reports_has_these_and_what_is_on_request_must_be_named()
      throws IOException {
    SiteConfig site =
        bound(
            "site: demo\nhome: x\nchannels: {meta: {reports: [insights, ADSET]}, google_ads: {a: 1}}\n");

    assertTrue(site.hasSource("meta", "insights"));
    assertTrue(site.asksFor("meta", "adset"));
    assertFalse(site.hasSource("meta", "placement"));
    assertTrue(site.hasSource("google_ads", "campaign"));
    assertFalse(site.asksFor("google_ads", "conversion"));
    assertFalse(site.asksFor("naver", "stats"));
  }

  private SiteConfig bound(String yaml) throws IOException {
    Settings settings = load(yaml);
    SiteConfig site = settings.bind("", SiteConfig.class).orElse(null);
    settings.verify();
    return site;
  }

  private JobException refused(String yaml) throws IOException {
    Settings settings = load(yaml);
    settings.bind("", SiteConfig.class);
    settings.bind("personal_data", PersonalData.class);
    return assertThrows(JobException.class, settings::verify);
  }

  private Settings load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), yaml);
    return Settings.load(file, Map.of("SITE_NAME", "shop"));
  }
}
