package ltv.calculate.forecast;

import java.util.Arrays;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.model.development.Credibility;
import ltv.calculate.model.development.Development;

/**
 * What a user of each group is worth, by age of cohort, where a worth of 1 is 1 at the age at which
 * the development is 1. A group's experience is what its cohorts had paid over what was expected of
 * them, days far away counting less (the generalised Cape Cod of Gluck 1997); it is believed beside
 * the group above as far as its size allows (Buehlmann and Straub).
 */
public final class Levels {
  /** What is believed of the whole, which has no group above: its own experience. */
  private static final double OF_THE_WHOLE = 1;

  /** What is believed of the variance between groups before any is seen: thirty per cent. */
  private static final double USUAL = 0.09;

  /** As much as so many groups would tell. */
  private static final double BELIEF = 4;

  private static final int DAYS_OF_A_TURN = 7;

  /** Standard deviations that chance seldom makes. */
  private static final double BEYOND_CHANCE = 2;

  /** What is not known of a turn: whether it stays, as a part of its size. */
  private static final double TURN = 0.25;

  private final Snapshot at;
  private final Shapes shapes;
  private final Dispersion dispersion;
  private final double decay;
  private final double[][][] worth = new double[Level.values().length][][];
  private final double[][][] error = new double[Level.values().length][][];
  private final double[][][] weight = new double[Level.values().length][][];

  private Levels(Snapshot at, Shapes shapes, Dispersion dispersion, double halfLife) {
    this.at = at;
    this.shapes = shapes;
    this.dispersion = dispersion;
    this.decay = StrictMath.pow(0.5, 1 / halfLife);
  }

  /** The levels that a snapshot shows. */
  public static Levels of(Snapshot at, Shapes shapes, double halfLife) {
    double mean = mean(at, shapes);
    Levels levels = new Levels(at, shapes, Dispersion.of(at, shapes, mean), halfLife);
    double[] everywhere = new double[at.oldest() + 1];
    Arrays.fill(everywhere, mean);
    levels.worth[0] = new double[][] {everywhere};
    levels.error[0] = new double[][] {new double[everywhere.length]};
    for (Level level : at.levels()) {
      levels.fit(level);
      if (level == Level.CHANNEL) {
        levels.turn();
      }
    }
    return levels;
  }

  /** What a user of any group is worth. */
  private static double mean(Snapshot at, Shapes shapes) {
    double expected = 0;
    double paid = 0;
    for (int c = 0; c < at.groups().count(Level.CHANNEL); c++) {
      double[] users = at.users(Level.CHANNEL, c);
      for (int age = 0; age < users.length; age++) {
        expected += users[age] * shapes.of(c).share(age);
        paid += at.paid(Level.CHANNEL, c)[age];
      }
    }
    return expected > 0 ? Math.max(0, paid) / expected : 0;
  }

  /** A group's experience: ratios to what is expected, with their variances by chance. */
  private record Experience(double[] ratios, double[] within, double whole, double wholeWithin) {}

  private void fit(Level level) {
    int l = level.ordinal();
    int groups = at.groups().count(level);
    Experience[] seen = new Experience[groups];
    for (int g = 0; g < groups; g++) {
      seen[g] = experience(level, g);
    }
    double between =
        level == Level.ALL
            ? OF_THE_WHOLE
            : Credibility.between(
                Arrays.stream(seen).mapToDouble(Experience::whole).toArray(),
                Arrays.stream(seen).mapToDouble(Experience::wholeWithin).toArray(),
                USUAL,
                BELIEF);
    double[][] newWorth = new double[groups][at.oldest() + 1];
    double[][] newError = new double[groups][at.oldest() + 1];
    double[][] newWeight = new double[groups][at.oldest() + 1];
    for (int g = 0; g < groups; g++) {
      double[] parent = above(worth, level, g);
      double[] parentError = above(error, level, g);
      for (int age = 0; age <= at.oldest(); age++) {
        double own = Credibility.weight(between, seen[g].within[age]);
        double rest = 1 - own;
        newWeight[g][age] = own;
        newWorth[g][age] = parent[age] * (1 + own * (seen[g].ratios[age] - 1));
        newError[g][age] = between * rest + rest * rest * parentError[age];
      }
    }
    worth[l] = newWorth;
    error[l] = newError;
    weight[l] = newWeight;
  }

