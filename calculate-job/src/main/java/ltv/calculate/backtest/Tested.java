package ltv.calculate.backtest;

import java.util.ArrayList;
import java.util.List;
import ltv.calculate.forecast.Forecasts.Method;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;

/**
 * What was forecast on an earlier day of a group's cohorts that had not reached a horizon, and what
 * came.
 *
 * @param day the earlier day, as an epoch day
 * @param oldest the age of the oldest of these cohorts that are looked at: the horizon's day before
 *     for all of them
 * @param users of these cohorts
 * @param observed what they had paid then
 * @param said still to come, by {@link Method}
 * @param ownRate still to come if they go on paying as so far
 * @param multiplier still to come if what each cohort has paid grows as all cohorts' does
 * @param lastMonth still to come if they will be worth what the newest month's cohorts are that
 *     have reached the horizon
 * @param actual what came
 */
public record Tested(
    int day,
    int horizon,
    int oldest,
    Level level,
    int group,
    double users,
    double observed,
    List<Rest> said,
    double ownRate,
    double multiplier,
    double lastMonth,
    double actual) {

  /** Two groups as one of the level above. */
  public Tested plus(Tested other) {
    List<Rest> sums = new ArrayList<>();
    for (int m = 0; m < said.size(); m++) {
      sums.add(said.get(m).plus(other.said.get(m)));
    }
    return new Tested(
        day,
        horizon,
        oldest,
        level,
        group,
        users + other.users,
        observed + other.observed,
        sums,
        ownRate + other.ownRate,
        multiplier + other.multiplier,
        lastMonth + other.lastMonth,
        actual + other.actual);
  }

  /** The same as of another group. */
  public Tested as(Level newLevel, int newGroup) {
    return new Tested(
        day,
        horizon,
        oldest,
        newLevel,
        newGroup,
        users,
        observed,
        said,
        ownRate,
        multiplier,
        lastMonth,
        actual);
  }

  /** What a method said. */
  public Rest by(Method method) {
    return said.get(method.ordinal());
  }

  /** Whether all cohorts are looked at that had not reached the horizon. */
  public boolean whole() {
    return oldest == horizon - 1;
  }
}
