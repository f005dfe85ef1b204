import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import ltv.calculate.posterior.CampaignLevels;
import ltv.calculate.model.development.Credibility;
import ltv.calculate.model.development.GammaScore;
import ltv.calculate.posterior.Posterior;
import ltv.calculate.posterior.Sampler;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Whether the sampler of campaigns' levels finds what its model made, and how far the weights of the fast path are from it. Run by bench/levels.
 *
 * <pre>
 * sbc WORLDS              simulation-based calibration: ranks of the truth among draws of 3 channels of 4 campaigns
 * fast WORLDS CAMPAIGNS   campaigns of 5 channels, 20 to 20,000 users each: seconds, convergence, the fast path beside it
 * </pre>
 */
public final class Levels {
  private static final int BINS = 20;
  private static final int DRAWS = 99;
  private static final int EVERY = 10;

  /** Users of campaigns are Pareto's with this exponent. */
  private static final double TAIL = .9;

  private static final int FEWEST = 20;
  private static final int MOST = 20_000;

  private static final double SPREAD = 1.5;

  /** Of what a user pays, the squared coefficient of variation: 3 % pay, lognormal with sigma 1.5. */
  private static final double VARIATION = Math.exp(SPREAD * SPREAD) / .03;

  private static final double TAU = .4;
  private static final double SIGMA = .3;
  private static final int CHANNELS = 5;

  /** What the fast path believes of variances between groups, and as how many groups (forecast.Levels). */
  private static final double USUAL = .09;
  private static final double BELIEF = 4;

  /** Of a normal number, what 80 % are within. */
  private static final double EIGHTY = 1.2815516;

