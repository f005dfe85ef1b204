package ltv.ingest.plan;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.FetchRequest;

/** What one run did to the channels; calls that are made for no reading are nobody's. */
public final class CallTally {
  private final Map<String, Made> made = new TreeMap<>();

  /**
   * What was done to one channel.
   *
   * @param calls tries, whether a limit counts them or not
   * @param waits pauses, for whatever reason
   */
  public record Made(int calls, int waits, Duration waited) {
    private static final Made NOTHING = new Made(0, 0, Duration.ZERO);

    private Made and(Made more) {
      return new Made(calls + more.calls, waits + more.waits, waited.plus(more.waited));
    }
  }

  /** What was done to a channel so far. */
  public Made of(String channel) {
    return made.getOrDefault(channel, Made.NOTHING);
  }

  void called(FetchRequest reading) {
    add(reading, new Made(1, 0, Duration.ZERO));
  }

  void waited(FetchRequest reading, Duration pause) {
    add(reading, new Made(0, 1, pause));
  }

  private void add(FetchRequest reading, Made more) {
    if (reading != null) {
      made.merge(reading.stream().channel(), more, Made::and);
    }
  }
}
