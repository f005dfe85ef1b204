package ltv.calculate.value;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Segment;
import ltv.calculate.forecast.Snapshot;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code ltv_cohort_forecast}: the weeks of a campaign's users. */
public final class LtvCohortForecast implements Computation {
  private static final int WEEK = 7;

  /** Found as a service. */
  public LtvCohortForecast() {}

  @Override
  public String name() {
    return "ltv_cohort_forecast";
  }

  @Override
  public String version() {
    return Valuation.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    CohortFacts facts = Cohorts.read(session).gross();
    Valuation valuation = Valuation.of(session, facts, LtvBacktest.read(session, facts.groups()));
    List<Integer> horizons = Told.horizons(session);
    Snapshot at = valuation.at();
    List<List<String>> rows = new ArrayList<>();
    int oldest = Math.min(at.longest(), at.oldest());
    TemporalAdjuster monday = TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY);
    int firstWeek = (int) LocalDate.ofEpochDay(at.day() - oldest).with(monday).toEpochDay();
    for (int g = 0; g < at.groups().count(Level.CAMPAIGN); g++) {
      for (int week = firstWeek; week <= at.day(); week += WEEK) {
        int from = Math.max(0, at.day() - week - WEEK + 1);
        int to = Math.min(oldest, at.day() - week);
        double users = sum(at.users(Level.CAMPAIGN, g), from, to);
        double cost = sum(at.cost(Level.CAMPAIGN, g), from, to);
        if (users > 0 || cost > 0) {
          for (int horizon : horizons) {
            int mark = Arrays.binarySearch(at.marks(), horizon);
            Estimate estimate = valuation.ofCohorts(g, horizon, mark, from, to);
            rows.add(row(valuation, g, week, users, cost, estimate));
          }
        }
      }
    }
    return rows;
  }

  private static List<String> row(
      Valuation valuation, int group, int week, double users, double cost, Estimate estimate) {
    Segment name = valuation.at().groups().name(Level.CAMPAIGN, group);
    boolean tooYoung = valuation.tooYoung(estimate.horizon());
    List<String> row = new ArrayList<>();
    row.add(LocalDate.ofEpochDay(valuation.at().day()).toString());
    row.add(name.channel());
    row.add(name.campaign());
    row.add(LocalDate.ofEpochDay(week).toString());
    row.add(String.valueOf(estimate.horizon()));
    row.add(String.valueOf(Math.round(users)));
    row.add(Told.money(cost));
    row.add(String.valueOf(estimate.youngUsers() == 0 && week + WEEK - 1 <= valuation.at().day()));
    row.add(Told.money(estimate.observed()));
    row.add(tooYoung ? null : Told.money(estimate.rest().mean()));
    for (double quantile : estimate.quantiles()) {
      row.add(tooYoung ? null : Told.money(quantile));
    }
    row.add(valuation.status(Level.CAMPAIGN, estimate));
    return row;
  }

  private static double sum(double[] byAge, int from, int to) {
    return Arrays.stream(byAge, from, to + 1).sum();
  }
}
