package ltv.calculate.value;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.backtest.Calibration;
import ltv.calculate.backtest.Tested;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Segment;
import ltv.calculate.forecast.Snapshot;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code ltv_forecast}. */
public final class LtvForecast implements Computation {
  private static final String GROSS = "(f.revenue + f.ad_revenue)";
  private static final String NET = "f.net_value";
  private static final double DAYS_IN_A_YEAR = 365;

  /** Ends of the band of eighty in a hundred. */
  private static final int LOW = 1;

  private static final int HIGH = 4;

  /** Found as a service. */
  public LtvForecast() {}

  @Override
  public String name() {
    return "ltv_forecast";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<List<String>> rows(Session session) {
    List<Integer> horizons = Told.horizons(session);
    int longest = horizons.get(horizons.size() - 1);
    int day = Told.day(session);
    CohortReader reader = new CohortReader(session, longest);
    CohortFacts facts = reader.read(GROSS);
    Snapshot at = BackTest.snapshot(facts, day, longest);
    List<Tested> tests = LtvBacktest.read(session, facts.groups());
    Valuation gross = new Valuation(at, tests, horizons);
    double rate = new BigDecimal(Told.parameter(session, "ltv_discount_rate")).doubleValue();
    CohortFacts kept = discounted(reader.read(NET), rate);
    Valuation net = new Valuation(BackTest.snapshot(kept, day, longest), tests, horizons);
    List<List<String>> rows = new ArrayList<>();
    for (Level level : Level.values()) {
      for (int g = 0; g < facts.groups().count(level); g++) {
        if (sum(at, at.users(level, g)) > 0
            || sum(at, at.cost(level, g)) > 0
            || sum(at, at.paidAt(level, g)) != 0) {
          rows.addAll(rows(at, gross, net, level, g));
        }
      }
    }
    return rows;
  }

  private static CohortFacts discounted(CohortFacts facts, double yearlyRate) {
    double[] paid = facts.paid().clone();
    for (int p = 0; p < paid.length; p++) {
      paid[p] /= StrictMath.pow(1 + yearlyRate, facts.paidAge()[p] / DAYS_IN_A_YEAR);
    }
    return new CohortFacts(
        facts.groups(),
        facts.segment(),
        facts.day(),
        facts.users(),
        facts.cost(),
        facts.payers(),
        facts.paidBy(),
        facts.paidAge(),
        paid);
  }

  private static List<List<String>> rows(
      Snapshot at, Valuation gross, Valuation net, Level level, int group) {
    List<Estimate> estimates = gross.of(level, group);
    List<Estimate> netEstimates = net.of(level, group);
    List<Estimate> told = estimates.stream().filter(e -> !gross.tooYoung(e.horizon())).toList();
    Payback payback = new Payback(told, gross.common());
    double cost = sum(at, at.cost(level, group));
    Segment name = at.groups().name(level, group);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < estimates.size(); i++) {
      Estimate estimate = estimates.get(i);
      boolean young = gross.tooYoung(estimate.horizon());
      Calibration calibration = gross.calibration(estimate.horizon());
      List<String> row = new ArrayList<>();
      row.add(LocalDate.ofEpochDay(at.day()).toString());
      row.add(level.name().toLowerCase(Locale.ROOT));
      row.add(name.channel());
      row.add(name.campaign());
      row.add(name.platform());
      row.add(name.country());
      row.add(String.valueOf(estimate.horizon()));
      row.add(count(sum(at, at.users(level, group))));
      row.add(count(sum(at, at.payers(level, group))));
      row.add(Told.money(cost));
      row.add(count(estimate.matureUsers()));
      row.add(Told.money(estimate.matureCost()));
      row.add(Told.money(estimate.matureValue()));
      row.add(Told.money(estimate.observed()));
      row.add(young ? null : Told.money(estimate.rest().mean()));
      for (double quantile : estimate.quantiles()) {
        row.add(young ? null : Told.money(quantile));
      }
      row.add(Told.money(netEstimates.get(i).observed()));
      row.add(young ? null : Told.money(netEstimates.get(i).rest().mean()));
      row.add(status(calibration, level, estimate, young));
      row.add(calibration.ownShapes() ? "shape_of_channel" : "shape_of_all");
      row.add(young ? null : Told.share(estimate.rest().weight()));
      row.add(young ? null : Told.share(calibration.correction(at.day())));
      row.add(age(payback.at(cost, Payback.MEAN)));
      row.add(age(payback.at(cost, HIGH)));
      row.add(age(payback.at(cost, LOW)));
      rows.add(row);
    }
    return rows;
  }

  private static String status(
      Calibration calibration, Level level, Estimate estimate, boolean tooYoung) {
    return tooYoung
        ? "too_young"
        : estimate.youngUsers() == 0
            ? "observed"
            : calibration.provisional(level) ? "provisional" : "calibrated";
  }

  private static String count(double number) {
    return String.valueOf(Math.round(number));
  }

  private static String age(OptionalInt age) {
    return age.isPresent() ? String.valueOf(age.getAsInt()) : null;
  }

  /** Of the cohorts that are not older than the longest horizon. */
  private static double sum(Snapshot at, double[] byAge) {
    return Arrays.stream(byAge).limit(at.longest() + 1L).sum();
  }
}
