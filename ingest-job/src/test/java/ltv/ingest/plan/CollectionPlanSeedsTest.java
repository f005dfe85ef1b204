package ltv.ingest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.plan.Decision.Action;
import ltv.ingest.plan.Readings.Reading;
import org.junit.jupiter.api.Test;

/** Weeks of runs over channels and limits that a seed makes up, one thousand times. */
class CollectionPlanSeedsTest {
  private static final int SEEDS = 1000;
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);

  /** A source that writes down every call, and how its limits are kept. */
  private static final class Source implements Readings {
    private record Call(String account, String report, Instant at) {}

    private record Key(String stream, String account) {}

    private final List<CallLimit> limits = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final CallHistory history = new CallHistory();
    private final Map<Key, Map<LocalDate, Reading>> readings = new HashMap<>();

    @Override
    public Map<LocalDate, Reading> since(
        LocalDate from, ChannelStream stream, ChannelAccount account) {
      return new TreeMap<>(readings.computeIfAbsent(key(stream, account), k -> new TreeMap<>()));
    }

    private static Key key(ChannelStream stream, ChannelAccount account) {
      return new Key(stream.name(), account.id());
    }

    /** Reads a day; false when a limit closed before its end. */
    boolean read(
        ChannelStream stream, ChannelAccount account, LocalDate day, Instant at, int pages) {
      for (int page = 0; page < pages; page++) {
        for (String report : stream.reports()) {
          boolean open =
              limits.stream()
                  .filter(limit -> limit.counts(report))
                  .allMatch(l -> history.closedUntil(l, account.id(), at, 1).isEmpty());
          if (!open) {
            return false;
          }
          history.add(account.id(), report, at, 1);
          calls.add(new Call(account.id(), report, at));
        }
      }
      int all = pages * stream.reports().size();
      readings
          .computeIfAbsent(key(stream, account), k -> new TreeMap<>())
          .put(day, new Reading(at, day.getDayOfMonth() % 5 == 0, all));
      return true;
    }

    /** The most calls that any period of a limit got. */
    int most(CallLimit limit, String account) {
      List<Instant> counted =
          calls.stream()
              .filter(c -> limit.counts(c.report))
              .filter(c -> limit.shared() || c.account.equals(account))
              .map(Call::at)
              .sorted()
              .toList();
      if (limit.every() == Period.DAY) {
        Map<LocalDate, Integer> days = new TreeMap<>();
        counted.forEach(t -> days.merge(t.atZone(limit.zone()).toLocalDate(), 1, Integer::sum));
        return days.values().stream().max(Integer::compare).orElse(0);
      }
      int most = 0;
      int first = 0;
      for (int last = 0; last < counted.size(); last++) {
        while (!counted.get(first).plus(1, ChronoUnit.HOURS).isAfter(counted.get(last))) {
          first++;
        }
        most = Math.max(most, last - first + 1);
      }
      return most;
    }
  }

  private static List<ChannelStream> streams(Random random) {
    List<ChannelAccount> accounts =
        IntStream.rangeClosed(1, 1 + random.nextInt(3))
            .mapToObj(i -> new ChannelAccount("a" + i, ZoneId.of("Asia/Seoul")))
            .toList();
    return IntStream.rangeClosed(1, 1 + random.nextInt(2))
        .mapToObj(
            i ->
                new ChannelStream(
                    "shop",
                    "s" + i,
                    random.nextInt(9),
                    random.nextBoolean() ? List.of("r" + i) : List.of("r" + i, "both"),
                    accounts))
        .toList();
  }

  private static Wanted wanted(ChannelStream stream, LocalDate day, int daysBack) {
    LocalDate first = day.minusDays(daysBack);
    LocalDate oldest = day.minusDays(stream.lookbackDays());
    return daysBack > 0
        ? new Wanted(
            stream, first.datesUntil(day.plusDays(1)).toList(), List.of(), Map.of(), first, false)
        : new Wanted(stream, List.of(day), oldest.datesUntil(day).toList(), Map.of(), day, false);
  }

  @Test
  void no_limit_is_ever_passed_whatever_runs_when_and_however_much_a_day_costs() {
    int postponed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<ChannelStream> streams = streams(random);
      Source source = new Source();
      for (int i = random.nextInt(3); i >= 0; i--) {
        String report = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "r1" : "both";
        Period every = random.nextBoolean() ? Period.DAY : Period.HOUR;
        ZoneId zone = random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("America/Los_Angeles");
        source.limits.add(
            new CallLimit(report, 1 + random.nextInt(20), every, zone, random.nextBoolean()));
      }
      Instant now = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int run = 0; run < 8; run++) {
        now = now.plus(Duration.ofMinutes(1 + random.nextInt(random.nextBoolean() ? 90 : 2000)));
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        int back = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 0;
        List<Wanted> wanted = streams.stream().map(s -> wanted(s, day, back)).toList();
        CollectionPlan plan = CollectionPlan.of(wanted, source, source.limits, source.history, now);
        for (Wanted some : wanted) {
          List<LocalDate> days = new ArrayList<>(some.lookback());
          days.addAll(some.asked());
          for (LocalDate d : days) {
            for (ChannelAccount account : some.stream().accounts()) {
              Action action = plan.of(some.stream(), account, d).action();
              if (action == Action.READ) {
                now = now.plusSeconds(random.nextInt(100));
                source.read(some.stream(), account, d, now, 1 + random.nextInt(3));
              }
              postponed += action == Action.POSTPONE ? 1 : 0;
            }
          }
        }
      }
      for (CallLimit limit : source.limits) {
        for (ChannelAccount account : streams.get(0).accounts()) {
          int most = source.most(limit, account.id());
          assertTrue(most <= limit.calls(), seed + ": " + most + " calls, allowed are " + limit);
        }
      }
    }
    assertTrue(postponed > SEEDS, "limits were felt: " + postponed);
  }

  @Test
  void every_day_is_read_as_often_as_promised_where_the_limits_allow_it() {
    long checked = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<ChannelStream> streams = streams(random);
      Source source = new Source();
      // ten of each report's days, three accounts, two streams
      source.limits.add(new CallLimit(null, 10 * 3 * 2 * 2, Period.DAY, ZoneOffset.UTC, true));
      for (int n = 0; n < 14; n++) {
        LocalDate day = FIRST.plusDays(n);
        Instant now = morning(day, random);
        for (Wanted some : streams.stream().map(s -> wanted(s, day, 0)).toList()) {
          readAll(some, source, now);
          for (LocalDate d : some.lookback()) {
            Duration since = Duration.between(readAt(source, some.stream(), d), now);
            Duration promised = Cadence.promised(ChronoUnit.DAYS.between(d, day), false);
            assertTrue(since.compareTo(promised) <= 0, seed + ": " + d + " was read " + since);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > SEEDS * 10L, "" + checked);
  }

  private static Instant morning(LocalDate day, Random random) {
    return day.plusDays(1).atTime(5, random.nextInt(60)).toInstant(ZoneOffset.UTC);
  }

  private static void readAll(Wanted some, Source source, Instant now) {
    CollectionPlan plan =
        CollectionPlan.of(List.of(some), source, source.limits, source.history, now);
    for (ChannelAccount account : some.stream().accounts()) {
      IntStream.rangeClosed(0, some.stream().lookbackDays())
          .mapToObj(age -> some.runDay().minusDays(age))
          .filter(d -> plan.of(some.stream(), account, d).action() == Action.READ)
          .forEach(d -> assertTrue(source.read(some.stream(), account, d, now, 1)));
    }
  }

  private static Instant readAt(Source source, ChannelStream stream, LocalDate day) {
    return stream.accounts().stream()
        .map(account -> source.since(day, stream, account).get(day).at())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * With too few calls, whoever waits longest comes next. Between two of its readings every other
   * day has at most one turn, so that with N days and s spare calls a day none waits for more than
   * N / s times what was promised.
   */
  @Test
  void none_starves_where_they_do_not() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int lookback = 3 + random.nextInt(10);
      int spare = 1 + random.nextInt(3);
      ChannelStream stream =
          new ChannelStream(
              "shop",
              "sales",
              lookback,
              List.of("r1"),
              List.of(new ChannelAccount("a1", ZoneId.of("Asia/Seoul"))));
      Source source = new Source();
      source.limits.add(new CallLimit("r1", 1 + spare, Period.DAY, ZoneOffset.UTC, false));
      for (int n = 0; n < 40; n++) {
        LocalDate day = FIRST.plusDays(n);
        Instant now = morning(day, random);
        Wanted all = wanted(stream, day, 0);
        List<LocalDate> known = all.lookback().stream().filter(d -> !d.isBefore(FIRST)).toList();
        Wanted some = new Wanted(stream, all.asked(), known, Map.of(), day, false);
        readAll(some, source, now);

        assertEquals(now, readAt(source, stream, day), seed + ": the day asked for is read");
        for (LocalDate d : known) {
          long waited = Duration.between(readAt(source, stream, d), now).plusHours(1).toDays();
          long promised = Cadence.promised(ChronoUnit.DAYS.between(d, day), false).toDays();
          double bound = (double) lookback / spare + 1;
          assertTrue(waited <= promised * bound, seed + ": " + d + " waited " + waited + " days");
        }
      }
    }
  }
}
