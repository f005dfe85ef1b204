package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.List;

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

  /** The same as the channel tells it at first: nine tenths, in whole hundreds of won. */
  AdDay firstTold() {
    return new AdDay(
        day,
        campaign,
        ad,
        impressions * 9 / 10,
        clicks * 9 / 10,
        linkClicks * 9 / 10,
        reach * 9 / 10,
        spend * 9 / 1000 * 100);
  }

  /** Whose these are: each campaign that ran, once. */
  public static List<Campaign> campaigns(List<AdDay> ads) {
    return ads.stream().map(AdDay::campaign).distinct().toList();
  }

  /** So many percent of it, its money in tens of won. */
  AdDay part(int percent) {
    return new AdDay(
        day,
        campaign,
        ad,
        impressions * percent / 100,
        clicks * percent / 100,
        linkClicks * percent / 100,
        reach * percent / 100,
        spend * percent / 1000 * 10);
  }

  /** What is left of it beside a part. */
  AdDay without(AdDay part) {
    return new AdDay(
        day,
        campaign,
        ad,
        impressions - part.impressions,
        clicks - part.clicks,
        linkClicks - part.linkClicks,
        reach - part.reach,
        spend - part.spend);
  }

  /** Thousandths of the unit that the channel sends money in; a repeated row counts twice. */
  long costAsSent(Dirt dirt) {
    long won = spend * 1000;
    return switch (campaign.channel()) {
      case Campaign.META -> dirt.repeated(this) ? 2 * won : won;
      case Campaign.GOOGLE_ADS -> won * 1_000_000;
      case Campaign.NAVER -> won / 10 * 11;
      case Campaign.ADISON ->
          campaign.account().equals(Campaign.SERVED_ADVERTISER) ? won / 10 * 11 : won;
      default -> won;
    };
  }

  /** Purchases that the channel claims for it. */
  public long conversions() {
    return clicks / CLICKS_PER_CONVERSION;
  }
}
