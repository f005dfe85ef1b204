package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.config.DatabaseSettings;
import ltv.config.EngineSettings;
import ltv.config.LineageSettings;
import ltv.config.LtvSettings;
import ltv.config.MailSettings;
import ltv.config.MetricsSettings;
import ltv.config.NamingRule;
import ltv.config.PathSettings;
import ltv.config.PersonalData;
import ltv.config.ReportSettings;
import ltv.config.S3Settings;
import ltv.config.SiteConfig;
import ltv.config.UserSettings;
import ltv.dataset.Repository;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.adison.AdisonConfig;
import ltv.ingest.channel.appleads.AppleAdsConfig;
import ltv.ingest.channel.appsflyer.AppsFlyerConfig;
import ltv.ingest.channel.crm.CrmConfig;
import ltv.ingest.channel.file.FileConfig;
import ltv.ingest.channel.firestore.FirestoreConfig;
import ltv.ingest.channel.ga4.Ga4Config;
import ltv.ingest.channel.ga4export.Ga4ExportConfig;
import ltv.ingest.channel.googleads.GoogleAdsConfig;
import ltv.ingest.channel.meta.MetaConfig;
import ltv.ingest.channel.mixpanel.MixpanelConfig;
import ltv.ingest.channel.naver.NaverConfig;
import ltv.ingest.channel.sheets.SheetsConfig;
import ltv.ingest.type.RawColumn;
import ltv.run.ExitCode;
import org.junit.jupiter.api.Test;

/** What the README says of exit codes and settings is what the code has. */
class ReadmeTest {
  private static final Set<String> GROUPS =
      Set.of(
          "s3",
          "engine",
          "ltv",
          "users",
          "paths",
          "mail",
          "slack",
          "metrics",
          "pushgateway",
          "lineage",
          "openlineage",
          "personal_data",
          "call_limits",
          "channels",
          "accounts",
          "apps",
          "customers",
          "organizations",
          "projects",
          "streams",
          "columns",
          "naming");

  @Test
  void every_exit_code_stands_in_its_table_as_the_code_explains_it() throws IOException {
    List<String> expected =
        Stream.of(ExitCode.values())
            .map(c -> "| %d | %s | %s |".formatted(c.code(), c.meaning(), c.scheduler()))
            .toList();

    assertEquals(expected, lines("\\| \\d+ \\|.*"));
  }

  @Test
  void every_setting_stands_in_its_table_and_nothing_else() throws IOException {
    Set<String> settings = new TreeSet<>();
    add(settings, "", SiteConfig.class);
    add(settings, "s3.", S3Settings.class);
    for (String database : List.of("state.", "marts.")) {
      add(settings, database, DatabaseSettings.class);
      settings.remove(database + "file"); // written as the text of the setting itself
    }
    add(settings, "engine.", EngineSettings.class);
    add(settings, "ltv.", LtvSettings.class);
    add(settings, "users.", UserSettings.class);
    add(settings, "paths.", PathSettings.class);
    settings.remove("paths.steps"); // told by what it has inside
    add(settings, "paths.steps[].", PathSettings.StepRule.class);
    settings.remove("reports"); // told by what it has inside
    add(settings, "reports.", ReportSettings.class);
    add(settings, "reports.mail.", MailSettings.class);
    add(settings, "reports.slack.", ReportSettings.Slack.class);
    add(settings, "metrics.", MetricsSettings.class);
    add(settings, "metrics.pushgateway.", MetricsSettings.Pushgateway.class);
    add(settings, "lineage.openlineage.", LineageSettings.OpenLineage.class);
    add(settings, "naming[].", NamingRule.class);
    add(settings, "personal_data.", PersonalData.class);
    add(settings, "call_limits.CHANNEL[].", CallLimit.class);
    add(settings, "channels.meta.", MetaConfig.class);
    add(settings, "channels.meta.accounts[].", MetaConfig.Account.class);
    add(settings, "channels.google_ads.", GoogleAdsConfig.class);
    add(settings, "channels.google_ads.customers[].", GoogleAdsConfig.Customer.class);
    add(settings, "channels.apple_search_ads.", AppleAdsConfig.class);
    add(settings, "channels.apple_search_ads.organizations[].", AppleAdsConfig.Organization.class);
    add(settings, "channels.naver_search_ad.", NaverConfig.class);
    add(settings, "channels.naver_search_ad.customers[].", NaverConfig.Customer.class);
    add(settings, "channels.appsflyer.", AppsFlyerConfig.class);
    add(settings, "channels.appsflyer.apps[].", AppsFlyerConfig.App.class);
    add(settings, "channels.mixpanel.", MixpanelConfig.class);
    add(settings, "channels.mixpanel.projects[].", MixpanelConfig.Project.class);
    add(settings, "channels.ga4.", Ga4Config.class);
    add(settings, "channels.ga4.accounts[].", Ga4Config.Account.class);
    add(settings, "channels.ga4_export.", Ga4ExportConfig.class);
    add(settings, "channels.ga4_export.accounts[].", Ga4ExportConfig.Account.class);
    add(settings, "channels.firestore.", FirestoreConfig.class);
    add(settings, "channels.firestore.accounts[].", FirestoreConfig.Account.class);
    add(settings, "channels.crm.", CrmConfig.class);
    add(settings, "channels.crm.streams.NAME.", CrmConfig.Table.class);
    add(settings, "channels.adison.", AdisonConfig.class);
    add(settings, "channels.adison.accounts[].", AdisonConfig.Account.class);
    add(settings, "channels.adison.accounts[].file.", AdisonConfig.Dropped.class);
    add(settings, "channels.adison.accounts[].sheet.", AdisonConfig.Tab.class);
    add(settings, "channels.adison.accounts[].http.", AdisonConfig.Endpoint.class);
    for (String place : List.of("file", "sheet", "http")) {
      settings.remove("channels.adison.accounts[]." + place);
    }
    add(settings, "channels.google_sheets.", SheetsConfig.class);
    add(settings, "channels.google_sheets.streams.NAME.", SheetsConfig.Tab.class);
    add(settings, "channels.file.", FileConfig.class);
    add(settings, "channels.file.streams.NAME.", FileConfig.Stream.class);
    add(settings, "channels.file.streams.NAME.columns[].", RawColumn.class);

    Pattern key = Pattern.compile("\\| `([a-zA-Z0-9_.\\[\\]]+)` \\| .* \\| .* \\|");
    Set<String> told =
        lines("\\| `.*").stream()
            .map(key::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1))
            .filter(k -> !k.matches("mart_.*|ltv_.*|Ltv.*|[A-Z_0-9]+"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(String.join("\n", settings), String.join("\n", told));
  }

  private static void add(Set<String> settings, String prefix, Class<? extends Record> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
      if (!GROUPS.contains(name)) {
        settings.add(prefix + name);
      }
    }
  }

  private static List<String> lines(String pattern) throws IOException {
    return Files.readAllLines(Repository.root().resolve("README.md")).stream()
        .filter(line -> line.matches(pattern))
        .toList();
  }
}
