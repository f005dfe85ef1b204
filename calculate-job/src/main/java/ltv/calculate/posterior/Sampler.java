package ltv.calculate.posterior;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws parameters from a density by Hamiltonian Monte Carlo, one chain after the other, without a
 * setting that depends on the density. The same seed gives the same draws, bit by bit, where the
 * density gives the same values.
 *
 * @param chains from different starts; at least 1, of which less is known than of 4
 * @param warmUp draws of each chain that are thrown away, at least 20
 * @param draws of each chain that are kept, at least 8
 * @param acceptance between 0 and 1: the share of points of a motion that is to be accepted; the
 *     nearer to 1, the smaller are the steps and the narrower the corners that are reached
 */
public record Sampler(int chains, int warmUp, int draws, double acceptance) {
  private static final int FEWEST_WARM_UP = 20;
  private static final int FEWEST_DRAWS = 8;

  /** Enough for most densities. */
  public static final Sampler USUAL = new Sampler(4, 1_000, 1_000, .9);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public Sampler {
    if (chains < 1
        || warmUp < FEWEST_WARM_UP
        || draws < FEWEST_DRAWS
        || !(acceptance > 0 && acceptance < 1)) {
      throw new IllegalArgumentException(
          "%d chains of %d and %d draws, acceptance %s; at least 1 of %d and %d, between 0 and 1"
              .formatted(chains, warmUp, draws, acceptance, FEWEST_WARM_UP, FEWEST_DRAWS));
    }
  }

  /**
   * Draws from a density.
   *
   * @param names of its parameters, in their order
   * @throws IllegalArgumentException where no start is found at which the density has a value
   */
  public Posterior draw(LogDensity density, List<String> names, long seed) {
    return Posterior.of(
        names,
        IntStream.range(0, chains)
            .mapToObj(n -> Chain.of(density, names.size(), this, seed, n))
            .toList());
  }
}
