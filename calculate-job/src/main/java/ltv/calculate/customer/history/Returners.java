package ltv.calculate.customer.history;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.regression.Chances;
import ltv.calculate.model.regression.Logistic;
import ltv.calculate.model.regression.UserRows;
import ltv.dataset.Computation;
import ltv.engine.Session;
import ltv.lake.Fingerprint;

/**
 * Customers as known on a day, and whether each bought in a number of days after it.
 *
 * @param rows column by column: the history in days, the features, and 1 for who came
 */
public record Returners(double[][] rows) {
  /** In the order of the query's columns, which follow those of the history. */
  public static final List<String> FEATURES =
      List.of(
          "repeats",
          "once",
          "silence",
          "age",
          "gap",
          "recent",
          "newer",
          "subscribed",
          "months",
          "due",
          "visited_week",
          "visited_month",
          "visited_year",
          "away",
          "seen",
          "missed_visits",
          "missed_orders",
          "faded",
          "missed_visits_squared",
          "missed_orders_squared",
          "faded_squared",
          "missed_of_missed",
          "faded_of_missed",
          "recent_squared",
          "silence_squared",
          "silence_of_repeats",
          "newer_subscribed",
          "repeats_subscribed",
          "silence_subscribed");

  private static final int HISTORY = 3;

  /**
   * As known on a day.
   *
   * @param session has {@code customer_place}, as {@link Customers} keeps it
   */
  static Returners of(Session session, LocalDate seen, int days) {
    session.define("seen_day", seen);
    session.define("until_day", seen.plusDays(days));
    return new Returners(session.numbers(Computation.query(Returners.class, "returns")));
  }

  /** How many customers. */
  public int size() {
    return rows[0].length;
  }

  /** How many came. */
  public long events() {
    return by(known -> 0.5).events();
  }

  /** What tells whether the same was seen: a text of each of so many numbers would take seconds. */
  public void addTo(Fingerprint data) {
    for (double[] column : rows) {
      data.add(column.length + " " + Arrays.hashCode(column));
    }
  }

  PurchaseHistory history(int i) {
    return Customers.history((int) rows[0][i], rows[1][i], rows[2][i]);
  }

  /** Of all of them. */
  public PurchaseHistories histories() {
    Map<PurchaseHistory, Long> counts = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      counts.merge(history(i), 1L, Long::sum);
    }
    return PurchaseHistories.of(counts);
  }

  double[] features(int i) {
    double[] features = new double[FEATURES.size()];
    Arrays.setAll(features, f -> rows[HISTORY + f][i]);
    return features;
  }

  boolean came(int i) {
    return rows[HISTORY + FEATURES.size()][i] > 0;
  }

  /** What a model of purchases tells of each. */
  public Chances by(ToDoubleFunction<PurchaseHistory> chance) {
    double[] logOdds = new double[size()];
    Arrays.setAll(logOdds, i -> Chances.logOdds(chance.applyAsDouble(history(i))));
    return new Chances(logOdds, came());
  }

  /** What a regression tells of each. */
  public Chances by(Logistic regression) {
    double[] logOdds = new double[size()];
    Arrays.setAll(logOdds, i -> regression.fit().at(features(i)));
    return new Chances(logOdds, came());
  }

  private boolean[] came() {
    boolean[] came = new boolean[size()];
    for (int i = 0; i < came.length; i++) {
      came[i] = came(i);
    }
    return came;
  }

  /** The rows of several days, for a regression of who came. */
  public static UserRows together(List<Returners> days) {
    int n = days.stream().mapToInt(Returners::size).sum();
    double[][] features = new double[n][];
    double[] came = new double[n];
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    int at = 0;
    for (Returners day : days) {
      for (int i = 0; i < day.size(); i++, at++) {
        features[at] = day.features(i);
        came[at] = day.came(i) ? 1 : 0;
      }
    }
    return UserRows.of(features, came, ones);
  }
}
