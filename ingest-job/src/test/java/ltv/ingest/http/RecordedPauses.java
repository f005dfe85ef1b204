package ltv.ingest.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes wanted pauses down and makes none. */
public final class RecordedPauses implements Waiting {
  private final List<Duration> wanted = new CopyOnWriteArrayList<>();

  @Override
  public Duration pause(Duration due) {
    wanted.add(due);
    return Duration.ZERO;
  }

  /** The pauses that were due, in order. */
  public List<Duration> wanted() {
    return List.copyOf(wanted);
  }
}
