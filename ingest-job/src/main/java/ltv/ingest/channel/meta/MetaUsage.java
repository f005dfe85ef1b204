package ltv.ingest.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import ltv.ingest.http.Failures;
import okhttp3.Headers;

/**
 * How long Meta wants to be left alone, by the headers that tell how much of each limit is used.
 * All accounts, kinds and headers count. One that cannot be read says nothing.
 */
final class MetaUsage {
  private static final double ALMOST_ALL = 95;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Nobody waits for longer, whatever a header says. */
  private static final long LONGEST_MINUTES = Duration.ofDays(2).toMinutes();

  private static final List<String> PERCENTAGES =
      List.of("call_count", "total_cputime", "total_time", "app_id_util_pct", "acc_id_util_pct");

  private MetaUsage() {}

  /** The rest that is due before the next call; zero when there is none. */
  static Duration rest(Headers headers) {
    Duration longest = Duration.ZERO;
    for (JsonNode usage : told(headers)) {
      Duration rest = rest(usage);
      longest = rest.compareTo(longest) > 0 ? rest : longest;
    }
    return longest;
  }

  private static List<JsonNode> told(Headers headers) {
    List<JsonNode> all = new ArrayList<>();
    header(headers, "X-Business-Use-Case-Usage").forEach(account -> account.forEach(all::add));
    all.add(header(headers, "X-App-Usage"));
    all.add(header(headers, "X-Ad-Account-Usage"));
    all.add(header(headers, "X-FB-Ads-Insights-Throttle"));
    return all;
  }

  private static JsonNode header(Headers headers, String name) {
    String text = headers.get(name);
    return text == null ? MissingNode.getInstance() : Failures.json(text);
  }

  /** A regain time counts always, minutes; a reset time, seconds, once little is left. */
  private static Duration rest(JsonNode usage) {
    long regain = usage.path("estimated_time_to_regain_access").asLong();
    if (regain > 0) {
      return Duration.ofMinutes(Math.min(regain, LONGEST_MINUTES));
    }
    if (PERCENTAGES.stream().noneMatch(field -> usage.path(field).asDouble() > ALMOST_ALL)) {
      return Duration.ZERO;
    }
    long reset = usage.path("reset_time_duration").asLong();
    return reset > 0
        ? Duration.ofSeconds(Math.min(reset, LONGEST_MINUTES * A_MINUTE.toSeconds()))
        : A_MINUTE;
  }
}
