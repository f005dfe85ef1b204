package ltv.calculate.model.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.DoubleStream;
import ltv.calculate.model.Likelihood;

/** Holds a likelihood's own gradient against its differences. */
final class Gradients {
  private Gradients() {}

  /** At a random point of so many parameters between 0.1 and 9.1. */
  static void assertThoseOfDifferences(Likelihood likelihood, int parameters, Random random) {
    double[] at =
        DoubleStream.generate(() -> .1 + 9 * random.nextDouble()).limit(parameters).toArray();
    double[] slope = new double[parameters];
    likelihood.at(at, slope);
    for (int i = 0; i < parameters; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      double h = 1e-5 * at[i];
      up[i] += h;
      down[i] -= h;
      double[] unused = new double[parameters];
      double difference = (likelihood.at(up, unused) - likelihood.at(down, unused)) / (2 * h);
      assertEquals(difference, slope[i], 1e-5 * Math.max(1, Math.abs(difference)));
    }
  }
}
