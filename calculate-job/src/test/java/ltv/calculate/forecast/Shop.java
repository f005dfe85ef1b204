package ltv.calculate.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up shop: {@code campaigns} in two channels bring some users each day, of whom some pay, on
 * the first day most.
 */
public final class Shop {
  private final List<Segment> segments = new ArrayList<>();
  private final List<int[]> cohorts = new ArrayList<>();
  private final List<double[]> payments = new ArrayList<>();

  /** The shop after {@code days} days, the first of which is epoch day 0. */
  public static CohortFacts after(int days, int campaigns, long seed) {
    Shop shop = new Shop();
    Random random = new Random(seed);
    for (int c = 0; c < campaigns; c++) {
      String channel = c % 2 == 0 ? "meta" : "google_ads";
      double quality = Math.exp(.4 * random.nextGaussian());
      for (String platform : List.of("android", "ios")) {
        shop.segments.add(new Segment(channel, "c" + c, platform, "KR"));
        for (int day = 0; day < days; day++) {
          shop.cohort(day, days, quality, random);
        }
      }
    }
    return shop.facts(1);
  }

  private void cohort(int day, int days, double quality, Random random) {
    int users = 1 + random.nextInt(8);
    cohorts.add(new int[] {segments.size() - 1, day, users});
    for (int age = 0; age < days - day; age++) {
      double chance = Math.min(.9, quality * users * .12 / (age + 1));
      if (random.nextDouble() < chance) {
        double paid = Math.round(1_000 * Math.exp(random.nextGaussian()));
        payments.add(new double[] {cohorts.size() - 1, age, paid});
      }
    }
  }

  private CohortFacts facts(double money) {
    return new CohortFacts(
        Groups.of(segments),
        cohorts.stream().mapToInt(c -> c[0]).toArray(),
        cohorts.stream().mapToInt(c -> c[1]).toArray(),
        cohorts.stream().mapToDouble(c -> c[2]).toArray(),
        cohorts.stream().mapToDouble(c -> 500 * c[2]).toArray(),
        cohorts.stream().mapToDouble(c -> c[2] / 2).toArray(),
        payments.stream().mapToInt(p -> (int) p[0]).toArray(),
        payments.stream().mapToInt(p -> (int) p[1]).toArray(),
        payments.stream().mapToDouble(p -> money * p[2]).toArray());
  }

  /** The same with all money a multiple. */
  public static CohortFacts times(CohortFacts facts, double money) {
    double[] paid = facts.paid().clone();
    for (int p = 0; p < paid.length; p++) {
      paid[p] *= money;
    }
    return new CohortFacts(
        facts.groups(),
        facts.segment(),
        facts.day(),
        facts.users(),
        facts.cost(),
        facts.payers(),
        facts.paidBy(),
        facts.paidAge(),
        paid);
  }
}
