package ltv.calculate.customer.history;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import ltv.calculate.model.purchase.BgNbd;
import ltv.calculate.model.purchase.MbgNbd;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.purchase.Spend;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** What customers were known to have bought on a day, and what they bought after it. */
public final class Customers {
  /** The unit of what is published of such models. */
  public static final double DAYS_IN_A_WEEK = 7;

  private static final Map<String, Function<PurchaseHistories, PurchaseModel>> FITTED =
      new TreeMap<>(Map.of("bg_nbd", BgNbd::of, "mbg_nbd", MbgNbd::of));

  private final Session session;
  private final Map<LocalDate, Map<String, PurchaseModel>> models = new HashMap<>();
  private boolean placed;

  /**
   * Reads a session.
   *
   * @param session has {@code customer_day} by its name
   */
  public Customers(Session session) {
    this.session = session;
  }

  /** How many days before a day the first customer came; 0 where nobody had. */
  public int daysSinceFirst(LocalDate day) {
    LocalDate first =
        (LocalDate) session.rows("select min(order_date) from customer_day").get(0).get(0);
    return first == null ? 0 : (int) Math.max(0, ChronoUnit.DAYS.between(first, day));
  }

  /** As known on a day, and who of them bought in the days after it. */
  public Returners returners(LocalDate seen, int days) {
    if (!placed) {
      session.keep("customer_place", Computation.query(Customers.class, "places"));
      placed = true;
    }
    return Returners.of(session, seen, days);
  }

  /**
   * By distinct history of customers who bought again after a day.
   *
   * @param subscribed 1 for who had paid for a subscription within a month, else 0
   * @param days until they did
   */
  public record Waits(
      List<PurchaseHistory> known, double[] subscribed, double[] days, double[] customers) {}

  /** Who bought again until a day, and when first. */
  public Waits waits(LocalDate seen, LocalDate until) {
    double[][] rows = read("waits", seen, until);
    return new Waits(
        IntStream.range(0, rows[0].length)
            .mapToObj(i -> history((int) rows[0][i], rows[1][i], rows[2][i]))
            .toList(),
        rows[3],
        rows[4],
        rows[5]);
  }

  /** The least value that a share of the customers have at most. */
  public static double quantile(double[] values, double[] customers, double share) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double least = share * Arrays.stream(customers).sum();
    double reached = 0;
    double at = 0;
    for (int n = 0; n < order.length && reached < least; n++) {
      reached += customers[order[n]];
      at = values[order[n]];
    }
    return at;
  }

  private double[][] read(String query, LocalDate seen, LocalDate until) {
    session.define("seen_day", seen);
    session.define("until_day", until);
    return session.numbers(Computation.query(Customers.class, query));
  }

  /**
   * By distinct history.
   *
   * @param after on how many days customers bought after it
   */
  public record Bought(List<PurchaseHistory> known, int[] after, long[] customers) {
    /** What models are fitted to. */
    public PurchaseHistories histories() {
      Map<PurchaseHistory, Long> counts = new HashMap<>();
      for (int i = 0; i < after.length; i++) {
        counts.merge(known.get(i), customers[i], Long::sum);
      }
      return PurchaseHistories.of(counts);
    }
  }

  /** Repeat purchases, in weeks. */
  public Bought purchases(LocalDate seen, LocalDate until) {
    double[][] rows = read("purchases", seen, until);
    return new Bought(
        IntStream.range(0, rows[0].length)
            .mapToObj(i -> history((int) rows[0][i], rows[1][i], rows[2][i]))
            .toList(),
        IntStream.range(0, rows[0].length).map(i -> (int) rows[3][i]).toArray(),
        IntStream.range(0, rows[0].length).mapToLong(i -> (long) rows[4][i]).toArray());
  }

  /**
   * By name, models of purchases of what was known on a day; none where nobody had bought twice.
   */
  public Map<String, PurchaseModel> models(LocalDate day) {
    return models.computeIfAbsent(
        day,
        seen -> {
          PurchaseHistories histories = purchases(seen, seen).histories();
          return histories.repeats() == 0 ? Map.of() : fitted(histories);
        });
  }

  /** Each model by its name, fitted to the same histories, with a repeat purchase at least. */
  public static Map<String, PurchaseModel> fitted(PurchaseHistories histories) {
    Map<String, PurchaseModel> models = new TreeMap<>();
    FITTED.forEach((name, fitted) -> models.put(name, fitted.apply(histories)));
    return models;
  }

  /** A history of days as the models want it. */
  public static PurchaseHistory history(int repeats, double lastDays, double ageDays) {
    return new PurchaseHistory(repeats, lastDays / DAYS_IN_A_WEEK, ageDays / DAYS_IN_A_WEEK);
  }

  /**
   * By customer.
   *
   * @param times on how many days the customer had bought after the first
   * @param each the mean of these days
   * @param timesAfter on how many days the customer bought after it
   * @param spentAfter how much on them
   */
  public record Spent(int[] times, double[] each, double[] timesAfter, double[] spentAfter) {
    /** What models are fitted to. */
    public Spend spend() {
      return Spend.of(times, each);
    }
  }

  /** What was spent on days of repeat purchases. */
  public Spent spend(LocalDate seen, LocalDate until) {
    double[][] rows = read("spend", seen, until);
    return new Spent(
        IntStream.range(0, rows[0].length).map(i -> (int) rows[0][i]).toArray(),
        rows[1],
        rows[2],
        rows[3]);
  }

  /**
   * Users who came from a day to another, the newest last: what they did in their first days, then
   * what they paid after these until day 90.
   */
  public double[][] firstDays(LocalDate from, LocalDate to) {
    session.define("from_day", from);
    session.define("to_day", to);
    return session.numbers(Computation.query(Customers.class, "first_days"));
  }

  /**
   * By what was known of subscribers.
   *
   * @param renewals how often they had renewed
   * @param gone whether they had left
   * @param renewedAfter whether they renewed after it
   * @param usualDays between two renewals; 0 where nobody has renewed
   */
  public record Renewed(
      int[] renewals,
      boolean[] gone,
      boolean[] renewedAfter,
      long[] subscribers,
      double usualDays) {
    /** Subscribers by how often they had renewed. */
    public long[] counts(boolean whoHaveLeft) {
      long[] counts = new long[Arrays.stream(renewals).max().orElse(0) + 1];
      for (int i = 0; i < renewals.length; i++) {
        counts[renewals[i]] += gone[i] == whoHaveLeft ? subscribers[i] : 0;
      }
      return counts;
    }
  }

  /** Renewals of subscriptions. */
  public Renewed renewals(LocalDate seen, LocalDate until) {
    double[][] rows = read("renewals", seen, until);
    int n = rows[0].length;
    boolean[] gone = new boolean[n];
    boolean[] after = new boolean[n];
    for (int i = 0; i < n; i++) {
      gone[i] = rows[1][i] > 0;
      after[i] = rows[2][i] > 0;
    }
    return new Renewed(
        IntStream.range(0, n).map(i -> (int) rows[0][i]).toArray(),
        gone,
        after,
        IntStream.range(0, n).mapToLong(i -> (long) rows[3][i]).toArray(),
        n > 0 ? rows[4][0] : 0);
  }
}
