package ltv.ingest.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import ltv.ingest.channel.CallLimit;

/**
 * The calls that one channel got lately, by account, report type and minute. A minute counts until
 * its last second is out of the period: never too little.
 */
final class CallHistory {
  /** No period reaches further back than a day, in whatever zone. */
  static final Duration REACH = Duration.ofHours(26);

  private record Counter(String account, String report) {}

  private final Map<Counter, NavigableMap<Instant, Integer>> calls = new java.util.HashMap<>();

  /** Adds calls that were made, or are as good as made. */
  void add(String account, String report, Instant at, int number) {
    calls
        .computeIfAbsent(new Counter(account, report), c -> new TreeMap<>())
        .merge(at.truncatedTo(ChronoUnit.MINUTES), number, Integer::sum);
  }

  /** A copy, to try a plan on. */
  CallHistory copy() {
    CallHistory copy = new CallHistory();
    calls.forEach((counter, minutes) -> copy.calls.put(counter, new TreeMap<>(minutes)));
    return copy;
  }

  /** Calls that count against a limit now. */
  int used(CallLimit limit, String account, Instant now) {
    return counting(limit, account, now).values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * When a limit lets some more calls pass.
   *
   * @param more calls, not more than the limit
   * @return empty when it does now
   */
  Optional<Instant> closedUntil(CallLimit limit, String account, Instant now, int more) {
    NavigableMap<Instant, Integer> counting = counting(limit, account, now);
    int over = counting.values().stream().mapToInt(Integer::intValue).sum() + more - limit.calls();
    for (Map.Entry<Instant, Integer> minute : counting.entrySet()) {
      if (over <= 0) {
        break;
      }
      over -= minute.getValue();
      if (over <= 0) {
        return Optional.of(leaves(limit, minute.getKey()));
      }
    }
    return Optional.empty();
  }

  private NavigableMap<Instant, Integer> counting(CallLimit limit, String account, Instant now) {
    NavigableMap<Instant, Integer> counting = new TreeMap<>();
    calls.forEach(
        (counter, minutes) -> {
          if (limit.counts(counter.report) && (limit.shared() || counter.account.equals(account))) {
            minutes.forEach(
                (minute, number) -> {
                  if (now.isBefore(leaves(limit, minute))) {
                    counting.merge(minute, number, Integer::sum);
                  }
                });
          }
        });
    return counting;
  }

  /** From when on the calls of a minute do not count any more. */
  private static Instant leaves(CallLimit limit, Instant minute) {
    return switch (limit.every()) {
      case MINUTE -> minute.plus(2, ChronoUnit.MINUTES);
      case HOUR -> minute.plus(61, ChronoUnit.MINUTES);
      case DAY ->
          minute
              .atZone(limit.zone())
              .toLocalDate()
              .plusDays(1)
              .atStartOfDay(limit.zone())
              .toInstant();
    };
  }
}
