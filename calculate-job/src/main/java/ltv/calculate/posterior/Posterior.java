package ltv.calculate.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import ltv.calculate.posterior.Chain.Found;

/** Draws of quantities by chains of a sampler, what they tell, and whether to believe it. */
public final class Posterior {
  /** What Vehtari and others 2021 ask for before any number is used. */
  private static final double LARGEST_R_HAT = 1.01;

  private static final double FEWEST = 400;

  private final List<String> names;
  private final double[][][] draws;
  private final int divergences;
  private final int deepest;

  private Posterior(List<String> names, double[][][] draws, int divergences, int deepest) {
    this.names = List.copyOf(names);
    this.draws = draws;
    this.divergences = divergences;
    this.deepest = deepest;
  }

  static Posterior of(List<String> names, List<Found> chains) {
    return new Posterior(
        names,
        chains.stream().map(Found::draws).toArray(double[][][]::new),
        chains.stream().mapToInt(Found::divergences).sum(),
        chains.stream().mapToInt(Found::deepest).sum());
  }

  /**
   * Draws of other quantities, each made from the draw of these.
   *
   * @param quantities from a draw, which it leaves as it is, to as many numbers as there are names
   */
  public Posterior turned(List<String> newNames, UnaryOperator<double[]> quantities) {
    double[][][] turned =
        Arrays.stream(draws)
            .map(chain -> Arrays.stream(chain).map(quantities).toArray(double[][]::new))
            .toArray(double[][][]::new);
    return new Posterior(newNames, turned, divergences, deepest);
  }

  /** Of the quantities, by which they are counted from 0. */
  public List<String> names() {
    return names;
  }

  /** Of one quantity, by chain. */
  public double[][] draws(int quantity) {
    return Arrays.stream(draws)
        .map(chain -> Arrays.stream(chain).mapToDouble(draw -> draw[quantity]).toArray())
        .toArray(double[][]::new);
  }

  public double mean(int quantity) {
    return Convergence.mean(together(quantity));
  }

  /** The standard deviation. */
  public double deviation(int quantity) {
    return Math.sqrt(Convergence.variance(together(quantity)));
  }

  private double[] together(int quantity) {
    return Arrays.stream(draws(quantity)).flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * What a share of the draws is below.
   *
   * @param share from 0 to 1
   */
  public double quantile(int quantity, double share) {
    return Convergence.quantile(Convergence.sorted(draws(quantity)), share);
  }

  /** How much chains differ beside draws of one chain; 1 where they do not. */
  public double rHat(int quantity) {
    return Convergence.rHat(draws(quantity));
  }

  /** As many independent draws as would tell the middle of the distribution as well. */
  public double bulk(int quantity) {
    return Convergence.bulk(draws(quantity));
  }

  /** As many independent draws as would tell its 5 and 95 % quantiles as well. */
  public double tail(int quantity) {
    return Convergence.tail(draws(quantity));
  }

  /** Draws whose motion left the density: there is a corner that is not reached. */
  public int divergences() {
    return divergences;
  }

  /** Draws whose motion was cut off before it turned back: they are right, but dear. */
  public int deepest() {
    return deepest;
  }

  /** Whether means, deviations and quantiles can be used. */
  public boolean trusted() {
    return doubts().isEmpty();
  }

  /** Why not, in words; empty where the draws can be trusted. */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (divergences > 0) {
      doubts.add("%d draws diverged; more acceptance or another parameter".formatted(divergences));
    }
    double[] rHats = all(this::rHat);
    double[] bulks = all(this::bulk);
    double[] tails = all(this::tail);
    doubt(doubts, "R-hat", rHats, x -> rHats[x], x -> rHats[x] < LARGEST_R_HAT, "below 1.01");
    doubt(doubts, "bulk ESS", bulks, x -> -bulks[x], x -> bulks[x] >= FEWEST, "at least 400");
    doubt(doubts, "tail ESS", tails, x -> -tails[x], x -> tails[x] >= FEWEST, "at least 400");
    return doubts;
  }

  private double[] all(IntToDoubleFunction of) {
    return IntStream.range(0, names.size()).mapToDouble(of).toArray();
  }

  private void doubt(
      List<String> doubts,
      String what,
      double[] values,
      IntToDoubleFunction badness,
      IntPredicate good,
      String wanted) {
    int[] bad = IntStream.range(0, values.length).filter(good.negate()).toArray();
    if (bad.length > 0) {
      int worst =
          Arrays.stream(bad)
              .reduce((a, b) -> badness.applyAsDouble(b) > badness.applyAsDouble(a) ? b : a)
              .getAsInt();
      doubts.add(
          String.format(
              Locale.ROOT,
              "%s of %s is %.4g, the worst of %d that are not %s; more draws",
              what,
              names.get(worst),
              values[worst],
              bad.length,
              wanted));
    }
  }
}
