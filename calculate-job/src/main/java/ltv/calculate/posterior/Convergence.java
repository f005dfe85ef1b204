package ltv.calculate.posterior;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.special.Erf;

/**
 * Whether chains of draws of one quantity tell the same and how many independent draws they are
 * worth (Vehtari, Gelman, Simpson, Carpenter and Buerkner 2021, Bayesian Analysis 16). Each chain
 * is held as two halves, so that one that still moves away differs from itself. Chains are of one
 * length, of at least 8 draws. Where nothing ever moves, nothing is known: R-hat is infinite and
 * the draws are worth none.
 */
final class Convergence {
  private static final double LOW = .05;
  private static final double HIGH = .95;

  private Convergence() {}

  /** The larger R-hat of place and of spread, of ranks turned into normal scores. */
  static double rHat(double[][] chains) {
    double middle = quantile(sorted(chains), .5);
    double[][] folded = map(chains, x -> Math.abs(x - middle));
    return Math.max(potential(scores(halves(chains))), potential(scores(halves(folded))));
  }

  /** What the draws are worth for the middle of the distribution. */
  static double bulk(double[][] chains) {
    return worth(scores(halves(chains)));
  }

  /** What they are worth for its 5 and 95 % quantiles, the worse of both. */
  static double tail(double[][] chains) {
    double[] sorted = sorted(chains);
    return Math.min(below(chains, quantile(sorted, LOW)), below(chains, quantile(sorted, HIGH)));
  }

  private static double below(double[][] chains, double bound) {
    return worth(halves(map(chains, x -> x <= bound ? 1 : 0)));
  }

  static double[] sorted(double[][] chains) {
    return Arrays.stream(chains).flatMapToDouble(Arrays::stream).sorted().toArray();
  }

  /** Between the two nearest draws (the seventh of Hyndman and Fan 1996). */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Without the middle draw where their number is odd. */
  private static double[][] halves(double[][] chains) {
    return Arrays.stream(chains)
        .flatMap(
            chain -> {
              int half = chain.length / 2;
              double[] last = Arrays.copyOfRange(chain, chain.length - half, chain.length);
              return Stream.of(Arrays.copyOf(chain, half), last);
            })
        .toArray(double[][]::new);
  }

  private static double[][] map(double[][] chains, DoubleUnaryOperator each) {
    return Arrays.stream(chains)
        .map(chain -> Arrays.stream(chain).map(each).toArray())
        .toArray(double[][]::new);
  }

  /** Normal scores of the ranks over all chains (Blom 1958); what is alike shares its rank. */
  private static double[][] scores(double[][] chains) {
    double[] sorted = sorted(chains);
    double[] scores = new double[sorted.length];
    for (int from = 0, to; from < sorted.length; from = to) {
      to = from;
      while (to < sorted.length && Double.compare(sorted[to], sorted[from]) == 0) {
        to++;
      }
      double rank = (from + 1 + to) / 2.0;
      double share = (rank - .375) / (sorted.length + .25);
      Arrays.fill(scores, from, to, Math.sqrt(2) * Erf.erfInv(2 * share - 1));
    }
    return map(chains, x -> scores[Arrays.binarySearch(sorted, x)]);
  }

  /** The variance of all over the one within chains, as a ratio of standard deviations. */
  private static double potential(double[][] chains) {
    double within = Arrays.stream(chains).mapToDouble(c -> variance(c)).average().orElseThrow();
    return within > 0 ? Math.sqrt(whole(chains, within) / within) : Double.POSITIVE_INFINITY;
  }

  private static double whole(double[][] chains, double within) {
    int n = chains[0].length;
    double[] means = Arrays.stream(chains).mapToDouble(Convergence::mean).toArray();
    return within * (n - 1) / n + variance(means);
  }

  /**
   * As many independent draws as would tell the mean as well: Geyer's initial monotone sequence
   * (1992) over the chains' common autocorrelations; never more than draws times their decimal
   * logarithm.
   */
  private static double worth(double[][] chains) {
    int n = chains[0].length;
    int draws = n * chains.length;
    double[] means = Arrays.stream(chains).mapToDouble(Convergence::mean).toArray();
    double within = Arrays.stream(chains).mapToDouble(c -> variance(c)).average().orElseThrow();
    double whole = whole(chains, within);
    if (!(within > 0)) {
      return 0;
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    int lag = 0;
    double even = 1;
    while (lag + 4 < n) { // later ones are of too few pairs of draws
      double odd = 1 - (within - covariance(chains, means, lag + 1)) / whole;
      if (!(even + odd > 0)) {
        break;
      }
      least = Math.min(least, even + odd);
      sum += least;
      lag += 2;
      even = 1 - (within - covariance(chains, means, lag)) / whole;
    }
    // of the first pair that is not taken the even one counts once, which halves the variance
    double time = 2 * sum - 1 + Math.max(0, even);
    return draws / Math.max(time, 1 / Math.log10(draws));
  }

  /** The chains' mean autocovariance at a lag. */
  private static double covariance(double[][] chains, double[] means, int lag) {
    int n = chains[0].length;
    double sum = 0;
    for (int c = 0; c < chains.length; c++) {
      for (int i = lag; i < n; i++) {
        sum += (chains[c][i] - means[c]) * (chains[c][i - lag] - means[c]);
      }
    }
    return sum / n / chains.length;
  }

  static double mean(double[] of) {
    return Arrays.stream(of).average().orElseThrow();
  }

  /** 0 of a single one, of which none is known. */
  static double variance(double[] of) {
    double mean = mean(of);
    double squares = Arrays.stream(of).map(x -> (x - mean) * (x - mean)).sum();
    return squares / Math.max(1, of.length - 1);
  }
}
