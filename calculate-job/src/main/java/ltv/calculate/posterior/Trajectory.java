package ltv.calculate.posterior;

import ltv.calculate.posterior.Hamiltonian.Phase;
import org.hipparchus.random.RandomGenerator;

/**
 * One draw after another by a motion that is doubled until it turns back: the No-U-Turn sampler of
 * Hoffman and Gelman 2014, where each point of the motion is drawn with its own weight and later
 * halves are preferred (Betancourt 2017, arXiv 1701.02434, appendix A.3). Whether it turns back is
 * asked between both halves too, else a motion that comes home within one step goes on for long.
 */
final class Trajectory {
  /** Doublings at most. */
  static final int DEEPEST = 10;

  /** An error of energy by which a motion has left the density. */
  private static final double DIVERGENT = 1_000;

  private final Hamiltonian system;
  private final RandomGenerator random;
  private final double size;
  private final double energy;
  private double accepted;
  private int steps;
  private boolean diverged;

  private Trajectory(Hamiltonian system, RandomGenerator random, double size, double energy) {
    this.system = system;
    this.random = random;
    this.size = size;
    this.energy = energy;
  }

  /**
   * Where a motion has ended.
   *
   * @param to the draw
   * @param acceptance the mean chance of its points to be accepted beside the first one
   * @param diverged whether it has left the density
   * @param deepest whether it did not turn back within the doublings that are allowed
   */
  record End(Phase to, double acceptance, boolean diverged, boolean deepest) {}

  /**
   * A part of a motion, in the direction in which it was made.
   *
   * @param momenta their sum over its points
   * @param weight logarithm of the sum of its points' weights
   * @param draw one of its points
   * @param open whether it neither turns back nor diverges
   */
  private record Part(
      Phase first, Phase last, double[] momenta, double weight, Phase draw, boolean open) {
    Part reversed() {
      return new Part(last, first, momenta, weight, draw, open);
    }
  }

  /** From a point, by steps of one size. */
  static End from(Phase at, Hamiltonian system, RandomGenerator random, double size) {
    Phase start = system.pushed(at, random);
    return new Trajectory(system, random, size, system.energy(start)).doubled(start);
  }

  private End doubled(Phase start) {
    Part whole = new Part(start, start, start.momentum(), 0, start, true);
    int depth = 0;
    while (whole.open && depth < DEEPEST) {
      boolean onwards = random.nextBoolean();
      Part old = onwards ? whole : whole.reversed();
      Part more = part(old.last, depth, onwards ? size : -size);
      if (!more.open) {
        return new End(whole.draw, accepted / steps, diverged, false);
      }
      Part both = joined(old, more, more.weight - old.weight);
      whole = onwards ? both : both.reversed();
      depth++;
    }
    return new End(whole.draw, accepted / steps, false, whole.open);
  }

  /** So many doublings of a step that follows a point. */
  private Part part(Phase after, int depth, double step) {
    if (depth == 0) {
      return single(system.step(after, step));
    }
    Part early = part(after, depth - 1, step);
    if (!early.open) {
      return early;
    }
    Part late = part(early.last, depth - 1, step);
    return late.open ? joined(early, late, late.weight - sum(early.weight, late.weight)) : late;
  }

  private Part single(Phase at) {
    double weight = energy - system.energy(at);
    steps++;
    diverged |= !(weight >= -DIVERGENT && weight < Double.POSITIVE_INFINITY);
    accepted += diverged ? 0 : Math.min(1, StrictMath.exp(weight));
    return new Part(at, at, at.momentum(), weight, at, !diverged);
  }

  /** Two parts of which the second follows, its draw taken with a chance of that logarithm. */
  private Part joined(Part a, Part b, double chance) {
    double[] momenta = plus(a.momenta, b.momenta);
    boolean open =
        system.opens(a.first, b.last, momenta)
            && system.opens(a.first, b.first, plus(a.momenta, b.first.momentum()))
            && system.opens(a.last, b.last, plus(a.last.momentum(), b.momenta));
    boolean taken = StrictMath.log(random.nextDouble()) < chance;
    Phase draw = taken ? b.draw : a.draw;
    return new Part(a.first, b.last, momenta, sum(a.weight, b.weight), draw, open);
  }

  /** Of numbers whose logarithms are given, the logarithm of the sum. */
  private static double sum(double a, double b) {
    double larger = Math.max(a, b);
    return larger + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - larger));
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
