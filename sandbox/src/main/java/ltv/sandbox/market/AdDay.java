package ltv.sandbox.market;

import java.time.LocalDate;

/**
 * What one ad did on one day; money in whole won.
 *
 * @param ad null for a campaign of a kind without ads
 */
public record AdDay(
    LocalDate day,
    Campaign campaign,
    Campaign.Ad ad,
    long impressions,
    long clicks,
    long linkClicks,
    long reach,
    long spend) {
  private static final int CLICKS_PER_CONVERSION = 20;

  /** Purchases that the channel claims for it. */
  public long conversions() {
    return clicks / CLICKS_PER_CONVERSION;
  }
}