  /**
   * Where the cohorts of a channel's last week have paid more or less than chance explains, the
   * week has a level of its own, as far as it is believed, and is known less.
   */
  private void turn() {
    int l = Level.CHANNEL.ordinal();
    for (int c = 0; c < at.groups().count(Level.CHANNEL); c++) {
      double expected = 0;
      double variance = 0;
      double paid = 0;
      int week = Math.min(DAYS_OF_A_TURN, at.oldest() + 1);
      for (int age = 0; age < week; age++) {
        double share = shapes.of(c).share(age) * at.users(Level.CHANNEL, c)[age];
        expected += share * worth[l][c][age];
        variance += share * worth[l][c][age] * dispersion.at(age);
        paid += at.paid(Level.CHANNEL, c)[age];
      }
      double difference = ratio(paid, expected) - 1;
      double chance = within(variance, expected);
      if (difference * difference > BEYOND_CHANCE * BEYOND_CHANCE * chance) {
        double between = difference * difference - chance;
        double own = Credibility.weight(between, chance);
        for (int age = 0; age < week; age++) {
          worth[l][c][age] *= 1 + own * difference;
          error[l][c][age] += between * (1 - own) + TURN * between;
        }
      }
    }
  }

  private double[] above(double[][][] of, Level level, int group) {
    return level == Level.ALL
        ? of[0][0]
        : of[level.ordinal() - 1][at.groups().parent(level, group)];
  }

  private Experience experience(Level level, int group) {
    double[] expected = expected(level, group);
    double[] paid = at.paid(level, group);
    double[] variance = new double[expected.length];
    for (int age = 0; age < expected.length; age++) {
      variance[age] = expected[age] * dispersion.at(age);
    }
    double[] nearPaid = near(paid, decay);
    double[] nearExpected = near(expected, decay);
    double[] nearVariance = near(variance, decay * decay);
    double[] ratios = new double[expected.length];
    double[] within = new double[expected.length];
    for (int age = 0; age < expected.length; age++) {
      ratios[age] = ratio(nearPaid[age], nearExpected[age]);
      within[age] = within(nearVariance[age], nearExpected[age]);
    }
    double sum = Arrays.stream(expected).sum();
    return new Experience(
        ratios,
        within,
        ratio(Arrays.stream(paid).sum(), sum),
        within(Arrays.stream(variance).sum(), sum));
  }

  private static double ratio(double paid, double expected) {
    return expected > 0 ? Math.max(0, paid / expected) : 1;
  }

  private static double within(double variance, double expected) {
    return expected > 0 ? variance / expected / expected : Double.POSITIVE_INFINITY;
  }

  /** What the group's cohorts were to have paid, were they like the group above. */
  private double[] expected(Level level, int group) {
    double[] expected = new double[at.oldest() + 1];
    if (level == Level.ALL) {
      for (int c = 0; c < at.groups().count(Level.CHANNEL); c++) {
        add(expected, at.users(Level.CHANNEL, c), shapes.of(c), worth[0][0]);
      }
    } else {
      Development shape = shapes.of(at.groups().channel(level, group));
      add(expected, at.users(level, group), shape, above(worth, level, group));
    }
    return expected;
  }

  private static void add(double[] to, double[] users, Development shape, double[] worth) {
    for (int age = 0; age < to.length; age++) {
      to[age] += users[age] * shape.share(age) * worth[age];
    }
  }

  /** For each age the sum over all ages, in which each day away counts less. */
  private static double[] near(double[] values, double decay) {
    double[] sums = values.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += decay * sums[i - 1];
    }
    double later = 0;
    for (int i = values.length - 1; i >= 0; i--) {
      sums[i] += later;
      later = decay * (later + values[i]);
    }
    return sums;
  }

  /** What a user of the group is worth. */
  public double worth(Level level, int group, int age) {
    return worth[level.ordinal()][group][age];
  }

  /** Its squared relative error. */
  public double error(Level level, int group, int age) {
    return error[level.ordinal()][group][age];
  }

  /** The weight of the group's own experience in it, beside the group above. */
  public double weight(Level level, int group, int age) {
    return weight[level.ordinal()][group][age];
  }

  public Dispersion dispersion() {
    return dispersion;
  }
}
