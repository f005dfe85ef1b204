package ltv.calculate.value;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Levels;
import ltv.calculate.forecast.Segment;
import ltv.calculate.forecast.Shapes;
import ltv.calculate.forecast.Snapshot;
import ltv.calculate.posterior.CampaignLevels;
import ltv.calculate.posterior.Posterior;
import ltv.calculate.posterior.Sampler;
import ltv.engine.Session;

/**
 * The levels of campaigns as forecasts believe them, beside those of a hierarchical Bayesian model
 * of the same sums: what the fast path is held against. Both take all cohorts alike, however long
 * ago they came, and all channels to develop alike.
 *
 * @param posterior what the chains drew
 * @param campaigns those that brought somebody
 * @param betweenCampaigns deviation of the logarithms of a channel's campaigns, its mean
 * @param betweenChannels the same of channels
 */
public record LevelCheck(
    Posterior posterior,
    List<Campaign> campaigns,
    double betweenCampaigns,
    double betweenChannels) {
  /** Days after which a cohort counts half: never. */
  private static final double NEVER = 1e9;

  private static final double LOW = 0.1;
  private static final double HIGH = 0.9;

  /**
   * A campaign's level, over that of all.
   *
   * @param own what its users paid over what was expected of them
   * @param fast what forecasts believe
   * @param fastError standard error of it
   * @param mean of the posterior
   * @param deviation of the posterior
   * @param low its 10 % quantile
   * @param high its 90 % quantile
   */
  public record Campaign(
      Segment name,
      double users,
      double own,
      double fast,
      double fastError,
      double mean,
      double deviation,
      double low,
      double high) {}

  /**
   * The check.
   *
   * @param session has {@code ltv_cohort_daily} by its name
   * @param day as an epoch day
   */
  public static LevelCheck of(Session session, int day, List<Integer> horizons, long seed) {
    CohortFacts facts = Cohorts.read(session).gross();
    return of(BackTest.snapshot(facts, day, horizons, Level.CAMPAIGN), seed);
  }

  static LevelCheck of(Snapshot at, long seed) {
    Shapes shapes = Shapes.of(at, BackTest.HALF_LIFE).alike();
    Levels levels = Levels.of(at, shapes, NEVER);
    Groups groups = at.groups();
    int count = groups.count(Level.CAMPAIGN);
    int[] channels = IntStream.range(0, count).map(g -> groups.parent(Level.CAMPAIGN, g)).toArray();
    double[] users = new double[count];
    double[] paid = new double[count];
    double[] expected = new double[count];
    double[] variances = new double[count];
    for (int g = 0; g < count; g++) {
      double[] byAge = at.users(Level.CAMPAIGN, g);
      for (int age = 0; age < byAge.length; age++) {
        double of = byAge[age] * shapes.common().share(age) * levels.worth(Level.ALL, 0, age);
        users[g] += byAge[age];
        paid[g] += at.paid(Level.CAMPAIGN, g)[age];
        expected[g] += of;
        variances[g] += of * levels.dispersion().at(age);
      }
    }
    CampaignLevels model = CampaignLevels.of(channels, paid, expected, variances);
    Posterior posterior = model.draw(Sampler.USUAL, seed);
    List<Campaign> campaigns = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      if (expected[g] > 0) {
        int place = model.campaign(g);
        double all = levels.worth(Level.ALL, 0, 0);
        double fast = levels.worth(Level.CAMPAIGN, g, at.oldest()) / all;
        campaigns.add(
            new Campaign(
                groups.name(Level.CAMPAIGN, g),
                users[g],
                paid[g] / expected[g],
                fast,
                fast * Math.sqrt(levels.error(Level.CAMPAIGN, g, at.oldest())),
                posterior.mean(place),
                posterior.deviation(place),
                posterior.quantile(place, LOW),
                posterior.quantile(place, HIGH)));
      }
    }
    return new LevelCheck(
        posterior, campaigns, posterior.mean(model.tau()), posterior.mean(model.sigma()));
  }
}
