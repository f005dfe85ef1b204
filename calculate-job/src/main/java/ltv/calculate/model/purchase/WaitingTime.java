package ltv.calculate.model.purchase;

/**
 * When a customer who is still one buys next, by BG/NBD and MBG/NBD alike: the rate of purchases,
 * Gamma(r + x, alpha + T) by what is known, makes the wait Lomax (Pareto II) distributed. Its mean
 * is infinite for r + x up to 1, so that quantiles are told. By both models everybody who is still
 * a customer comes again at last, a one-time buyer perhaps in a hundred years: quantiles are those
 * of who comes within a stated time. Whether the customer is one at all cancels out.
 *
 * @param r shape of the rates of customers
 * @param alpha their scale, in the unit of the histories
 */
public record WaitingTime(double r, double alpha) {
  /** The chance to come within a time, of who is still a customer. */
  public double within(PurchaseHistory known, double time) {
    return -Math.expm1(-(r + known.repeats()) * Math.log1p(time / (alpha + known.age())));
  }

  /** The chance to have come by then, of who comes until an end. */
  public double share(PurchaseHistory known, double time, double end) {
    return within(known, time) / within(known, end);
  }

  /**
   * The time by which a share have come of those who come until an end: (alpha + T) ((1 - q)^(-1 /
   * (r + x)) - 1) with q the share times the chance to come until the end.
   *
   * @param share from 0 to 1
   */
  public double quantile(PurchaseHistory known, double share, double end) {
    double q = share * within(known, end);
    return (alpha + known.age()) * Math.expm1(-Math.log1p(-q) / (r + known.repeats()));
  }
}
