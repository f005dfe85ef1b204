package ltv.calculate.model.purchase;

import ltv.calculate.model.Fit;

/** How often customers buy again, and until when: fitted to a population, asked of one customer. */
public interface PurchaseModel {
  /** What it was fitted by; its parameters in the order of the model's constructor. */
  Fit fit();

  /** Expected repeat purchases of a new customer in the time {@code until} after the first. */
  double expected(double until);

  /** Expected purchases of a customer in the time {@code ahead} after what is known. */
  double expected(PurchaseHistory known, double ahead);

  /** The probability that the customer has not left for good; no churn score (see returns). */
  double alive(PurchaseHistory known);

  /** The probability of a purchase in the time {@code ahead}. */
  double returns(PurchaseHistory known, double ahead);
}
