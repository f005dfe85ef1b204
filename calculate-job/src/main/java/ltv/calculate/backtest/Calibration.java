package ltv.calculate.backtest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summarizingDouble;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import ltv.calculate.forecast.Forecasts.Method;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.model.development.Credibility;
import ltv.calculate.model.development.GammaScore;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What back-tests of one horizon teach: which forecast was nearer, by how much it was off, and how
 * wide bands must be. Bands are split-conformal: scores of what came, as the forecast's own spread
 * tells them, give the quantiles.
 */
public final class Calibration {
  /** Fewer scores than these give no quantiles of their own. */
  private static final int FEWEST_SCORES = 40;

  private static final int FEWEST_DAYS = 4;

  /** Shares that differ by less than one of so many steps are alike. */
  private static final int STEPS = 20;

  /** The newest so many test days tell by how much it is off now. */
  private static final int DAYS_OF_CORRECTION = 3;

  /** Test days' worth of belief that it is off by nothing, and squared by fifteen per cent. */
  private static final double BELIEF = 3;

  private static final double USUAL_ERROR = 0.15 * 0.15;

  /** What makes no clear difference is chance. */
  private static final double CLEARLY = 0.95;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private final Map<Level, List<Tested>> tests;
  private final Map<Level, List<Tested>> whole;
  private final long days;
  private final int horizon;
  private final Method method;
  private final boolean corrects;
  private final Map<Level, Double> modelErrors = new HashMap<>();
  private final Map<Level, List<Scored>> scores = new HashMap<>();
  private final Map<List<Integer>, Near> near = new HashMap<>();

  /** What tests teach of a horizon, those of a day left out. */
  public static Calibration of(List<Tested> all, int horizon, Predicate<Integer> day) {
    return new Calibration(
        all.stream().filter(t -> t.horizon() == horizon && day.test(t.day())).toList(), horizon);
  }

  private Calibration(List<Tested> tests, int horizon) {
    this.tests = tests.stream().collect(groupingBy(Tested::level));
    this.whole = tests.stream().filter(Tested::whole).collect(groupingBy(Tested::level));
    this.days = tests.stream().map(Tested::day).distinct().count();
    this.horizon = horizon;
    this.method = nearest();
    this.corrects = error(t -> said(t).times(shift(t.day()))) < CLEARLY * error(this::said);
    for (Level level : List.of(Level.ALL, Level.CHANNEL, Level.CAMPAIGN)) {
      modelErrors.put(level, modelError(whole(level)));
      scores.put(
          level,
          tests(level).stream()
              .map(t -> scored(t, corrected(t)))
              .sorted(Comparator.comparingDouble(Scored::share))
              .toList());
    }
  }

  /** What is more than the forecast's own spread, in the past, with some belief before. */
  private double modelError(List<Tested> tests) {
    List<Rest> rests = tests.stream().map(this::corrected).toList();
    double[] ratios = new double[tests.size()];
    double[] within = new double[tests.size()];
    for (int i = 0; i < ratios.length; i++) {
      double mean = rests.get(i).mean();
      ratios[i] = mean > 0 ? tests.get(i).actual() / mean : 1;
      within[i] = mean > 0 ? rests.get(i).variance() / mean / mean : Double.POSITIVE_INFINITY;
    }
    double testsOfADay = Math.max(1, tests.size() / (double) Math.max(1, days));
    return Credibility.between(ratios, within, USUAL_ERROR, BELIEF * testsOfADay);
  }

  private Scored scored(Tested test, Rest corrected) {
    return new Scored(
        share(test.observed(), corrected),
        score(test.level(), test.actual(), corrected),
        test.group(),
        test.day());
  }

  private List<Tested> tests(Level level) {
    return tests.getOrDefault(level, List.of());
  }

  /** Those of all cohorts: the young ones' tell of bands only. */
  private List<Tested> whole(Level level) {
    return whole.getOrDefault(level, List.of());
  }

  private Method nearest() {
    double channels = error(t -> t.by(Method.SHAPE_OF_CHANNEL));
    double all = error(t -> t.by(Method.SHAPE_OF_ALL));
    double multiplier = error(t -> t.by(Method.SHRUNK_MULTIPLIER));
    return multiplier < CLEARLY * Math.min(channels, all)
        ? Method.SHRUNK_MULTIPLIER
        : channels < all ? Method.SHAPE_OF_CHANNEL : Method.SHAPE_OF_ALL;
  }

  private double error(Function<Tested, Rest> forecast) {
    return tests(Level.CAMPAIGN).stream()
        .mapToDouble(t -> Math.abs(forecast.apply(t).mean() - t.actual()))
        .sum();
  }

  /** The method that was nearest to what came of campaigns; the multiplier when clearly so. */
  public Method method() {
    return method;
  }

  /** Squared relative error of the past, beside what the forecast knows of its own. */
  public double modelError(Level level) {
    return modelErrors.get(tested(level));
  }

  /** Whether there is too little of the past to rely on. */
  public boolean provisional(Level level) {
    return scores.get(tested(level)).size() < FEWEST_SCORES || days < FEWEST_DAYS;
  }

