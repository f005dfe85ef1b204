package ltv.calculate.path;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.special.Gamma;

/**
 * Draws as many journeys again as there are, each as likely to be any of those seen: a bootstrap
 * over journeys, by path. Seeded: the same counts give the same draws.
 */
final class Recount {
  /** Below this mean, numbers are found by going up from 0. */
  private static final double FEW = 10;

  /** Up to so many journeys to a path they are drawn one by one, beyond path by path. */
  private static final int FEW_OF_A_PATH = 8;

  private final double[] counts;
  private final SplittableRandom chance;

  /** The path of each journey, empty where there are many of a path. */
  private final int[] journeys;

  Recount(double[] counts, long seed) {
    this.counts = counts.clone();
    this.chance = new SplittableRandom(seed);
    long all = Math.round(Arrays.stream(counts).sum());
    long paths = Arrays.stream(counts).filter(count -> count > 0).count();
    this.journeys = new int[all <= FEW_OF_A_PATH * paths ? (int) all : 0];
    int journey = 0;
    for (int i = 0; i < counts.length && journeys.length > 0; i++) {
      for (int n = 0; n < counts[i]; n++) {
        journeys[journey++] = i;
      }
    }
  }

  /** The next draw: a number for each count, with the same sum. */
  double[] next() {
    double[] drawn = new double[counts.length];
    if (journeys.length == 0) {
      pathByPath(drawn);
    }
    for (int n = 0; n < journeys.length; n++) {
      drawn[journeys[chance.nextInt(journeys.length)]]++;
    }
    return drawn;
  }

  private void pathByPath(double[] drawn) {
    double left = Arrays.stream(counts).sum();
    long toDraw = Math.round(left);
    for (int i = 0; i < counts.length && toDraw > 0; i++) {
      if (counts[i] > 0) {
        long number = counts[i] >= left ? toDraw : binomial(toDraw, counts[i] / left);
        drawn[i] = number;
        toDraw -= number;
        left -= counts[i];
      }
    }
  }

  private long binomial(long trials, double probability) {
    if (probability > .5) {
      return trials - binomial(trials, 1 - probability);
    }
    return trials * probability < FEW
        ? upFromZero(trials, probability)
        : transformed(trials, probability);
  }

  private long upFromZero(long trials, double probability) {
    double odds = probability / (1 - probability);
    double mass = Math.exp(trials * Math.log1p(-probability));
    double rest = chance.nextDouble() - mass;
    long number = 0;
    while (rest > 0 && number < trials && mass > 0) {
      number++;
      mass *= odds * (trials - number + 1) / number;
      rest -= mass;
    }
    return number;
  }

  /** Hörmann's transformed rejection (BTRS, The generation of binomial random variates, 1993). */
  private long transformed(long trials, double probability) {
    double deviation = Math.sqrt(trials * probability * (1 - probability));
    double b = 1.15 + 2.53 * deviation;
    double a = -.0873 + .0248 * b + .01 * probability;
    double c = trials * probability + .5;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double mode = Math.floor((trials + 1) * probability);
    double logOdds = Math.log(probability / (1 - probability));
    double atMode = Gamma.logGamma(mode + 1) + Gamma.logGamma(trials - mode + 1);
    while (true) {
      double u = chance.nextDouble() - .5;
      double v = chance.nextDouble();
      double us = .5 - Math.abs(u);
      double number = Math.floor((2 * a / us + b) * u + c);
      if (number >= 0 && number <= trials) {
        double bound =
            atMode
                - Gamma.logGamma(number + 1)
                - Gamma.logGamma(trials - number + 1)
                + (number - mode) * logOdds;
        if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) {
          return (long) number;
        }
      }
    }
  }
}
