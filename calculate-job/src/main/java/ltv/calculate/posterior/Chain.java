package ltv.calculate.posterior;

import java.util.Arrays;
import ltv.calculate.posterior.Hamiltonian.Phase;
import ltv.calculate.posterior.Trajectory.End;
import org.hipparchus.random.MersenneTwister;
import org.hipparchus.random.RandomGenerator;

/**
 * One chain of draws: a warm-up in which the size of steps and the variances of the parameters are
 * learnt, then draws with both kept. Windows of the warm-up are those of Stan (reference manual,
 * "Automatic parameter tuning"): a start, windows of variances of which each is twice as long as
 * the one before, an end for the size of steps alone.
 */
final class Chain {
  private static final int START = 75;
  private static final int WINDOW = 25;
  private static final int END = 50;
  private static final double START_SHARE = .15;
  private static final double END_SHARE = .1;

  /** So many draws are worth as much as the belief that variances are small. */
  private static final double BELIEF = 5;

  private static final double SMALL = 1e-3;

  /** Starts lie within this of 0, by each parameter. */
  private static final double NEAR = 2;

  private static final int STARTS = 100;

  /** Of the density's logarithm, the change by which a first step is neither short nor long. */
  private static final double HALF = StrictMath.log(.5);

  private static final double SMALLEST_STEP = 1e-12;
  private static final double LARGEST_STEP = 1e6;

  private final LogDensity density;
  private final RandomGenerator random;
  private final double wanted;
  private Hamiltonian system;
  private Phase now;
  private StepSize step;
  private int divergences;
  private int deepest;

  private Chain(LogDensity density, int parameters, double wanted, RandomGenerator random) {
    this.density = density;
    this.wanted = wanted;
    this.random = random;
    double[] unknown = new double[parameters];
    Arrays.fill(unknown, 1);
    system = new Hamiltonian(density, unknown);
    now = start(parameters);
    step = new StepSize(wanted, firstStep());
  }

  /** What a chain has found: its draws, and how many of them came after which trouble. */
  record Found(double[][] draws, int divergences, int deepest) {}

  /** The n-th chain of a seed. */
  static Found of(LogDensity density, int parameters, Sampler how, long seed, int n) {
    RandomGenerator random = new MersenneTwister(new int[] {(int) (seed >>> 32), (int) seed, n});
    Chain chain = new Chain(density, parameters, how.acceptance(), random);
    chain.warmUp(how.warmUp());
    return chain.draw(how.draws());
  }

  private Phase start(int parameters) {
    for (int i = 0; i < STARTS; i++) {
      double[] position = new double[parameters];
      Arrays.setAll(position, p -> NEAR * (2 * random.nextDouble() - 1));
      Phase at = system.at(position);
      if (Double.isFinite(at.value()) && Arrays.stream(at.slope()).allMatch(Double::isFinite)) {
        return at;
      }
    }
    throw new IllegalArgumentException(
        "the density has no value at any of " + STARTS + " points within " + NEAR + " of 0");
  }

  /** Doubled or halved until one step halves the density (Hoffman and Gelman 2014, section 3.2). */
  private double firstStep() {
    double size = 1;
    boolean grows = gain(size) > HALF;
    while (size > SMALLEST_STEP && size < LARGEST_STEP && gain(size) > HALF == grows) {
      size *= grows ? 2 : .5;
    }
    return size;
  }

  private double gain(double size) {
    Phase start = system.pushed(now, random);
    double gain = system.energy(start) - system.energy(system.step(start, size));
    return Double.isNaN(gain) ? Double.NEGATIVE_INFINITY : gain;
  }

  private void warmUp(int draws) {
    boolean enough = draws >= START + WINDOW + END;
    int from = enough ? START : (int) (START_SHARE * draws);
    int until = draws - (enough ? END : (int) (END_SHARE * draws));
    int length = enough ? WINDOW : until - from;
    int next = from + length;
    Variances variances = new Variances(now.position().length);
    for (int i = 0; i < draws; i++) {
      step.learn(move(step.next()).acceptance());
      if (i >= from && i < until) {
        variances.add(now.position());
      }
      if (i + 1 == next && next <= until) {
        system = new Hamiltonian(density, variances.learnt());
        step = new StepSize(wanted, firstStep());
        variances = new Variances(now.position().length);
        length *= 2;
        // the last window takes what would be too short for one more
        next = next + 3 * length > until ? Math.max(until, next + 1) : next + length;
      }
    }
  }

  private Found draw(int n) {
    double size = step.kept();
    double[][] draws = new double[n][];
    for (int i = 0; i < n; i++) {
      End end = move(size);
      draws[i] = now.position();
      divergences += end.diverged() ? 1 : 0;
      deepest += end.deepest() ? 1 : 0;
    }
    return new Found(draws, divergences, deepest);
  }

  private End move(double size) {
    End end = Trajectory.from(now, system, random, size);
    now = end.to();
    return end;
  }

  /** Variances of draws as they come (Welford 1962). */
  private static final class Variances {
    private final double[] mean;
    private final double[] squares;
    private int n;

    private Variances(int parameters) {
      mean = new double[parameters];
      squares = new double[parameters];
    }

    private void add(double[] draw) {
      n++;
      for (int i = 0; i < draw.length; i++) {
        double difference = draw[i] - mean[i];
        mean[i] += difference / n;
        squares[i] += difference * (draw[i] - mean[i]);
      }
    }

    private double[] learnt() {
      double own = n / (n + BELIEF);
      return Arrays.stream(squares)
          .map(sum -> own * sum / Math.max(1, n - 1) + (1 - own) * SMALL)
          .toArray();
    }
  }
}
