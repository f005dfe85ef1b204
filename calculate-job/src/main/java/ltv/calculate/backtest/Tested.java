package ltv.calculate.backtest;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;

/**
 * What was forecast on an earlier day of a group's cohorts that had not reached a horizon, and what
 * came.
 *
 * @param day the earlier day, as an epoch day
 * @param users of these cohorts
 * @param observed what they had paid then
 * @param byChannel still to come where channels develop differently
 * @param alike still to come where they develop alike
 * @param ownRate still to come if they go on paying as so far
 * @param multiplier still to come if what each cohort has paid grows as all cohorts' does
 * @param lastMonth still to come if they will be worth what the newest month's cohorts are that
 *     have reached the horizon
 * @param actual what came
 */
public record Tested(
    int day,
    int horizon,
    Level level,
    int group,
    double users,
    double observed,
    Rest byChannel,
    Rest alike,
    double ownRate,
    double multiplier,
    double lastMonth,
    double actual) {

  /** Two groups as one of the level above. */
  public Tested plus(Tested other) {
    return new Tested(
        day,
        horizon,
        level,
        group,
        users + other.users,
        observed + other.observed,
        byChannel.plus(other.byChannel),
        alike.plus(other.alike),
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
        newLevel,
        newGroup,
        users,
        observed,
        byChannel,
        alike,
        ownRate,
        multiplier,
        lastMonth,
        actual);
  }
}
