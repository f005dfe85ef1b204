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

  /** The same as the channel tells it later: twice of everything. */
  AdDay doubled() {
    return new AdDay(
        day, campaign, ad, 2 * impressions, 2 * clicks, 2 * linkClicks, 2 * reach, 2 * spend);
  }

  /** Purchases that the channel claims for it. */
  public long conversions() {
    return clicks / CLICKS_PER_CONVERSION;
  }
}
