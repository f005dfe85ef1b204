package ltv.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Site settings for tests: everything that is not given has its default. */
public final class Sites {
  private Sites() {}

  /** A site without channels whose files all lie below {@code home}. */
  public static SiteConfig below(Path home) {
    return below(home, null, Map.of());
  }

  /** A site whose state is in MariaDB and whose files are in S3. */
  public static SiteConfig served(Path home, DatabaseSettings state, String bucket, S3Settings s3) {
    return new SiteConfig(
        "test",
        null,
        "KRW",
        home,
        bucket + "/warehouse",
        bucket + "/landing",
        null,
        s3,
        state,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same site with its marts in another place. */
  public static SiteConfig serving(SiteConfig site, DatabaseSettings marts) {
    return new SiteConfig(
        site.site(),
        site.timezone(),
        site.reportingCurrency(),
        site.home(),
        site.warehouse(),
        site.landing(),
        site.keepLandingDays(),
        site.s3(),
        site.state(),
        site.scratch(),
        marts,
        site.lookbackDays(),
        site.asOf(),
        site.engine(),
        site.personalData(),
        site.callLimits(),
        site.tokenExpires(),
        site.tokenWarningDays(),
        site.specialDays(),
        site.naming(),
        site.conversionMetrics(),
        site.ltv(),
        site.users(),
        site.paths(),
        site.reports(),
        site.metrics(),
        site.lineage(),
        site.channels());
  }

  /** A local site with channels of which these reports are read. */
  public static SiteConfig reading(Path home, int lookback, Map<String, List<String>> reports) {
    Map<String, JsonNode> channels = new TreeMap<>();
    reports.forEach(
        (channel, names) -> {
          ObjectNode settings = JsonNodeFactory.instance.objectNode();
          names.forEach(settings.putArray("reports")::add);
          channels.put(channel, settings);
        });
    return below(home, lookback, channels);
  }

  /** A local site with channels. */
  public static SiteConfig below(Path home, Integer lookback, Map<String, JsonNode> channels) {
    return new SiteConfig(
        "test", null, "KRW", home, null, null, null, null, null, null, null, lookback, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, channels);
  }
}
