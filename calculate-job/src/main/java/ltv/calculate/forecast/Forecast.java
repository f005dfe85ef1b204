package ltv.calculate.forecast;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.model.development.Development;

/**
 * What cohorts are still to pay, as a snapshot tells it: users times what one is worth ({@link
 * Levels}) times the part of the development that is to come ({@link Shapes}), more where the
 * cohort's own users have paid more than expected ({@link Persistence}).
 */
public final class Forecast {
  private final Snapshot at;
  private final Shapes shapes;
  private final Levels levels;
  private final Persistence persistence;
  private final boolean multiplying;

  private Forecast(
      Snapshot at, Shapes shapes, Levels levels, Persistence persistence, boolean multiplying) {
    this.at = at;
    this.shapes = shapes;
    this.levels = levels;
    this.persistence = persistence;
    this.multiplying = multiplying;
  }

  /** The forecast with these shapes. */
  public static Forecast of(Snapshot at, Shapes shapes, double halfLife) {
    Levels levels = Levels.of(at, shapes, halfLife);
    return new Forecast(at, shapes, levels, Persistence.of(at, shapes, levels), false);
  }

  /** The same where what a cohort has paid goes on as far as its group is believed. */
  public Forecast multiplying() {
    return new Forecast(at, shapes, levels, persistence, true);
  }

  /** What is still to come of a group's cohorts that have not reached a horizon. */
  public Rest rest(Level level, int group, int horizon) {
    return rest(level, group, horizon, 0, horizon - 1);
  }

  /** The same of cohorts of these ages only, both inclusive. */
  public Rest rest(Level level, int group, int horizon, int youngest, int oldest) {
    Development shape = shapes.of(at.groups().channel(level, group));
    double mean = 0;
    double levelError = 0;
    double shapeError = 0;
    double weighted = 0;
    double[] users = at.users(level, group);
    for (int age = youngest; age <= Math.min(oldest, Math.min(horizon, users.length) - 1); age++) {
      if (users[age] > 0) {
        double each = users[age] * each(level, group, age);
        double rest = each * (shape.share(horizon) - shape.share(age));
        mean += rest;
        levelError += rest * Math.sqrt(levels.error(level, group, age));
        shapeError += each * shape.error(age, horizon);
        weighted += rest * levels.weight(level, group, age);
      }
    }
    double chance = Math.max(0, mean) * levels.dispersion().at(horizon);
    return new Rest(mean, chance, levelError, shapeError, mean > 0 ? weighted / mean : 0);
  }

  /** What a user of a cohort is worth, given what the cohort's have paid. */
  private double each(Level level, int group, int age) {
    double worth = levels.worth(level, group, age);
    double expected =
        at.users(level, group)[age]
            * worth
            * shapes.of(at.groups().channel(level, group)).share(age);
    if (!(expected > 0)) {
      return worth;
    }
    double more = at.paid(level, group)[age] / expected - 1;
    double goesOn = multiplying ? levels.weight(level, group, age) : persistence.weight(age);
    return worth * Math.max(0, 1 + goesOn * more);
  }

  public Levels levels() {
    return levels;
  }

  public Persistence persistence() {
    return persistence;
  }
}
