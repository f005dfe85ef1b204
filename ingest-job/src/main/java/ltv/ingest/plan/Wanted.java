package ltv.ingest.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;

/**
 * Days of a stream that a run would read.
 *
 * @param asked days that it was asked for
 * @param lookback earlier days that the source may restate
 * @param restated days that the source says it has corrected, by account, and when
 * @param runDay first day of the run, from which ages are counted
 * @param everything whether no day rests
 */
public record Wanted(
    ChannelStream stream,
    List<LocalDate> asked,
    List<LocalDate> lookback,
    Map<ChannelAccount, Map<LocalDate, Instant>> restated,
    LocalDate runDay,
    boolean everything) {
  public Wanted {
    asked = List.copyOf(asked);
    lookback = List.copyOf(lookback);
    restated = Map.copyOf(restated);
  }

  /** Whether the source has corrected an account's day since. */
  boolean restated(ChannelAccount account, LocalDate day, Instant since) {
    Instant corrected = restated.getOrDefault(account, Map.of()).get(day);
    return corrected != null && corrected.isAfter(since);
  }

  /** The earliest of the days; the run's when there is none. */
  LocalDate first() {
    return Stream.concat(asked.stream(), lookback.stream())
        .min(LocalDate::compareTo)
        .orElse(runDay);
  }
}
