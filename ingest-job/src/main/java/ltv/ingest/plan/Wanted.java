package ltv.ingest.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import ltv.ingest.channel.ChannelStream;

/**
 * Days of a stream that a run would read.
 *
 * @param asked days that it was asked for
 * @param lookback earlier days that the source may restate
 * @param runDay first day of the run, from which ages are counted
 * @param everything whether no day rests
 */
public record Wanted(
    ChannelStream stream,
    List<LocalDate> asked,
    List<LocalDate> lookback,
    LocalDate runDay,
    boolean everything) {
  public Wanted {
    asked = List.copyOf(asked);
    lookback = List.copyOf(lookback);
  }

  /** The earliest of the days; the run's when there is none. */
  LocalDate first() {
    return Stream.concat(asked.stream(), lookback.stream())
        .min(LocalDate::compareTo)
        .orElse(runDay);
  }
}