  public static void main(String... args) {
    switch (args[0]) {
      case "sbc" -> {
        calibrated(Integer.parseInt(args[1]));
      }
      case "fast" -> {
        for (int world = 1; world <= Integer.parseInt(args[1]); world++) {
          for (Sums sums : Sums.values()) {
            beside(world, Integer.parseInt(args[2]), sums);
          }
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** What is told of campaigns, and the truth. */
  private record World(int[] channels, double[] paid, double[] expected, double[] variances, double[] truths) {
    private static World of(RandomDataGenerator chance, double[] of, double tau, double[] expected, double perExpected, int[] channels, Sums sums) {
      double[] truths = Arrays.stream(channels).mapToDouble(k -> Math.exp(of[k] + tau * chance.nextNormal(0, 1))).toArray();
      double[] variances = Arrays.stream(expected).map(e -> e * perExpected).toArray();
      double[] paid = new double[channels.length];
      for (int c = 0; c < paid.length; c++) {
        double mean = expected[c] * truths[c];
        double variance = variances[c] * truths[c];
        paid[c] = sums.drawn(chance, mean, variance);
      }
      return new World(channels, paid, expected, variances, truths);
    }

    private CampaignLevels model() {
      return CampaignLevels.of(channels, paid, expected, variances);
    }
  }

  /** How sums are made. */
  private enum Sums {
    /** As the model says. */
    POISSON {
      @Override
      double drawn(RandomDataGenerator chance, double mean, double variance) {
        return poisson(chance, mean * mean / variance) * variance / mean;
      }
    },
    /** A Poisson number of payments that are lognormal. */
    LOGNORMAL {
      @Override
      double drawn(RandomDataGenerator chance, double mean, double variance) {
        double squares = Math.exp(SPREAD * SPREAD);
        double rate = mean * mean / variance * squares;
        double sum = 0;
        for (long n = poisson(chance, rate); n > 0; n--) {
          sum += mean / rate * Math.exp(SPREAD * chance.nextNormal(0, 1) - SPREAD * SPREAD / 2);
        }
        return sum;
      }
    };

    abstract double drawn(RandomDataGenerator chance, double mean, double variance);

    private static long poisson(RandomDataGenerator chance, double mean) {
      return mean > 0 ? chance.nextPoisson(mean) : 0;
    }
  }

  private static double[] normals(RandomDataGenerator chance, int n, double mean, double deviation) {
    return IntStream.range(0, n).mapToDouble(i -> mean + deviation * chance.nextNormal(0, 1)).toArray();
  }

  private static void calibrated(int worlds) {
    List<String> names = List.of("m", "tau", "sigma", "m of a channel", "smallest theta", "largest theta");
    int[][] ranks = new int[names.size()][BINS];
    int divergences = 0;
    int diverged = 0;
    Sampler sampler = new Sampler(1, 300, DRAWS * EVERY, .9);
    int[] channels = IntStream.range(0, 12).map(c -> c / 4).toArray();
    long start = System.nanoTime();
    RandomDataGenerator chance = new RandomDataGenerator(1);
    for (int w = 0; w < worlds; w++) {
      double tau = Math.abs(chance.nextNormal(0, .5));
      double sigma = Math.abs(chance.nextNormal(0, .5));
      double m = chance.nextNormal(0, 1);
      double[] of = normals(chance, 3, m, sigma);
      double[] expected = Arrays.stream(normals(chance, 12, 0, 1.5)).map(Math::exp).toArray();
      World world = World.of(chance, of, tau, expected, .2, channels, Sums.POISSON);
      CampaignLevels model = world.model();
      Posterior posterior = model.draw(sampler, w);
      divergences += posterior.divergences();
      diverged += posterior.divergences() > 0 ? 1 : 0;
      int[] bySize = IntStream.range(0, 12).boxed().sorted((a, b) -> Double.compare(expected[a], expected[b])).mapToInt(c -> c).toArray();
      double[] truths = {Math.exp(m), tau, sigma, Math.exp(of[0]), world.truths[bySize[0]], world.truths[bySize[11]]};
      int[] places = {model.all(), model.tau(), model.sigma(), model.channel(0), model.campaign(bySize[0]), model.campaign(bySize[11])};
      for (int q = 0; q < truths.length; q++) {
        double truth = truths[q];
        double[] draws = posterior.draws(places[q])[0];
        int rank = (int) IntStream.range(0, DRAWS).filter(i -> draws[i * EVERY] < truth).count();
        ranks[q][rank * BINS / (DRAWS + 1)]++;
      }
    }
    System.out.printf("%,d worlds of 3 channels of 4 campaigns, ranks among %d draws in %d bins; %.1f s; %d of %,d draws diverged, in %d worlds%n", worlds, DRAWS, BINS, (System.nanoTime() - start) / 1e9, divergences, worlds * DRAWS * EVERY, diverged);
    for (int q = 0; q < ranks.length; q++) {
      double even = (double) worlds / BINS;
      double sum = Arrays.stream(ranks[q]).mapToDouble(n -> (n - even) * (n - even) / even).sum();
      System.out.printf("  %-14s chi-square %5.1f of %d, p %.3f   %s%n", names.get(q), sum, BINS - 1, 1 - new ChiSquaredDistribution(BINS - 1).cumulativeProbability(sum), Arrays.toString(ranks[q]));
    }
  }

  private static void beside(int seed, int campaigns, Sums sums) {
    RandomDataGenerator chance = new RandomDataGenerator(seed);
    double share = 1 - Math.pow((double) FEWEST / MOST, TAIL);
    double[] users = IntStream.range(0, campaigns).mapToDouble(c -> FEWEST * Math.pow(1 - share * chance.nextUniform(0, 1), -1 / TAIL)).toArray();
    int[] channels = IntStream.range(0, campaigns).map(c -> c % CHANNELS).toArray();
    World world = World.of(chance, normals(chance, CHANNELS, 0, SIGMA), TAU, users, VARIATION, channels, sums);
    CampaignLevels model = world.model();
    long start = System.nanoTime();
    Posterior posterior = model.draw(Sampler.USUAL, seed);
    double seconds = (System.nanoTime() - start) / 1e9;
    int quantities = posterior.names().size();
    System.out.printf("world %d, %d campaigns, sums %s: %.1f s; R-hat at most %.4f, bulk ESS at least %.0f, tail ESS %.0f; %d diverged, %d cut off; %s%n", seed, campaigns, sums, seconds, largest(quantities, posterior::rHat), -largest(quantities, i -> -posterior.bulk(i)), -largest(quantities, i -> -posterior.tail(i)), posterior.divergences(), posterior.deepest(), posterior.trusted() ? "trusted" : posterior.doubts());
    System.out.printf("  tau %.3f ± %.3f of %s, sigma %.3f ± %.3f of %s%n", posterior.mean(model.tau()), posterior.deviation(model.tau()), TAU, posterior.mean(model.sigma()), posterior.deviation(model.sigma()), SIGMA);
    Fast fast = Fast.of(world);
    double[] off = IntStream.range(0, campaigns).mapToDouble(c -> Math.abs(fast.worth[c] - posterior.mean(model.campaign(c))) / posterior.deviation(model.campaign(c))).sorted().toArray();
    double[] means = IntStream.range(0, campaigns).mapToDouble(c -> posterior.mean(model.campaign(c))).toArray();
    System.out.printf("  fast path: deviations of channels %.3f, of campaigns %.3f; off the posterior mean by %.2f of its deviations in the mean, %.2f at 95 %%%n", Math.sqrt(fast.betweenChannels), Math.sqrt(fast.betweenCampaigns), Arrays.stream(off).average().orElseThrow(), off[(int) (.95 * (campaigns - 1))]);
    System.out.printf("  WAPE of users' worth: own ratio %.3f, fast path %.3f, posterior mean %.3f; unweighted %.3f, %.3f, %.3f; bias %+.3f, %+.3f, %+.3f%n", wape(world, users, c -> world.paid[c] / world.expected[c]), wape(world, users, c -> fast.worth[c]), wape(world, users, c -> means[c]), wape(world, null, c -> world.paid[c] / world.expected[c]), wape(world, null, c -> fast.worth[c]), wape(world, null, c -> means[c]), bias(world, c -> world.paid[c] / world.expected[c]), bias(world, c -> fast.worth[c]), bias(world, c -> means[c]));
    System.out.printf("  80 %% bands cover: posterior %.1f %% of campaigns, fast path %.1f %%; of the larger half %.1f and %.1f %%%n", covered(world, users, 0, c -> posterior.quantile(model.campaign(c), .1), c -> posterior.quantile(model.campaign(c), .9)), covered(world, users, 0, c -> fast.bound(c, -EIGHTY), c -> fast.bound(c, EIGHTY)), covered(world, users, .5, c -> posterior.quantile(model.campaign(c), .1), c -> posterior.quantile(model.campaign(c), .9)), covered(world, users, .5, c -> fast.bound(c, -EIGHTY), c -> fast.bound(c, EIGHTY)));
  }

  private static double largest(int n, IntToDoubleFunction of) {
    return IntStream.range(0, n).mapToDouble(of).max().orElseThrow();
  }

  private static double wape(World world, double[] weights, IntToDoubleFunction estimate) {
    double off = 0;
    double sum = 0;
    for (int c = 0; c < world.truths.length; c++) {
      double weight = weights == null ? 1 : weights[c];
      off += weight * Math.abs(estimate.applyAsDouble(c) - world.truths[c]);
      sum += weight * world.truths[c];
    }
    return off / sum;
  }

  /** Of the sum over campaigns. */
  private static double bias(World world, IntToDoubleFunction estimate) {
    return IntStream.range(0, world.truths.length).mapToDouble(estimate).sum() / Arrays.stream(world.truths).sum() - 1;
  }

  /** Per cent of the campaigns that are larger than a share of them. */
  private static double covered(World world, double[] users, double share, IntToDoubleFunction low, IntToDoubleFunction high) {
    double least = Arrays.stream(users).sorted().skip((long) (share * users.length)).findFirst().orElseThrow();
    int[] those = IntStream.range(0, users.length).filter(c -> users[c] >= least).toArray();
    return 100. * Arrays.stream(those).filter(c -> low.applyAsDouble(c) <= world.truths[c] && world.truths[c] <= high.applyAsDouble(c)).count() / those.length;
  }

  /** Levels as forecast.Levels shrinks them, of one age: all, then channels, then campaigns. */
  private record Fast(double[] worth, double[] error, double betweenChannels, double betweenCampaigns) {
    private static Fast of(World world) {
      int n = world.channels.length;
      double all = Math.max(0, Arrays.stream(world.paid).sum()) / Arrays.stream(world.expected).sum();
      double[] paid = new double[CHANNELS];
      double[] expected = new double[CHANNELS];
      double[] variances = new double[CHANNELS];
      for (int c = 0; c < n; c++) {
        paid[world.channels[c]] += world.paid[c];
        expected[world.channels[c]] += world.expected[c];
        variances[world.channels[c]] += world.variances[c];
      }
      Shrunk channels = Shrunk.of(paid, expected, variances, constant(CHANNELS, all), constant(CHANNELS, 0));
      double[] parents = Arrays.stream(world.channels).mapToDouble(k -> channels.worth[k]).toArray();
      double[] errors = Arrays.stream(world.channels).mapToDouble(k -> channels.error[k]).toArray();
      Shrunk campaigns = Shrunk.of(world.paid, world.expected, world.variances, parents, errors);
      return new Fast(campaigns.worth, campaigns.error, channels.between, campaigns.between);
    }

    private double bound(int campaign, double score) {
      return GammaScore.value(score, worth[campaign], worth[campaign] * worth[campaign] * error[campaign]);
    }
  }

  private record Shrunk(double[] worth, double[] error, double between) {
    private static Shrunk of(double[] paid, double[] expected, double[] variances, double[] parents, double[] parentErrors) {
      int n = paid.length;
      double[] ratios = IntStream.range(0, n).mapToDouble(i -> Math.max(0, paid[i] / (expected[i] * parents[i]))).toArray();
      double[] within = IntStream.range(0, n).mapToDouble(i -> variances[i] / (expected[i] * expected[i] * parents[i])).toArray();
      double between = Credibility.between(ratios, within, USUAL, BELIEF);
      double[] worth = new double[n];
      double[] error = new double[n];
      for (int i = 0; i < n; i++) {
        double own = Credibility.weight(between, within[i]);
        double rest = 1 - own;
        worth[i] = parents[i] * (1 + own * (ratios[i] - 1));
        error[i] = between * rest + rest * rest * parentErrors[i];
      }
      return new Shrunk(worth, error, between);
    }
  }

  private static double[] constant(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }
}
