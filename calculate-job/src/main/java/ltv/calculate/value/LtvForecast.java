package ltv.calculate.value;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import ltv.calculate.backtest.Calibration;
import ltv.calculate.backtest.Tested;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Segment;
import ltv.calculate.forecast.Snapshot;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code ltv_forecast}. */
public final class LtvForecast implements Computation {
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
    return Valuation.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    Cohorts cohorts = Cohorts.read(session);
    List<Tested> tests = LtvBacktest.read(session, cohorts.gross().groups());
    Valuation gross = Valuation.of(session, cohorts.gross(), tests);
    double rate = new BigDecimal(Told.parameter(session, "ltv_discount_rate")).doubleValue();
    Valuation net = Valuation.of(session, cohorts.net().discounted(rate), tests);
    Snapshot at = gross.at();
    List<List<String>> rows = new ArrayList<>();
    for (Level level : Level.values()) {
      for (int g = 0; g < at.groups().count(level); g++) {
        if (sum(at, at.users(level, g)) > 0
            || sum(at, at.cost(level, g)) > 0
            || sum(at, at.paidAt(level, g)) != 0) {
          rows.addAll(rows(gross, net, level, g));
        }
      }
    }
    return rows;
  }

  private static List<List<String>> rows(Valuation gross, Valuation net, Level level, int group) {
    Snapshot at = gross.at();
    List<Estimate> estimates = gross.of(level, group);
    List<Estimate> told = estimates.stream().filter(e -> !gross.tooYoung(e.horizon())).toList();
    Payback payback = new Payback(told, gross.common());
    double cost = sum(at, at.cost(level, group));
    Segment name = at.groups().name(level, group);
    List<List<String>> rows = new ArrayList<>();
    for (Estimate estimate : estimates) {
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
      row.add(Told.money(net.observed(level, group, estimate.horizon())));
      row.add(young ? null : Told.money(net.expected(level, group, estimate.horizon())));
      row.add(gross.status(level, estimate));
      row.add(calibration.method().name().toLowerCase(Locale.ROOT));
      row.add(young ? null : Told.share(estimate.rest().weight()));
      row.add(young ? null : Told.share(calibration.correction(at.day())));
      row.add(age(payback.at(cost, Payback.MEAN)));
      row.add(age(payback.at(cost, HIGH)));
      row.add(age(payback.at(cost, LOW)));
      rows.add(row);
    }
    return rows;
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
