package ltv.calculate.model.regression;

/**
 * A user's value by features of the first days, in two parts (Duan, Manning, Morris and Newhouse
 * 1983): whether anything is paid, and how much by those who pay.
 *
 * <p>The mean of a lognormal amount, exp(mu + sigma squared / 2), is far off where the noise is not
 * normal. It is scaled so that the payers of the data are expected to pay what they paid: Duan's
 * smearing (1983, JASA 78), which needs no normal noise, in the form of a ratio of sums (Snowdon
 * 1991, Canadian Journal of Forest Research 21), which meets the sum also where noise varies with
 * features.
 *
 * @param paying whether a user pays
 * @param amount what payers pay
 * @param smearing what the mean of the lognormal amount is multiplied by; near 1 where the noise is
 *     normal, 0 where nobody paid
 */
public record TwoPart(Logistic paying, LogNormalRegression amount, double smearing) {
  /**
   * The likeliest of both parts. Where nobody paid, nothing is expected of anybody.
   *
   * @param ridge above 0, of both parts: a belief worth so many users, or payers, that features do
   *     not matter; 1 is little
   */
  public static TwoPart of(UserRows users, double ridge) {
    Logistic paying = Logistic.of(users, ridge);
    LogNormalRegression amount = LogNormalRegression.of(users, ridge);
    UserRows payers = users.payers();
    double paid = 0;
    double expected = 0;
    for (int i = 0; i < payers.size(); i++) {
      paid += payers.weight(i) * payers.paid(i);
      expected += payers.weight(i) * Math.exp(amount.logMean(payers.features(i)));
    }
    return new TwoPart(paying, amount, expected > 0 ? paid / expected : 0);
  }

  /** What a user with such features is expected to pay, in the money it was fitted to. */
  public double expected(double[] features) {
    return Math.exp(paying.logPays(features) + logMean(features));
  }

  /** What a payer with such features is expected to pay. */
  public double expectedOfPayer(double[] features) {
    return Math.exp(logMean(features));
  }

  private double logMean(double[] features) {
    return amount.logMean(features) + Math.log(smearing);
  }

  /**
   * The logarithm of the density of what a user paid, of nothing the chance of it: minus the
   * zero-inflated lognormal loss (Wang, Liu and Miao 2019, arXiv 1912.07753). The smearing has no
   * part in it.
   */
  public double logDensity(double[] features, double paid) {
    return paid > 0
        ? paying.logPays(features) + amount.logDensity(features, paid)
        : paying.logPaysNot(features);
  }

  /** Of the data, of both parts. */
  public double logLikelihood() {
    return paying.fit().logLikelihood() + amount.fit().logLikelihood();
  }
}
