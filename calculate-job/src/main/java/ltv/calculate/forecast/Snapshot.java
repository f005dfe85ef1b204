package ltv.calculate.forecast;

import java.util.List;
import java.util.stream.IntStream;
import ltv.calculate.forecast.Groups.Level;

/**
 * Cohorts as they were at the end of a day: of each group and age its users and what they had paid,
 * at most until the longest horizon. Cohorts are told apart by their age on that day.
 */
public final class Snapshot {
  /** Ages at which it is known what the campaigns' cohorts had paid, beside the horizons. */
  private static final int[] USUAL_MARKS = {0, 1, 3, 7, 14, 30, 60, 90, 180, 360};

  private static final Level[] LEVELS = Level.values();

  private final Groups groups;
  private final int day;
  private final Level deepest;
  private final int longest;
  private final int oldest;
  private final double[][][] users = new double[LEVELS.length][][];
  private final double[][][] cost = new double[LEVELS.length][][];
  private final double[][][] payers = new double[LEVELS.length][][];
  private final double[][][] paid = new double[LEVELS.length][][];
  private final double[][][] paidAt = new double[LEVELS.length][][];
  private final double[][][] triangle;
  private final int[] marks;
  private final double[][][] paidTo;

  private Snapshot(Groups groups, int day, List<Integer> horizons, int oldest, Level deepest) {
    this.deepest = deepest;
    this.groups = groups;
    this.day = day;
    this.longest = horizons.get(horizons.size() - 1);
    this.oldest = oldest;
    this.marks =
        IntStream.concat(
                IntStream.of(USUAL_MARKS).filter(m -> m <= longest),
                horizons.stream().mapToInt(h -> h))
            .sorted()
            .distinct()
            .toArray();
    this.paidTo = new double[groups.count(Level.CAMPAIGN)][oldest + 1][marks.length];
    for (Level level : levels()) {
      users[level.ordinal()] = new double[groups.count(level)][oldest + 1];
      cost[level.ordinal()] = new double[groups.count(level)][oldest + 1];
      payers[level.ordinal()] = new double[groups.count(level)][oldest + 1];
      paid[level.ordinal()] = new double[groups.count(level)][oldest + 1];
      paidAt[level.ordinal()] = new double[groups.count(level)][longest + 1];
    }
    this.triangle = new double[groups.count(Level.CHANNEL)][oldest + 1][];
  }

  /**
   * The facts until a day.
   *
   * @param horizons ages that will be asked for, ascending
   * @param oldest age of the oldest cohorts that are looked at
   * @param deepest the narrowest level that will be asked for, at least the campaigns'
   */
  public static Snapshot of(
      CohortFacts facts, int day, List<Integer> horizons, int oldest, Level deepest) {
    Snapshot snapshot = new Snapshot(facts.groups(), day, horizons, oldest, deepest);
    snapshot.fill(facts);
    return snapshot;
  }

  private void fill(CohortFacts facts) {
    for (double[][] channel : triangle) {
      for (int age = 0; age < channel.length; age++) {
        channel[age] = new double[Math.min(age, longest) + 1];
      }
    }
    for (int c = 0; c < facts.day().length; c++) {
      int age = day - facts.day()[c];
      if (age >= 0 && age <= oldest) {
        add(users, facts.segment()[c], age, facts.users()[c]);
        add(cost, facts.segment()[c], age, facts.cost()[c]);
        add(payers, facts.segment()[c], age, facts.payers()[c]);
      }
    }
    for (int p = 0; p < facts.paid().length; p++) {
      int cohort = facts.paidBy()[p];
      int age = day - facts.day()[cohort];
      int paidAge = facts.paidAge()[p];
      if (paidAge <= age && paidAge <= longest && age <= oldest) {
        int segment = facts.segment()[cohort];
        add(paid, segment, age, facts.paid()[p]);
        if (age <= longest) {
          add(paidAt, segment, paidAge, facts.paid()[p]);
        }
        double[] to = paidTo[groups.ofSegment(Level.CAMPAIGN, segment)][age];
        for (int m = marks.length - 1; m >= 0 && marks[m] >= paidAge; m--) {
          to[m] += facts.paid()[p];
        }
        int channel = groups.ofSegment(Level.CHANNEL, segment);
        triangle[channel][age][paidAge] += facts.paid()[p];
      }
    }
    for (double[][] channel : triangle) {
      for (double[] cohort : channel) {
        for (int age = 1; age < cohort.length; age++) {
          cohort[age] += cohort[age - 1];
        }
      }
    }
  }

  private void add(double[][][] to, int segment, int age, double amount) {
    int group = groups.ofSegment(deepest, segment);
    for (int l = deepest.ordinal(); l >= 0; l--) {
      to[l][group][age] += amount;
      group = l > 0 ? groups.parent(LEVELS[l], group) : 0;
    }
  }

  /** Its levels, from the widest. */
  public List<Level> levels() {
    return List.of(LEVELS).subList(0, deepest.ordinal() + 1);
  }

  /** The end of it, as an epoch day. */
  public int day() {
    return day;
  }

  /** The longest horizon. */
  public int longest() {
    return longest;
  }

  /** The age of the oldest cohorts. */
  public int oldest() {
    return oldest;
  }

  public Groups groups() {
    return groups;
  }

  /** Users of a group by the age of their cohort. */
  public double[] users(Level level, int group) {
    return users[level.ordinal()][group];
  }

  /** What they cost, by the age of their cohort. */
  public double[] cost(Level level, int group) {
    return cost[level.ordinal()][group];
  }

  /** Those who are known to have paid, by the age of their cohort: also later than its day. */
  public double[] payers(Level level, int group) {
    return payers[level.ordinal()][group];
  }

  /** What they had paid, by the age of their cohort. */
  public double[] paid(Level level, int group) {
    return paid[level.ordinal()][group];
  }

  /** What a group's users paid at an age, of all cohorts not older than the longest horizon. */
  public double[] paidAt(Level level, int group) {
    return paidAt[level.ordinal()][group];
  }

  /** Ages at which it is known what the campaigns' cohorts had paid, ascending. */
  public int[] marks() {
    return marks.clone();
  }

  /** What a campaign's cohort of an age had paid until the {@code mark}-th of {@link #marks}. */
  public double paidTo(int campaign, int age, int mark) {
    return paidTo[campaign][age][mark];
  }

  /** Of a channel: by the age of the cohort, then by age, what was paid until then. */
  public double[][] triangle(int channel) {
    return triangle[channel];
  }

  /** The same of all channels together. */
  public double[][] triangle() {
    double[][] sum = new double[triangle.length == 0 ? 0 : triangle[0].length][];
    for (int c = 0; c < sum.length; c++) {
      sum[c] = new double[triangle[0][c].length];
      for (double[][] channel : triangle) {
        for (int age = 0; age < sum[c].length; age++) {
          sum[c][age] += channel[c][age];
        }
      }
    }
    return sum;
  }
}
