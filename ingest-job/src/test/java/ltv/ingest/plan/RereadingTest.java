package ltv.ingest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.config.Sites;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.LandedPage;
import ltv.lake.Lake;
import ltv.run.Days;
import ltv.run.Days.Reach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RereadingTest {
  private static final LocalDate D = LocalDate.of(2026, 11, 19);
  private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");
  private static final ChannelAccount ONE = new ChannelAccount("1", ZoneId.of("Asia/Seoul"));
  private static final ChannelAccount TWO = new ChannelAccount("2", ZoneId.of("Asia/Seoul"));
  private static final ChannelStream STREAM =
      new ChannelStream("shop", "sales", 28, 1, List.of(ONE, TWO));

  @TempDir private Path folder;
  private Lake lake;
  private ReadLog log;

  @BeforeEach
  void open() {
    lake = Lake.open(Sites.below(folder));
    log = new ReadLog(lake.state());
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static LandedDay landed(
      ChannelAccount account, LocalDate day, Instant at, boolean moved) {
    String run = moved ? "now" : "before";
    String file = "shop/sales/account=" + account.id() + "/date=" + day + "/run=" + run + "/p.gz";
    return new LandedDay(
        "shop",
        "sales",
        account.id(),
        "Asia/Seoul",
        day.toString(),
        "now",
        at.toString(),
        List.of(new LandedPage(file, "json", "a", "b", 1, Map.of())));
  }

  private Rereading rereading(ChannelStream stream) {
    return new Rereading(stream, new Days(D, D, Reach.WITH_LOOKBACK), log, NOW);
  }

  @Test
  void what_was_never_read_or_is_asked_for_is_due() {
    log.add(landed(ONE, D, NOW.minusSeconds(60), false));

    assertTrue(rereading(STREAM).due(ONE, D), "asked for");
    assertTrue(rereading(STREAM).due(ONE, D.minusDays(20)), "never read");
  }

  @Test
  void young_days_are_read_by_every_run_and_old_ones_rest_for_days() {
    Instant hourAgo = NOW.minus(Duration.ofHours(1));
    Instant yesterday = NOW.minus(Duration.ofHours(24));
    Map<Integer, List<Boolean>> due = new TreeMap<>();
    for (int age : new int[] {3, 5, 10, 20}) {
      for (Instant at :
          List.of(
              hourAgo, yesterday, NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(4)))) {
        log.add(landed(ONE, D.minusDays(age), at, false));
        due.computeIfAbsent(age, a -> new ArrayList<>())
            .add(rereading(STREAM).due(ONE, D.minusDays(age)));
      }
    }

    assertEquals(
        Map.of(
            3, List.of(true, true, true, true),
            5, List.of(false, true, true, true),
            10, List.of(false, false, true, true),
            20, List.of(false, false, false, true)),
        due);
  }

  @Test
  void a_day_that_moved_is_looked_at_the_next_day() {
    Instant yesterday = NOW.minus(Duration.ofHours(24));
    log.add(landed(ONE, D.minusDays(20), yesterday, true));
    log.add(landed(TWO, D.minusDays(20), yesterday, false));

    assertTrue(rereading(STREAM).due(ONE, D.minusDays(20)));
    assertFalse(rereading(STREAM).due(TWO, D.minusDays(20)));
    assertEquals(Optional.empty(), rereading(STREAM).restsUntil(D.minusDays(20)), "one is due");
  }

  @Test
  void a_day_at_rest_says_until_when() {
    for (ChannelAccount account : STREAM.accounts()) {
      log.add(landed(account, D.minusDays(20), NOW.minus(Duration.ofHours(24)), false));
    }

    assertEquals(
        Optional.of("read lately; again from 2026-11-22T21:00:00Z"),
        rereading(STREAM).restsUntil(D.minusDays(20)));
  }

  @Test
  void what_costs_no_call_is_always_read() {
    ChannelStream free = new ChannelStream("shop", "sales", 28, 0, STREAM.accounts());
    log.add(landed(ONE, D.minusDays(20), NOW, false));

    assertTrue(rereading(free).due(ONE, D.minusDays(20)));
  }

  /** A run each morning for 60 days: how often a day is read until it leaves the window. */
  @Test
  void every_day_is_read_as_often_as_its_age_promises_until_it_leaves_the_window() {
    Map<LocalDate, List<Long>> ages = new TreeMap<>();
    LocalDate first = D.minusDays(60);
    for (LocalDate day : first.datesUntil(D.plusDays(1)).toList()) {
      Instant at = day.plusDays(1).atTime(1, 0).toInstant(ZoneOffset.UTC);
      Days days = new Days(day, day, Reach.WITH_LOOKBACK);
      Rereading rereading = new Rereading(STREAM, days, log, at);
      Stream.concat(days.lookback(28).stream(), Stream.of(day))
          .filter(d -> !d.isBefore(first) && rereading.due(ONE, d))
          .forEach(
              d -> {
                ages.computeIfAbsent(d, x -> new ArrayList<>())
                    .add(day.toEpochDay() - d.toEpochDay());
                log.add(landed(ONE, d, at, false));
              });
    }

    List<Long> promised = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 9L, 11L, 13L, 17L, 21L, 25L);
    first
        .datesUntil(D.minusDays(28))
        .forEach(d -> assertEquals(promised, ages.get(d), d.toString()));
  }
}
