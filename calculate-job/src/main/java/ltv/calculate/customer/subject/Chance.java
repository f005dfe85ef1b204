package ltv.calculate.customer.subject;

import ltv.calculate.customer.fitted.InUse;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.regression.Chances;
import ltv.calculate.model.regression.Recalibration;
import ltv.engine.Session;

/**
 * That a customer with such a history buys within a number of days, by the model of purchases that
 * is in use for it.
 *
 * @param model with its version
 */
public record Chance(String model, PurchaseModel by, double weeks, Recalibration calibrated) {
  private static final int PARAMETERS = Purchases.PARAMETERS.length;

  /**
   * The one for these days. Where none has been tried for them, or what visits tell is better, it
   * is the one of purchases, as it is.
   *
   * @param session has {@code model_fit} by its name
   * @param purchases what is in use for purchases
   */
  public static Chance of(Session session, int days, InUse purchases) {
    InUse used =
        InUse.of(session, Returns.name(days))
            .filter(u -> !u.model().equals(Returns.model(Returns.REGRESSION, days)))
            .orElse(purchases);
    String kind = used == purchases ? used.model() : Returns.kind(used.model());
    double[] told = used.parameters();
    return new Chance(
        used.version(),
        Purchases.of(kind, used.firstOf(PARAMETERS)),
        days / Customers.DAYS_IN_A_WEEK,
        used == purchases
            ? new Recalibration(0, 1)
            : new Recalibration(told[PARAMETERS], told[PARAMETERS + 1]));
  }

  /** Of a customer with such a history. */
  public double of(PurchaseHistory known) {
    double told = by.returns(known, weeks);
    return 1 / (1 + Math.exp(-calibrated.of(Chances.logOdds(told))));
  }
}
