package ltv.calculate.model.purchase;

import ltv.calculate.model.Fit;

/**
 * MBG/NBD (Batislam, Denizel and Filiztekin 2007, International Journal of Research in Marketing
 * 24): a customer may leave after the first purchase too.
 */
public final class MbgNbd extends BetaGeometric {
  private static final int CHANCES = 1;

  /** The model with parameters r, alpha, a, b. */
  public MbgNbd(Fit fit) {
    super(CHANCES, fit);
  }

  /** The model that makes what is known likeliest. */
  public static MbgNbd of(PurchaseHistories histories) {
    return new MbgNbd(fit(CHANCES, histories));
  }
}
