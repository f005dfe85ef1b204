package ltv.calculate.customer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.InUse;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.subject.Chance;
import ltv.calculate.customer.subject.Interval;
import ltv.calculate.customer.subject.NextOrder;
import ltv.calculate.customer.subject.Purchases;
import ltv.calculate.customer.subject.Returns;
import ltv.calculate.customer.subject.Spending;
import ltv.calculate.model.purchase.GammaGamma;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code customer_score}: what the model in use says of each distinct history. */
public final class CustomerScore implements Computation {
  private static final int[] AHEAD = {30, 90, 360};

  /** Found as a service. */
  public CustomerScore() {}

  @Override
  public String name() {
    return "customer_score";
  }

  @Override
  public String version() {
    return ModelFit.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    Optional<InUse> purchases = InUse.of(session, Purchases.NAME);
    if (purchases.isEmpty()) {
      return List.of();
    }
    PurchaseModel model = Purchases.of(purchases.get().model(), purchases.get().fit());
    double correction = purchases.get().correction();
    Optional<InUse> spend = InUse.of(session, Spending.NAME);
    GammaGamma each = spend.map(used -> new GammaGamma(used.fit())).orElse(null);
    double level = spend.map(InUse::correction).orElse(1.0);
    List<Chance> chances =
        List.of(
            Chance.of(session, Returns.WEEK, purchases.get()),
            Chance.of(session, Returns.MONTH, purchases.get()));
    Optional<InUse> next = InUse.of(session, NextOrder.NAME);
    String day = session.rows("select run_date()").get(0).get(0).toString();
    double[][] histories = session.numbers(Computation.query(CustomerScore.class, "histories"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < histories[0].length; i++) {
      PurchaseHistory known =
          Customers.history((int) histories[0][i], histories[1][i], histories[2][i]);
      List<String> row = new ArrayList<>();
      row.add(day);
      for (int key = 0; key < 3; key++) {
        row.add(String.valueOf((long) histories[key][i]));
      }
      row.add(String.valueOf(histories[3][i] > 0));
      for (Chance chance : chances) {
        row.add(Estimates.told(chance.of(known)));
        row.add(chance.model());
      }
      for (int days : AHEAD) {
        double expected = model.expected(known, days / Customers.DAYS_IN_A_WEEK);
        row.add(Estimates.told(correction * expected));
      }
      addSpend(row, known.repeats(), each, level);
      addNext(row, known, histories[3][i], next);
      rows.add(row);
    }
    return rows;
  }

  /** When such a customer buys next, counted from the day and from the last purchase. */
  private static void addNext(
      List<String> row, PurchaseHistory known, double subscribed, Optional<InUse> used) {
    if (used.isEmpty()) {
      row.addAll(Collections.nCopies(6, null));
      return;
    }
    NextOrder.Waiting waiting = NextOrder.Waiting.of(used.get().parameters());
    Interval next = waiting.next(known, subscribed);
    Interval since = waiting.sinceLast(known);
    for (int days :
        new int[] {next.low(), next.middle(), next.high(), since.middle(), since.high()}) {
      row.add(String.valueOf(days));
    }
    row.add(used.get().version());
  }

  /**
   * What a purchase day is worth is linear in what was spent on all of them: what does not depend
   * on it, and the part of it.
   *
   * @param model null where none is in use
   */
  private static void addSpend(List<String> row, int repeats, GammaGamma model, double level) {
    if (model == null) {
      row.add(null);
      row.add(null);
      return;
    }
    double fixed = model.expected(repeats, 0);
    double part = repeats > 0 ? model.expected(repeats, 1.0 / repeats) - fixed : 0;
    row.add(Estimates.told(level * fixed));
    row.add(Estimates.told(level * part));
  }
}
