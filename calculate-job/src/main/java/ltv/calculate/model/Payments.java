package ltv.calculate.model;

/** How sums that are paid vary by chance, with the same mean and variance. */
public enum Payments {
  /**
   * As a Poisson number of equal payments does: the overdispersed Poisson whose dispersion {@code
   * forecast.Dispersion} finds. Of a sum below 0 it is only known that it is not above.
   */
  POISSON {
    @Override
    PaidLikelihood likelihood(double ratio, double within) {
      return new PoissonPaid(ratio, within);
    }
  },
  /**
   * Normally. To be used where every campaign has many payers. Where one has few, the density of a
   * small sum is the larger the smaller its variance, thus its level: campaigns with a single small
   * payment seem to have hardly any level, and levels to differ far more than they do ({@code
   * bench/levels fast}).
   */
  NORMAL {
    @Override
    PaidLikelihood likelihood(double ratio, double within) {
      return new NormalPaid(ratio, within);
    }
  };

  abstract PaidLikelihood likelihood(double ratio, double within);
}
