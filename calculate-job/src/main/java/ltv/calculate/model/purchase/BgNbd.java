package ltv.calculate.model.purchase;

import ltv.calculate.model.Fit;

/**
 * BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24): a customer may leave after each repeat
 * purchase. Who has bought once has not left yet by this model: {@link #alive} is 1.
 */
public final class BgNbd extends BetaGeometric {
  private static final int CHANCES = 0;

  /** The model with parameters r, alpha, a, b. */
  public BgNbd(Fit fit) {
    super(CHANCES, fit);
  }

  /** The model that makes what is known likeliest. */
  public static BgNbd of(PurchaseHistories histories) {
    return new BgNbd(fit(CHANCES, histories));
  }
}
