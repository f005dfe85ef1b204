package ltv.sandbox.server;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The headers that tell how much of Meta's call limits is used. */
final class MetaLimits {
  /** Once in so many calls an account has all but used its limit up, for a second. */
  private static final int CALLS_UNTIL_TIRED = 150;

  private final AtomicInteger calls = new AtomicInteger();

  /** The headers of the next answer. */
  Map<String, String> next() {
    int n = calls.incrementAndGet();
    boolean tired = n % CALLS_UNTIL_TIRED == 0;
    int used = n % 80;
    return Map.of(
        "Content-Type",
        "application/json",
        "X-Business-Use-Case-Usage",
        "{\"1\":[{\"type\":\"ads_insights\",\"call_count\":%d,\"total_cputime\":3,\"total_time\":4,\"estimated_time_to_regain_access\":0,\"ads_api_access_tier\":\"standard_access\"}]}"
            .formatted(used),
        "X-App-Usage",
        "{\"call_count\":%d,\"total_time\":2,\"total_cputime\":1}".formatted(used / 2),
        "X-Ad-Account-Usage",
        "{\"acc_id_util_pct\":%s,\"reset_time_duration\":%d,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(tired ? "96.5" : used + ".25", tired ? 1 : 100),
        "X-FB-Ads-Insights-Throttle",
        "{\"app_id_util_pct\":%d,\"acc_id_util_pct\":%d,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(used / 4, used / 2));
  }
}
