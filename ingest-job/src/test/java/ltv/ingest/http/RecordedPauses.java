package ltv.ingest.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down every wanted pause and makes none. */
public final class RecordedPauses implements Waiting {
  private final List<Duration> wanted = new ArrayList<>();

  @Override
  public Duration pause(Duration pause) {
    wanted.add(pause);
    return Duration.ZERO;
  }

  /** The pauses, in order. */
  public List<Duration> wanted() {
    return List.copyOf(wanted);
  }
}
