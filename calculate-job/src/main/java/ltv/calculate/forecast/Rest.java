package ltv.calculate.forecast;

/**
 * What is still to come of cohorts until a horizon.
 *
 * @param mean what is expected
 * @param chance its variance by chance
 * @param level standard error by what is not known of the group's level
 * @param shape standard error by what is not known of the development
 * @param weight of the group's own experience, 0 to 1
 */
public record Rest(double mean, double chance, double level, double shape, double weight) {
  public static final Rest NOTHING = new Rest(0, 0, 0, 0, 0);

  /** Both together: chance is independent, ignorance is the same. */
  public Rest plus(Rest other) {
    double sum = mean + other.mean;
    return new Rest(
        sum,
        chance + other.chance,
        level + other.level,
        shape + other.shape,
        sum > 0 ? (mean * weight + other.mean * other.weight) / sum : 0);
  }

  /** A multiple of it. */
  public Rest times(double factor) {
    return new Rest(
        factor * mean, factor * factor * chance, factor * level, factor * shape, weight);
  }

  public double variance() {
    return chance + level * level + shape * shape;
  }
}
