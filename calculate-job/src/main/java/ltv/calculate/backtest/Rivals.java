package ltv.calculate.backtest;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Snapshot;
import ltv.calculate.model.development.Development;

/**
 * What simple rules say of a campaign's cohorts that have not reached a horizon.
 *
 * @param users of these cohorts
 * @param observed what they have paid
 * @param ownRate still to come if they go on paying as so far
 * @param multiplier still to come if what each has paid grows as all cohorts' does
 */
public record Rivals(double users, double observed, double ownRate, double multiplier) {
  /**
   * The rules applied to a snapshot.
   *
   * @param oldest age of the oldest cohorts that are asked for
   */
  public static Rivals of(Snapshot at, int campaign, int horizon, int oldest, Development common) {
    double[] users = at.users(Level.CAMPAIGN, campaign);
    double[] paid = at.paid(Level.CAMPAIGN, campaign);
    double count = 0;
    double observed = 0;
    double userDays = 0;
    double userDaysLeft = 0;
    double multiplied = 0;
    int last = Math.min(oldest, Math.min(horizon, users.length) - 1);
    for (int age = 0; age <= last; age++) {
      count += users[age];
      observed += paid[age];
      userDays += users[age] * (age + 1);
      userDaysLeft += users[age] * (horizon - age);
      double share = common.share(age);
      multiplied += share > 0 ? paid[age] * (common.share(horizon) / share - 1) : 0;
    }
    double rate = userDays > 0 ? observed / userDays : 0;
    return new Rivals(count, observed, rate * userDaysLeft, multiplied);
  }
}
