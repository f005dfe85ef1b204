package ltv.ingest.channel.mixpanel;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;
import okhttp3.Credentials;
import okhttp3.HttpUrl;

/**
 * The channel {@code mixpanel} of a site.
 *
 * @param exportUrl where events are exported from; default https://data.mixpanel.com, for data kept
 *     in Europe https://data-eu.mixpanel.com
 * @param queryUrl where everything else is asked; default https://mixpanel.com, for Europe
 *     https://eu.mixpanel.com
 * @param username of the service account
 * @param secret of the service account
 * @param lookbackDays past days that may still get late events; default 5
 * @param reports what is read; default event
 * @param properties names of the site's own event properties, by the column that reads them
 * @param projects whose events are read
 */
public record MixpanelConfig(
    String exportUrl,
    String queryUrl,
    String username,
    Secret secret,
    Integer lookbackDays,
    List<MixpanelReport> reports,
    Map<String, String> properties,
    List<Project> projects)
    implements SiteShapes {
  private static final int LATE_EVENT_DAYS = 5;
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** Which days an export has. */
  public enum Days {
    /** UTC's: projects made from 2023 on. */
    UTC,
    /** Those of the project's zone: older ones. */
    PROJECT
  }

  /**
   * A project.
   *
   * @param timezone as it is set in Mixpanel
   * @param days which days its exports have; default UTC
   */
  public record Project(String id, ZoneId timezone, Days days) {
    public Project {
      days = days == null ? Days.UTC : days;
      new Problems().require("id", id).require("timezone", timezone).throwIfAny();
    }

    /** Whose midnight ends a day of the export. */
    ZoneId zone() {
      return days == Days.UTC ? UTC : timezone;
    }
  }

  public MixpanelConfig {
    exportUrl = exportUrl == null ? "https://data.mixpanel.com" : exportUrl;
    queryUrl = queryUrl == null ? "https://mixpanel.com" : queryUrl;
    lookbackDays = lookbackDays == null ? LATE_EVENT_DAYS : lookbackDays;
    reports = reports == null ? List.of(MixpanelReport.EVENT) : List.copyOf(reports);
    properties = properties == null ? Map.of() : new TreeMap<>(properties);
    new Problems()
        .check(HttpUrl.parse(exportUrl) != null, "export_url", "must be an http or https address")
        .check(HttpUrl.parse(queryUrl) != null, "query_url", "must be an http or https address")
        .require("username", username)
        .require("secret", secret)
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(!reports.isEmpty(), "reports", "names no report")
        .check(projects != null && !projects.isEmpty(), "projects", "names no project")
        .throwIfAny();
    projects = List.copyOf(projects);
  }

  /** The header that says who asks. */
  String authorization() {
    return Credentials.basic(username, secret.reveal());
  }

  @Override
  public Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem) {
    if (properties.isEmpty()) {
      return Map.of();
    }
    String dataset = MixpanelConnector.EVENTS;
    Map<String, String> paths = new TreeMap<>();
    properties.forEach((column, property) -> paths.put(column, "properties." + property));
    return Map.of(
        dataset,
        SiteShapes.headed(
            dataset,
            packed.apply(dataset),
            paths,
            complaint -> problem.accept("properties", complaint)));
  }
}
