package ltv.calculate.model.regression;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Chances that were told before it was seen what came: how near they are. All measures weigh each
 * row alike, and none depends on the order of the rows.
 *
 * @param logOdds of what was told, each the logarithm of p / (1 - p)
 * @param came whether it happened
 */
public record Chances(double[] logOdds, boolean[] came) {
  /** No chance is told as more certain than these log-odds: one who came is no endless loss. */
  private static final double MOST_CERTAIN = 20;

  /** Keeps log-odds that are near certainty finite. */
  public Chances {
    logOdds =
        Arrays.stream(logOdds)
            .map(l -> Math.max(-MOST_CERTAIN, Math.min(MOST_CERTAIN, l)))
            .toArray();
  }

  /** The log-odds of a chance. */
  public static double logOdds(double chance) {
    return Math.log(chance) - Math.log1p(-chance);
  }

  /** How many of them came. */
  public long events() {
    return IntStream.range(0, came.length).filter(i -> came[i]).count();
  }

  /** How many were expected to. */
  public double expected() {
    return Arrays.stream(logOdds).map(Logistic::chance).sum();
  }

  /**
   * The chance that one who came had been told more than one who did not (Hanley and McNeil 1982),
   * half of it where both were told the same; no number where all came or nobody did.
   */
  public double auc() {
    int[] order =
        IntStream.range(0, came.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> logOdds[i]))
            .mapToInt(i -> i)
            .toArray();
    double below = 0;
    double pairs = 0;
    for (int first = 0; first < order.length; ) {
      double yes = 0;
      double no = 0;
      int next = first;
      for (; next < order.length && logOdds[order[next]] == logOdds[order[first]]; next++) {
        yes += came[order[next]] ? 1 : 0;
        no += came[order[next]] ? 0 : 1;
      }
      pairs += yes * (below + no / 2);
      below += no;
      first = next;
    }
    return pairs / (below * events());
  }

  /** The mean squared difference between chance and what came (Brier 1950). */
  public double brier() {
    double sum = 0;
    for (int i = 0; i < came.length; i++) {
      double off = (came[i] ? 1 : 0) - Logistic.chance(logOdds[i]);
      sum += off * off;
    }
    return sum / came.length;
  }

  /** The mean logarithmic loss. */
  public double logLoss() {
    double sum = 0;
    for (int i = 0; i < came.length; i++) {
      sum += Logistic.softplus(came[i] ? -logOdds[i] : logOdds[i]);
    }
    return sum / came.length;
  }

  /** The same had each been told how often it happened to all. */
  public double logLossOfAll() {
    double[] same = new double[came.length];
    Arrays.fill(same, logOdds((double) events() / came.length));
    return new Chances(same, came).logLoss();
  }
}
