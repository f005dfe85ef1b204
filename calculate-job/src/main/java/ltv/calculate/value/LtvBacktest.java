package ltv.calculate.value;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.backtest.Calibration;
import ltv.calculate.backtest.Tested;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Segment;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code ltv_backtest}, and reads it again. */
public final class LtvBacktest implements Computation {
  /** The columns that {@link #read} wants, in its order. */
  private static final String READ =
      "select days_between(date '1970-01-01', test_date), horizon_days, oldest_age_days, level, channel, campaign_id, users, observed, actual,"
          + " by_channel, by_channel_chance, by_channel_level, by_channel_shape,"
          + " alike, alike_chance, alike_level, alike_shape,"
          + " shrunk, shrunk_chance, shrunk_level, shrunk_shape"
          + " from ltv_backtest order by test_date, horizon_days, oldest_age_days, level, channel, campaign_id";

  /** Found as a service. */
  public LtvBacktest() {}

  @Override
  public String name() {
    return "ltv_backtest";
  }

  @Override
  public String version() {
    return Valuation.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    List<Integer> horizons = Told.horizons(session);
    CohortFacts facts = Cohorts.read(session).gross();
    int day = Told.day(session);
    List<Tested> tests = BackTest.run(facts, horizons, day);
    List<List<String>> rows = new ArrayList<>();
    for (int horizon : horizons) {
      Map<Integer, Calibration> withoutDay = new HashMap<>();
      for (Tested test : tests) {
        if (test.horizon() == horizon) {
          Calibration others =
              withoutDay.computeIfAbsent(
                  test.day(), d -> Calibration.of(tests, horizon, other -> !other.equals(d)));
          rows.add(row(day, facts.groups(), test, others));
        }
      }
    }
    return rows;
  }

  private static List<String> row(int day, Groups groups, Tested test, Calibration others) {
    Segment name = groups.name(test.level(), test.group());
    Rest expected = others.corrected(test);
    List<String> row = new ArrayList<>();
    row.add(LocalDate.ofEpochDay(day).toString());
    row.add(LocalDate.ofEpochDay(test.day()).toString());
    row.add(String.valueOf(test.horizon()));
    row.add(String.valueOf(test.oldest()));
    row.add(test.level().name().toLowerCase(Locale.ROOT));
    row.add(name.channel());
    row.add(name.campaign());
    row.add(String.valueOf(Math.round(test.users())));
    row.add(Told.money(test.observed()));
    row.add(Told.money(test.actual()));
    row.add(Told.money(expected.mean()));
    for (double probability : Estimate.PROBABILITIES) {
      row.add(Told.money(others.quantile(test.level(), test.observed(), expected, probability)));
    }
    row.add(Told.money(test.ownRate()));
    row.add(Told.money(test.multiplier()));
    row.add(Told.money(test.lastMonth()));
    for (Rest rest : test.said()) {
      row.add(Told.money(rest.mean()));
      row.add(String.valueOf(rest.chance()));
      row.add(String.valueOf(rest.level()));
      row.add(String.valueOf(rest.shape()));
    }
    return row;
  }

  /**
   * The tests of a day that has been computed.
   *
   * @param session has {@code ltv_backtest} by its name
   */
  static List<Tested> read(Session session, Groups groups) {
    Map<List<String>, Integer> byName = new HashMap<>();
    for (Level level : List.of(Level.ALL, Level.CHANNEL, Level.CAMPAIGN)) {
      for (int g = 0; g < groups.count(level); g++) {
        Segment name = groups.name(level, g);
        byName.put(List.of(level.name(), name.channel(), name.campaign()), g);
      }
    }
    List<Tested> tests = new ArrayList<>();
    for (List<Object> row : session.rows(READ)) {
      Level level = Level.valueOf(((String) row.get(3)).toUpperCase(Locale.ROOT));
      tests.add(
          new Tested(
              (int) number(row, 0),
              (int) number(row, 1),
              (int) number(row, 2),
              level,
              byName.getOrDefault(List.of(level.name(), row.get(4), row.get(5)), -1),
              number(row, 6),
              number(row, 7),
              List.of(rest(row, 9), rest(row, 13), rest(row, 17)),
              0,
              0,
              0,
              number(row, 8)));
    }
    return tests;
  }

  private static Rest rest(List<Object> row, int from) {
    return new Rest(
        number(row, from), number(row, from + 1), number(row, from + 2), number(row, from + 3), 0);
  }

  private static double number(List<Object> row, int i) {
    return ((Number) row.get(i)).doubleValue();
  }
}
