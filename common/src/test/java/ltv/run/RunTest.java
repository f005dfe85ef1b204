package ltv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.123Z");

  @Test
  void ids_are_in_the_order_of_their_starts_also_within_a_second() {
    String first = started(NOON);
    String second = started(NOON.plusMillis(1));

    assertTrue(first.compareTo(second) < 0, first + " " + second);
    assertEquals(NOON, Run.begun(first));
  }

  @Test
  void an_id_that_says_the_second_only_is_still_read() {
    assertEquals(Instant.parse("2026-11-19T01:02:03Z"), Run.begun("20261119T010203Z-37f5c834"));
  }

  private static String started(Instant at) {
    return Run.start("ingest", Clock.fixed(at, ZoneOffset.UTC), new StopSignal()).id();
  }
}