  /** A score of a test, and which share of what it had forecast had been paid then. */
  private record Scored(double share, double score, int group, int day) {}

  /** Some scores, sorted, and as how many tests of their own they count. */
  private record Near(double[] sorted, double independent) {}

  private static double share(double observed, Rest rest) {
    return observed > 0 ? observed / (observed + Math.max(0, rest.mean())) : 0;
  }

  /** The level whose tests tell of a level: segments have none of their own. */
  private static Level tested(Level level) {
    return level == Level.SEGMENT ? Level.CAMPAIGN : level;
  }

  /** The scores of tests with nearly the same share, sorted. */
  private Near near(Level level, double share) {
    Level tested = tested(level);
    int step = (int) Math.round(Math.max(0, Math.min(1, share)) * STEPS);
    return near.computeIfAbsent(List.of(tested.ordinal(), step), k -> near(tested, step));
  }

  private Near near(Level level, int step) {
    List<Scored> all = scores.get(level);
    double share = (double) step / STEPS;
    int count = Math.min(all.size(), Math.max(FEWEST_SCORES, all.size() / 3));
    int from = 0;
    while (from + count < all.size()
        && share - all.get(from).share > all.get(from + count).share - share) {
      from++;
    }
    List<Scored> some = all.subList(from, from + count);
    double[] sorted = some.stream().mapToDouble(Scored::score).sorted().toArray();
    return new Near(sorted, independent(some));
  }

  private Rest said(Tested test) {
    return test.by(method);
  }

  /** What a test had said, corrected by what was known on its day. */
  public Rest corrected(Tested test) {
    return said(test).times(correction(test.day()));
  }

  /** What forecasts of a day are to be multiplied by: 1 unless that has made them better. */
  public double correction(int day) {
    return corrects ? shift(day) : 1;
  }

  /** By how much totals were off, as far as the newest tests that have ended on a day tell it. */
  private double shift(int day) {
    List<Tested> ended =
        whole(Level.ALL).stream()
            .filter(t -> t.day() + horizon <= day)
            .sorted(Comparator.comparingInt(Tested::day).reversed())
            .limit(DAYS_OF_CORRECTION)
            .toList();
    double actual = ended.stream().mapToDouble(Tested::actual).sum();
    double said = ended.stream().mapToDouble(t -> said(t).mean()).sum();
    if (!(said > 0) || !(actual > 0)) {
      return 1;
    }
    double trusted = ended.size() / (ended.size() + BELIEF);
    return StrictMath.exp(trusted * StrictMath.log(actual / said));
  }

  private double variance(Level level, Rest rest) {
    return rest.variance() + modelError(level) * rest.mean() * rest.mean();
  }

  /** The score of what came. */
  public double score(Level level, double actual, Rest corrected) {
    return GammaScore.of(actual, corrected.mean(), variance(level, corrected));
  }

  /**
   * The value of what is still to come that is not exceeded with a probability.
   *
   * @param observed what has been paid
   * @param corrected what is still to come, corrected
   */
  public double quantile(Level level, double observed, Rest corrected, double probability) {
    double normal = NORMAL.inverseCumulativeProbability(probability);
    Near known = near(level, share(observed, corrected));
    double score = known.sorted.length == 0 ? normal : quantile(known, probability);
    if (provisional(level)) {
      score = probability < 0.5 ? Math.min(score, normal) : Math.max(score, normal);
    }
    return GammaScore.value(score, corrected.mean(), variance(level, corrected));
  }

  /** The place among n + 1 equal chances. */
  private static double quantile(Near known, double probability) {
    double[] sorted = known.sorted;
    double n = known.independent;
    double part = n > 1 ? (probability * (n + 1) - 1) / (n - 1) : 0.5;
    double place = Math.max(0, Math.min(1, part)) * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * As how many independent ones scores count: those of a group have errors in common, as much as
   * they vary between groups beside within them (intraclass correlation, Fisher 1925; effective
   * size, Kish 1965).
   */
  private static double independent(List<Scored> scores) {
    Map<Integer, DoubleSummaryStatistics> groups =
        scores.stream().collect(groupingBy(Scored::group, summarizingDouble(Scored::score)));
    double n = scores.size();
    double mean = scores.stream().mapToDouble(Scored::score).average().orElse(0);
    double between = 0;
    double within = 0;
    double squares = 0;
    for (DoubleSummaryStatistics g : groups.values()) {
      between += g.getCount() * square(g.getAverage() - mean);
      squares += square(g.getCount());
    }
    for (Scored s : scores) {
      within += square(s.score - groups.get(s.group).getAverage());
    }
    double correlation = 1;
    if (groups.size() > 1 && n > groups.size()) {
      double a = between / (groups.size() - 1);
      double b = within / (n - groups.size());
      double usual = (n - squares / n) / (groups.size() - 1);
      correlation = a + b > 0 ? Math.max(0, Math.min(1, (a - b) / (a + (usual - 1) * b))) : 1;
    }
    double together = correlation;
    return groups.values().stream()
        .mapToDouble(g -> g.getCount() / (1 + (g.getCount() - 1) * together))
        .sum();
  }

  private static double square(double value) {
    return value * value;
  }
}
