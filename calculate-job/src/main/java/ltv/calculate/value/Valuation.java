package ltv.calculate.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.backtest.Calibration;
import ltv.calculate.backtest.Tested;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Forecast;
import ltv.calculate.forecast.Forecasts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Snapshot;
import ltv.calculate.model.development.Development;
import ltv.engine.Session;

/**
 * What every group's users are worth to each horizon, as a day knows it: what they have paid, what
 * is forecast of the rest, and how wide the bands must be by what earlier forecasts were off.
 */
final class Valuation {
  /**
   * Changes whenever the same facts are valued or tested otherwise: a part of the recipe of what is
   * computed.
   */
  static final String VERSION = "3";

  private final Snapshot at;
  private final Forecasts forecasts;
  private final List<Integer> horizons;
  private final Map<Integer, Calibration> calibrations = new HashMap<>();
  private final Map<Integer, Rest[][]> rests = new HashMap<>();

  /**
   * A valuation.
   *
   * @param tests what earlier days would have said
   */
  Valuation(Snapshot at, List<Tested> tests, List<Integer> horizons) {
    this.at = at;
    this.horizons = horizons;
    this.forecasts = Forecasts.of(at, BackTest.HALF_LIFE);
    for (int horizon : horizons) {
      calibrations.put(horizon, Calibration.of(tests, horizon, day -> true));
      rests.put(horizon, rests(horizon));
    }
  }

  /**
   * The valuation of the session's day.
   *
   * @param tests those of {@code ltv_backtest}
   */
  static Valuation of(Session session, CohortFacts facts, List<Tested> tests) {
    List<Integer> horizons = Told.horizons(session);
    Snapshot at = BackTest.snapshot(facts, Told.day(session), horizons, Level.SEGMENT);
    return new Valuation(at, tests, horizons);
  }

  /** What it is seen from. */
  Snapshot at() {
    return at;
  }

  /** What earlier forecasts of a horizon teach. */
  Calibration calibration(int horizon) {
    return calibrations.get(horizon);
  }

  /** How what is paid develops, all channels together. */
  Development common() {
    return forecasts.shapes().common();
  }

  /**
   * Whether the site is too young to say anything of a horizon: nobody has paid yet, or cohorts
   * have not shown a quarter of it.
   */
  boolean tooYoung(int horizon) {
    double paid =
        IntStream.rangeClosed(0, at.longest()).mapToDouble(a -> at.paidAt(Level.ALL, 0)[a]).sum();
    return !(paid > 0) || !BackTest.reaches(forecasts.shapes(), horizon);
  }

  /** How an estimate is known: observed, calibrated, provisional or too_young. */
  String status(Level level, Estimate estimate) {
    return tooYoung(estimate.horizon())
        ? "too_young"
        : estimate.youngUsers() == 0
            ? "observed"
            : calibrations.get(estimate.horizon()).provisional(level)
                ? "provisional"
                : "calibrated";
  }

  /** The estimates of a group, one for each horizon. */
  List<Estimate> of(Level level, int group) {
    List<Estimate> estimates = new ArrayList<>();
    for (int horizon : horizons) {
      estimates.add(estimate(level, group, horizon, rests.get(horizon)[level.ordinal()][group]));
    }
    return estimates;
  }

  private Estimate estimate(Level level, int group, int horizon, Rest rest) {
    Sums sums = new Sums();
    sums.observed = observed(level, group, horizon);
    for (int age = 0; age <= Math.min(at.longest(), at.oldest()); age++) {
      sums.add(level, group, age, horizon);
    }
    return sums.estimate(level, horizon, rest);
  }

  /** What a group's users have paid until a horizon. */
  double observed(Level level, int group, int horizon) {
    return Arrays.stream(at.paidAt(level, group)).limit(horizon + 1L).sum();
  }

  /** What they are expected to pay after that until the horizon. */
  double expected(Level level, int group, int horizon) {
    return rests.get(horizon)[level.ordinal()][group].mean();
  }

  /** What cohorts add up to. */
  private final class Sums {
    private double observed;
    private double young;
    private double youngUsers;
    private double users;
    private double cost;

    void add(Level level, int group, int age, int horizon) {
      if (age < horizon) {
        young += at.paid(level, group)[age];
        youngUsers += at.users(level, group)[age];
      } else {
        users += at.users(level, group)[age];
        cost += at.cost(level, group)[age];
      }
    }

    Estimate estimate(Level level, int horizon, Rest rest) {
      Calibration calibration = calibrations.get(horizon);
      double[] quantiles = new double[Estimate.PROBABILITIES.length];
      for (int i = 0; i < quantiles.length; i++) {
        quantiles[i] =
            observed + calibration.quantile(level, young, rest, Estimate.PROBABILITIES[i]);
      }
      return new Estimate(
          horizon, youngUsers, users, cost, observed - young, observed, rest, quantiles);
    }
  }

  /**
   * The estimate of those of a campaign's cohorts that are of these ages, both inclusive.
   *
   * @param mark the horizon's place in {@link Snapshot#marks}
   */
  Estimate ofCohorts(int campaign, int horizon, int mark, int youngest, int oldest) {
    Rest rest =
        forecast(horizon)
            .rest(Level.CAMPAIGN, campaign, horizon, youngest, oldest)
            .times(calibrations.get(horizon).correction(at.day()));
    Sums sums = new Sums();
    for (int age = youngest; age <= oldest; age++) {
      sums.observed += at.paidTo(campaign, age, mark);
      sums.add(Level.CAMPAIGN, campaign, age, horizon);
    }
    return sums.estimate(Level.CAMPAIGN, horizon, rest);
  }

  /** The forecast that back-tests of a horizon chose. */
  private Forecast forecast(int horizon) {
    return forecasts.by(calibrations.get(horizon).method());
  }

  /**
   * What is still to come, by level and group: of campaigns as it is forecast; what is above is
   * their sum, and what is below is made to add up to them.
   */
  private Rest[][] rests(int horizon) {
    Forecast forecast = forecast(horizon);
    double correction = calibrations.get(horizon).correction(at.day());
    Groups groups = at.groups();
    Rest[][] rests = new Rest[Level.values().length][];
    for (Level level : Level.values()) {
      rests[level.ordinal()] = new Rest[groups.count(level)];
      Arrays.fill(rests[level.ordinal()], Rest.NOTHING);
    }
    Rest[] segments = rests[Level.SEGMENT.ordinal()];
    double[] parts = new double[groups.count(Level.CAMPAIGN)];
    for (int s = 0; s < segments.length; s++) {
      segments[s] = forecast.rest(Level.SEGMENT, s, horizon);
      parts[groups.parent(Level.SEGMENT, s)] += segments[s].mean();
    }
    for (int g = 0; g < parts.length; g++) {
      Rest rest = forecast.rest(Level.CAMPAIGN, g, horizon).times(correction);
      int channel = groups.parent(Level.CAMPAIGN, g);
      rests[Level.CAMPAIGN.ordinal()][g] = rest;
      rests[Level.CHANNEL.ordinal()][channel] = rests[Level.CHANNEL.ordinal()][channel].plus(rest);
      rests[0][0] = rests[0][0].plus(rest);
    }
    for (int s = 0; s < segments.length; s++) {
      int campaign = groups.parent(Level.SEGMENT, s);
      double whole = rests[Level.CAMPAIGN.ordinal()][campaign].mean();
      segments[s] = segments[s].times(parts[campaign] > 0 ? whole / parts[campaign] : 1);
    }
    return rests;
  }
}
