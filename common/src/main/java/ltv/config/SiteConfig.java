package ltv.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One site: one file, one warehouse, one set of marts. All four jobs read the same file.
 *
 * @param site short name, lower case, for reports and logs
 * @param timezone of the business day; default Asia/Seoul
 * @param reportingCurrency ISO code that money is reported in; default KRW
 * @param home folder below which everything else lies unless it is given
 * @param warehouse of the Iceberg tables: a folder, or {@code s3://bucket/prefix}
 * @param landing of the bytes as received: a folder, or {@code s3://bucket/prefix}
 * @param keepLandingDays vacuum removes what landed longer ago; default: nothing
 * @param s3 how objects are reached
 * @param state the state database: an SQLite file, or a schema of a MariaDB server
 * @param scratch folder for files that may be lost at any time
 * @param marts what readers open: a DuckDB file, or a schema of a MariaDB server
 * @param lookbackDays earlier days that a daily run looks at for changed inputs; default 28
 * @param asOf which days get a snapshot in as-of marts; default daily
 * @param engine threads and memory
 * @param personalData how personal ids are hidden; only ingest knows what is inside
 * @param callLimits how often each channel may be called; only ingest knows what is inside
 * @param tokenExpires last day of a channel's token, by channel, where it has one; default none
 * @param tokenWarningDays how many days before a token ends every run says so; default 14
 * @param specialDays days known to be unlike others, holidays and sales: no number of them is held
 *     for being unusual, and they are not what others are compared with; default none
 * @param naming how campaigns are named, the first rule that fits a name holds; default none
 * @param conversionMetrics what of channels' conversions counts in unified reports; default
 *     purchase
 * @param ltv what counts as value, and to which ages it is told
 * @param users what makes a user frequent and a customer important
 * @param paths to which targets journeys lead, and what is a step of one
 * @param reports where weekly reports are published, and who is told of them
 * @param metrics where the figures of each run go
 * @param lineage who is told what was built from what
 * @param channels by name; only ingest knows what is inside
 */
public record SiteConfig(
    String site,
    ZoneId timezone,
    String reportingCurrency,
    Path home,
    String warehouse,
    String landing,
    Integer keepLandingDays,
    S3Settings s3,
    DatabaseSettings state,
    Path scratch,
    DatabaseSettings marts,
    Integer lookbackDays,
    AsOf asOf,
    EngineSettings engine,
    JsonNode personalData,
    JsonNode callLimits,
    Map<String, LocalDate> tokenExpires,
    Integer tokenWarningDays,
    Set<LocalDate> specialDays,
    List<NamingRule> naming,
    List<String> conversionMetrics,
    LtvSettings ltv,
    UserSettings users,
    PathSettings paths,
    ReportSettings reports,
    MetricsSettings metrics,
    LineageSettings lineage,
    Map<String, JsonNode> channels) {
  private static final int DEFAULT_LOOKBACK_DAYS = 28;

  /** A person needs some days to have a new token made, and may be on holiday. */
  private static final int DEFAULT_TOKEN_WARNING_DAYS = 14;

  /** Of six parts each: what the query that reads them has lines for. */
  private static final int MAXIMUM_NAMING_RULES = 33;

  private static final List<String> METRICS =
      List.of(
          "install",
          "purchase",
          "sign_up",
          "lead",
          "add_to_cart",
          "checkout",
          "subscribe",
          "completion",
          "custom");

  private static final String OBJECTS = "s3://";
  private static final String PLACE = "must be a folder or s3://bucket/prefix";

  public SiteConfig {
    new Problems()
        .require("site", site)
        .check(site == null || site.matches("[a-z0-9_-]+"), "site", "must match [a-z0-9_-]+")
        .require("home", home)
        .check(
            reportingCurrency == null || isCurrency(reportingCurrency),
            "reporting_currency",
            "must be an ISO code such as KRW")
        .check(lookbackDays == null || lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(
            tokenWarningDays == null || tokenWarningDays >= 0,
            "token_warning_days",
            "must be 0 or more")
        .check(
            keepLandingDays == null
                || keepLandingDays > (lookbackDays == null ? DEFAULT_LOOKBACK_DAYS : lookbackDays),
            "keep_landing_days",
            "must be more than lookback_days")
        .check(
            naming == null || naming.size() <= MAXIMUM_NAMING_RULES,
            "naming",
            "has more than " + MAXIMUM_NAMING_RULES + " rules")
        .check(
            conversionMetrics == null
                || !conversionMetrics.isEmpty()
                    && conversionMetrics.stream().allMatch(m -> m != null && METRICS.contains(m)),
            "conversion_metrics",
            "must be one or more of " + String.join(", ", METRICS))
        .check(isPlace(warehouse), "warehouse", PLACE)
        .check(isPlace(landing), "landing", PLACE)
        .check(
            !isObjects(warehouse) || (state != null && state.isServer()),
            "state",
            "is an SQLite file, which serves one host only; with a warehouse on S3 give the url,"
                + " user and password of a MariaDB schema")
        .throwIfAny();
    timezone = timezone == null ? ZoneId.of("Asia/Seoul") : timezone;
    reportingCurrency = reportingCurrency == null ? "KRW" : reportingCurrency;
    warehouse = warehouse == null ? home.resolve("warehouse").toString() : warehouse;
    landing = landing == null ? home.resolve("landing").toString() : landing;
    s3 = s3 == null ? new S3Settings(null, null, null, null, null, null) : s3;
    state = state == null ? below(home, "state.db") : state;
    scratch = scratch == null ? home.resolve("scratch") : scratch;
    marts = marts == null ? below(home, "ltv_mart.duckdb") : marts;
    lookbackDays = lookbackDays == null ? DEFAULT_LOOKBACK_DAYS : lookbackDays;
    asOf = asOf == null ? AsOf.DAILY : asOf;
    engine = engine == null ? new EngineSettings(null, null) : engine;
    tokenExpires = tokenExpires == null ? Map.of() : Map.copyOf(tokenExpires);
    tokenWarningDays = tokenWarningDays == null ? DEFAULT_TOKEN_WARNING_DAYS : tokenWarningDays;
    specialDays = specialDays == null ? Set.of() : Set.copyOf(specialDays);
    naming = naming == null ? List.of() : List.copyOf(naming);
    conversionMetrics =
        conversionMetrics == null ? List.of("purchase") : List.copyOf(conversionMetrics);
    ltv = ltv == null ? LtvSettings.DEFAULT : ltv;
    users = users == null ? UserSettings.DEFAULT : users;
    paths = paths == null ? PathSettings.DEFAULT : paths;
    reports = (reports == null ? ReportSettings.DEFAULT : reports).below(home);
    metrics = (metrics == null ? MetricsSettings.DEFAULT : metrics).below(home);
    lineage = lineage == null ? LineageSettings.DEFAULT : lineage;
    channels = channels == null ? Map.of() : Map.copyOf(new TreeMap<>(channels));
  }

  /**
   * Reads a site file for a job that calls no channel.
   *
   * @throws ltv.run.JobException with exit 78 and every problem found
   */
  public static SiteConfig read(Path file, Map<String, String> environment) {
    Settings settings = Settings.load(file, environment);
    Optional<SiteConfig> site = settings.bind("", SiteConfig.class);
    settings.verify();
    return site.orElseThrow();
  }

  /** What queries may read of the site, by the parameter's name. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>(ltv.parameters());
    parameters.putAll(users.parameters());
    parameters.putAll(paths.parameters());
    parameters.put("reporting_currency", reportingCurrency);
    parameters.put("timezone", timezone.getId());
    parameters.put("naming_rules", NamingRule.lines(naming));
    parameters.put("conversion_metrics", String.join(",", conversionMetrics));
    return parameters;
  }

  /**
   * Whether the site has the source behind {@code src_<source>__<stream>}. A channel that lists its
   * streams or reports has only these.
   */
  public boolean hasSource(String source, String stream) {
    JsonNode channel = channels.get(source);
    return channel != null
        && (!channel.has("streams") || channel.get("streams").has(stream))
        && (!channel.has("reports") || asksFor(source, stream));
  }

  /** Whether the channel's {@code reports} name the stream: for what nobody gets without asking. */
  public boolean asksFor(String source, String stream) {
    JsonNode channel = channels.get(source);
    if (channel != null) {
      for (JsonNode report : channel.path("reports")) {
        if (report.asText().equalsIgnoreCase(stream)) {
          return true;
        }
      }
    }
    return false;
  }

  private static DatabaseSettings below(Path home, String name) {
    return DatabaseSettings.file(home.resolve(name).toString());
  }

  private static boolean isObjects(String place) {
    return place != null && place.startsWith(OBJECTS);
  }

  private static boolean isPlace(String place) {
    return place == null || !place.contains("://") || place.matches("s3://[^/]+(/.*)?");
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(c -> c.getCurrencyCode().equals(code));
  }
}
