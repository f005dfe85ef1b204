package ltv.calculate.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Forecasts;
import ltv.calculate.forecast.Forecasts.Method;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Shapes;
import ltv.calculate.forecast.Snapshot;

/**
 * Forecasts of earlier days held against what came since: for each horizon up to twelve days, two
 * weeks apart, the newest of which has just reached it. Only what happened until such a day is
 * seen; it is seen as it is known now.
 */
public final class BackTest {
  /** Days after which a cohort counts half for another. */
  public static final double HALF_LIFE = 56;

  /** Days of cohorts older than the longest horizon that still tell how value develops. */
  private static final int COHORTS_OF_DEVELOPMENT = 180;

  private static final int DATES = 12;
  private static final int APART = 14;
  private static final int WEEK = 7;
  private static final int MONTH = 30;

  /** A horizon more than so many times as far as cohorts have shown is not forecast. */
  private static final int REACH = 4;

  /** Users up to this part of a horizon old are tested by themselves too: much is to come. */
  private static final int YOUNG = 6;

  private final CohortFacts facts;
  private final List<Integer> horizons;
  private final int firstDay;
  private final int day;

  private BackTest(CohortFacts facts, List<Integer> horizons, int firstDay, int day) {
    this.facts = facts;
    this.horizons = horizons;
    this.firstDay = firstDay;
    this.day = day;
  }

  /**
   * All tests that a day allows, of campaigns, channels and everything.
   *
   * @param day as an epoch day, the last that facts are known of
   */
  public static List<Tested> run(CohortFacts facts, List<Integer> horizons, int day) {
    return new BackTest(facts, horizons, firstDay(facts, day), day).run();
  }

  /** The snapshot of a day, down to a level. */
  public static Snapshot snapshot(
      CohortFacts facts, int day, List<Integer> horizons, Level deepest) {
    int longest = horizons.get(horizons.size() - 1);
    int known = day - firstDay(facts, day);
    int oldest = Math.max(0, Math.min(longest + COHORTS_OF_DEVELOPMENT, known));
    return Snapshot.of(facts, day, horizons, oldest, deepest);
  }

  private static int firstDay(CohortFacts facts, int day) {
    return Arrays.stream(facts.day()).min().orElse(day);
  }

  /** Whether shapes that cohorts have shown until an age can tell a horizon. */
  public static boolean reaches(Shapes shapes, int horizon) {
    return horizon <= REACH * shapes.common().last();
  }

  private List<Tested> run() {
    SortedMap<Integer, List<Integer>> horizonsByDay = new TreeMap<>();
    for (int horizon : horizons) {
      int newest = day - (horizon + WEEK - 1) / WEEK * WEEK;
      for (int i = 0; i < DATES && horizon > 0; i++) {
        int testDay = newest - i * APART;
        if (testDay >= firstDay) {
          horizonsByDay.computeIfAbsent(testDay, d -> new ArrayList<>()).add(horizon);
        }
      }
    }
    List<Tested> all = new ArrayList<>();
    horizonsByDay.forEach((testDay, reached) -> all.addAll(test(testDay, reached)));
    return all;
  }

  private List<Tested> test(int testDay, List<Integer> reached) {
    Snapshot at = snapshot(facts, testDay, horizons, Level.CAMPAIGN);
    Forecasts forecasts = Forecasts.of(at, HALF_LIFE);
    List<Tested> tests = new ArrayList<>();
    for (int horizon : reached) {
      if (reaches(forecasts.shapes(), horizon)) {
        tests.addAll(withSums(campaigns(at, horizon, horizon - 1, forecasts)));
        if (horizon > YOUNG) {
          tests.addAll(withSums(campaigns(at, horizon, horizon / YOUNG, forecasts)));
        }
      }
    }
    return tests;
  }

  private List<Tested> campaigns(Snapshot at, int horizon, int oldest, Forecasts forecasts) {
    Groups groups = facts.groups();
    Outcome outcome = Outcome.of(facts, at.day(), horizon, oldest, MONTH);
    List<Tested> tests = new ArrayList<>();
    for (int g = 0; g < groups.count(Level.CAMPAIGN); g++) {
      int group = g;
      Rivals rivals = Rivals.of(at, g, horizon, oldest, forecasts.shapes().common());
      if (rivals.users() > 0) {
        List<Rest> said =
            Arrays.stream(Method.values())
                .map(m -> forecasts.by(m).rest(Level.CAMPAIGN, group, horizon, 0, oldest))
                .toList();
        tests.add(
            new Tested(
                at.day(),
                horizon,
                oldest,
                Level.CAMPAIGN,
                g,
                rivals.users(),
                rivals.observed(),
                said,
                rivals.ownRate(),
                rivals.multiplier(),
                Math.max(0, rivals.users() * outcome.lastMonth(g) - rivals.observed()),
                outcome.rest(g)));
      }
    }
    return tests;
  }

  /** And their channels and everything. */
  private List<Tested> withSums(List<Tested> campaigns) {
    Map<Integer, Tested> channels = new LinkedHashMap<>();
    List<Tested> all = new ArrayList<>(campaigns);
    for (Tested test : campaigns) {
      int channel = facts.groups().parent(Level.CAMPAIGN, test.group());
      channels.merge(channel, test.as(Level.CHANNEL, channel), Tested::plus);
    }
    all.addAll(channels.values());
    channels.values().stream().reduce(Tested::plus).ifPresent(t -> all.add(t.as(Level.ALL, 0)));
    return all;
  }
}
