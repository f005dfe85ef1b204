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
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.config.Sites;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.LandedPage;
import ltv.ingest.plan.Decision.Action;
import ltv.lake.Lake;
import ltv.run.Days;
import ltv.run.Days.Reach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionPlanTest {
  private static final LocalDate D = LocalDate.of(2026, 11, 19);
  private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");
  private static final ChannelAccount ONE = new ChannelAccount("1", ZoneId.of("Asia/Seoul"));
  private static final ChannelAccount TWO = new ChannelAccount("2", ZoneId.of("Asia/Seoul"));
  private static final ChannelStream STREAM =
      new ChannelStream("shop", "sales", 28, List.of("orders"), List.of(ONE, TWO));

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
        List.of(new LandedPage(file, "json", "a", "a", "b", 1, Map.of())));
  }

  private static Wanted wanted(ChannelStream stream, LocalDate day) {
    Days days = new Days(day, day, Reach.WITH_LOOKBACK);
    return new Wanted(stream, days.all(), days.lookback(28), Map.of(), day, false);
  }

  private CollectionPlan plan(ChannelStream stream, Instant now, LocalDate day) {
    return CollectionPlan.of(List.of(wanted(stream, day)), log, List.of(), new CallHistory(), now);
  }

  private boolean due(ChannelStream stream, ChannelAccount account, LocalDate day) {
    return plan(stream, NOW, D).of(stream, account, day).action() == Action.READ;
  }

  @Test
  void what_was_never_read_or_is_asked_for_is_due() {
    log.add(landed(ONE, D, NOW.minusSeconds(60), false));

    assertTrue(due(STREAM, ONE, D), "asked for");
    assertTrue(due(STREAM, ONE, D.minusDays(20)), "never read");
  }

  @Test
  void what_is_told_of_now_is_read_once_its_day_is_over_and_then_only_by_force() {
    ChannelStream settings = ChannelStream.ofNow("shop", "sales", List.of("orders"), List.of(ONE));
    assertTrue(due(settings, ONE, D), "never read");
    log.add(landed(ONE, D, Instant.parse("2026-11-19T14:59:59Z"), false));
    assertTrue(due(settings, ONE, D), "read while the day in Seoul went on");
    log.add(landed(ONE, D, Instant.parse("2026-11-19T15:00:00Z"), false));

    assertEquals(
        "told when the day was over; --force reads it again",
        plan(settings, NOW, D).of(settings, ONE, D).toString());
    Wanted forced = new Wanted(settings, List.of(D), List.of(), Map.of(), D, true);
    CollectionPlan plan =
        CollectionPlan.of(List.of(forced), log, List.of(), new CallHistory(), NOW);
    assertEquals(Action.READ, plan.of(settings, ONE, D).action());
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
        due.computeIfAbsent(age, a -> new ArrayList<>()).add(due(STREAM, ONE, D.minusDays(age)));
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

    assertTrue(due(STREAM, ONE, D.minusDays(20)));
    assertFalse(due(STREAM, TWO, D.minusDays(20)));
    Decision both = plan(STREAM, NOW, D).of(STREAM, D.minusDays(20));
    assertEquals(Action.READ, both.action(), "one is due");
    assertEquals("the source may restate it, 1 call", both.toString());
  }

  @Test
  void a_day_at_rest_says_until_when() {
    for (ChannelAccount account : STREAM.accounts()) {
      log.add(landed(account, D.minusDays(20), NOW.minus(Duration.ofHours(24)), false));
    }

    assertEquals(
        "read lately; again from 2026-11-22T21:00:00Z",
        plan(STREAM, NOW, D).of(STREAM, D.minusDays(20)).toString());
  }

  @Test
  void what_costs_no_call_is_always_read() {
    ChannelStream free = new ChannelStream("shop", "sales", 28, List.of(), STREAM.accounts());
    log.add(landed(ONE, D.minusDays(20), NOW, false));

    assertTrue(due(free, ONE, D.minusDays(20)));
  }

  /** A run each morning for 60 days: how often a day is read until it leaves the window. */
  @Test
  void every_day_is_read_as_often_as_its_age_promises_until_it_leaves_the_window() {
    Map<LocalDate, List<Long>> ages = new TreeMap<>();
    LocalDate first = D.minusDays(60);
    for (LocalDate day : first.datesUntil(D.plusDays(1)).toList()) {
      Instant at = day.plusDays(1).atTime(1, 0).toInstant(ZoneOffset.UTC);
      CollectionPlan plan = plan(STREAM, at, day);
      Stream.concat(wanted(STREAM, day).lookback().stream(), Stream.of(day))
          .filter(d -> !d.isBefore(first) && plan.of(STREAM, ONE, d).action() == Action.READ)
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

  @Test
  void a_day_that_the_source_has_corrected_is_read_whatever_its_age() {
    LocalDate old = D.minusDays(60);
    Instant read = NOW.minus(Duration.ofHours(9));
    for (ChannelAccount account : STREAM.accounts()) {
      log.add(landed(account, old, read, false));
      log.add(landed(account, D.minusDays(20), read, false));
    }
    Map<LocalDate, Instant> corrected =
        Map.of(old, NOW.minusSeconds(60), D.minusDays(20), NOW.minus(Duration.ofHours(10)));

    CollectionPlan plan =
        CollectionPlan.of(
            List.of(
                new Wanted(
                    STREAM,
                    List.of(D),
                    List.of(old, D.minusDays(20)),
                    Map.of(ONE, corrected),
                    D,
                    false)),
            log,
            List.of(),
            new CallHistory(),
            NOW);

    assertEquals(Action.READ, plan.of(STREAM, ONE, old).action());
    assertEquals(Action.REST, plan.of(STREAM, TWO, old).action(), "nobody corrected it");
    assertEquals(Action.REST, plan.of(STREAM, ONE, D.minusDays(20)).action(), "read since");
  }

  private static CallLimit daily(int calls, boolean shared) {
    return new CallLimit("orders", calls, Period.DAY, ZoneOffset.UTC, shared);
  }

  private CollectionPlan plan(CallLimit limit, CallHistory used, ChannelStream... streams) {
    List<Wanted> wanted = Stream.of(streams).map(stream -> wanted(stream, D)).toList();
    return CollectionPlan.of(wanted, log, List.of(limit), used, NOW);
  }

  @Test
  void what_was_asked_for_comes_first_and_then_what_is_longest_overdue() {
    ChannelStream one = new ChannelStream("shop", "sales", 28, List.of("orders"), List.of(ONE));
    for (int age = 1; age <= 28; age++) {
      log.add(landed(ONE, D.minusDays(age), NOW.minus(Duration.ofDays(1)), false));
    }
    log.add(landed(ONE, D.minusDays(25), NOW.minus(Duration.ofDays(12)), false));

    CollectionPlan plan = plan(daily(4, false), new CallHistory(), one);

    assertEquals(
        List.of(D, D.minusDays(1), D.minusDays(2), D.minusDays(25)),
        Stream.iterate(D, day -> day.minusDays(1))
            .limit(29)
            .filter(day -> plan.of(one, ONE, day).action() == Action.READ)
            .toList());
    assertEquals(
        "its 4 calls of orders a day are used or kept for the daily run; again from 2026-11-21T00:00:00Z",
        plan.of(one, D.minusDays(3)).toString());
    assertEquals(Action.REST, plan.of(one, ONE, D.minusDays(20)).action(), "not due");
  }

  @Test
  void accounts_and_streams_share_what_the_contract_gives_them_together() {
    ChannelStream two = new ChannelStream("shop", "carts", 28, List.of("orders"), List.of(TWO));
    CallHistory used = new CallHistory();
    used.add("3", "orders", NOW.minusSeconds(60), 1);

    CollectionPlan shared = plan(daily(3, true), used, STREAM, two);
    CollectionPlan own = plan(daily(3, false), used, STREAM, two);

    assertEquals(2, reads(shared), "and one was made by another account");
    assertEquals(6, reads(own), "three of each account");
  }

  private static long reads(CollectionPlan plan) {
    ChannelStream two = new ChannelStream("shop", "carts", 28, List.of("orders"), List.of(TWO));
    return Stream.of(STREAM, two)
        .flatMap(
            s ->
                s.accounts().stream()
                    .flatMap(
                        a ->
                            Stream.iterate(D, day -> day.minusDays(1))
                                .limit(29)
                                .map(day -> plan.of(s, a, day))))
        .filter(decision -> decision.action() == Action.READ)
        .count();
  }

  @Test
  void a_day_that_took_many_pages_costs_as_many_calls() {
    ChannelStream one = new ChannelStream("shop", "sales", 28, List.of("orders"), List.of(ONE));
    LandedDay small = landed(ONE, D, NOW.minus(Duration.ofDays(1)), false);
    log.add(small);
    LandedDay large =
        new LandedDay(
            "shop",
            "sales",
            "1",
            "Asia/Seoul",
            D.minusDays(1).toString(),
            "now",
            NOW.minus(Duration.ofDays(2)).toString(),
            List.of(small.pages().get(0), small.pages().get(0), small.pages().get(0)));
    log.add(large);

    CollectionPlan plan = plan(daily(3, false), new CallHistory(), one);

    assertEquals(Action.READ, plan.of(one, ONE, D).action());
    assertEquals(Action.POSTPONE, plan.of(one, ONE, D.minusDays(1)).action(), "two are left");
    assertEquals(Action.READ, plan.of(one, ONE, D.minusDays(2)).action(), "never read: one page");
  }
}
