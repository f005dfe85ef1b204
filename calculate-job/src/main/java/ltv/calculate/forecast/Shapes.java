package ltv.calculate.forecast;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.model.development.ChainLadder;
import ltv.calculate.model.development.Development;

/** How what cohorts pay develops with age, by channel. */
public final class Shapes {
  /** The first days say how many buy at all; how they go on begins here. */
  private static final int EARLY = 7;

  /** Squared logarithm by which channels differ in how they go on: twenty per cent. */
  private static final double BETWEEN_CHANNELS = 0.04;

  /** At the end of the ladder at least so many days' cohorts are as old. */
  private static final int COHORTS = 14;

  private static final int OF_AGE = 3;

  private final Development[] byChannel;
  private final Development common;

  private Shapes(Development[] byChannel, Development common) {
    this.byChannel = byChannel;
    this.common = common;
  }

  /**
   * The shapes that a snapshot shows.
   *
   * @param halfLife days after which a cohort counts half
   */
  public static Shapes of(Snapshot at, double halfLife) {
    double[][] all = at.triangle();
    double[] weights = new double[all.length];
    for (int age = 0; age < weights.length; age++) {
      weights[age] = StrictMath.pow(0.5, age / halfLife);
    }
    int oldest = oldest(all);
    int last = Math.min(at.longest(), oldest - Math.min(COHORTS, oldest / OF_AGE));
    ChainLadder ladder = ChainLadder.of(all, weights, last);
    Development[] byChannel = new Development[at.groups().count(Level.CHANNEL)];
    for (int c = 0; c < byChannel.length; c++) {
      ChainLadder own = ChainLadder.of(at.triangle(c), weights, last);
      double variance = own.variance(Math.min(EARLY, last), last);
      double trusted = variance > 0 ? BETWEEN_CHANNELS / (BETWEEN_CHANNELS + variance) : 0;
      byChannel[c] = new Development(own.mixedWith(ladder, trusted), at.longest());
    }
    return new Shapes(byChannel, new Development(ladder, at.longest()));
  }

  /** The age of the oldest cohort that paid anything; 0 when none did. */
  private static int oldest(double[][] triangle) {
    for (int age = triangle.length - 1; age > 0; age--) {
      double[] cohort = triangle[age];
      if (cohort[cohort.length - 1] > 0) {
        return age;
      }
    }
    return 0;
  }

  /** The same with all channels alike. */
  public Shapes alike() {
    Development[] alike = new Development[byChannel.length];
    java.util.Arrays.fill(alike, common);
    return new Shapes(alike, common);
  }

  /** The shape of a channel. */
  public Development of(int channel) {
    return byChannel[channel];
  }

  /** The shape of all channels together. */
  public Development common() {
    return common;
  }
}
