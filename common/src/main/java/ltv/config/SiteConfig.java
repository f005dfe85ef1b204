package ltv.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One site: one file, one warehouse, one set of marts. All four jobs read the same file.
 *
 * @param site short name, lower case, for reports and logs
 * @param timezone of the business day; default Asia/Seoul
 * @param reportingCurrency ISO code that money is reported in; default KRW
 * @param home folder below which everything else lies unless it is given
 * @param warehouse folder of the Iceberg tables
 * @param landing folder of the bytes as received
 * @param state file of the state database (SQLite)
 * @param scratch folder for files that may be lost at any time
 * @param marts the DuckDB file that readers open
 * @param lookbackDays earlier days that a daily run looks at for changed inputs; default 28
 * @param asOf which days get a snapshot in as-of marts; default daily
 * @param engine threads and memory
 * @param personalData how personal ids are hidden; only ingest knows what is inside
 * @param channels by name; only ingest knows what is inside
 */
public record SiteConfig(
    String site,
    ZoneId timezone,
    String reportingCurrency,
    Path home,
    Path warehouse,
    Path landing,
    Path state,
    Path scratch,
    Path marts,
    Integer lookbackDays,
    AsOf asOf,
    EngineSettings engine,
    JsonNode personalData,
    Map<String, JsonNode> channels) {
  private static final int DEFAULT_LOOKBACK_DAYS = 28;

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
        .throwIfAny();
    timezone = timezone == null ? ZoneId.of("Asia/Seoul") : timezone;
    reportingCurrency = reportingCurrency == null ? "KRW" : reportingCurrency;
    warehouse = warehouse == null ? home.resolve("warehouse") : warehouse;
    landing = landing == null ? home.resolve("landing") : landing;
    state = state == null ? home.resolve("state.db") : state;
    scratch = scratch == null ? home.resolve("scratch") : scratch;
    marts = marts == null ? home.resolve("ltv_mart.duckdb") : marts;
    lookbackDays = lookbackDays == null ? DEFAULT_LOOKBACK_DAYS : lookbackDays;
    asOf = asOf == null ? AsOf.DAILY : asOf;
    engine = engine == null ? new EngineSettings(null, null) : engine;
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

  /**
   * Whether the site has the source behind {@code src_<source>__<stream>}. A channel that lists its
   * streams has only these.
   */
  public boolean hasSource(String source, String stream) {
    JsonNode channel = channels.get(source);
    return channel != null && (!channel.has("streams") || channel.get("streams").has(stream));
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(c -> c.getCurrencyCode().equals(code));
  }
}
