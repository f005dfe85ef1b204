package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A campaign's day on one platform, as Adison reports it.
 *
 * @param cost won, without VAT
 */
public record AdisonRow(
    LocalDate day,
    Campaign campaign,
    String platform,
    long impressions,
    long clicks,
    long completions,
    long cost) {
  /** Platforms of every campaign's day. */
  public static final int PLATFORMS = 2;

  /** What of a day happens on Android, in percent. */
  private static final int ANDROID_SHARE = 70;

  /** The months that the market lasts. */
  public static List<YearMonth> months(Market market) {
    return IntStream.range(0, market.days())
        .mapToObj(d -> YearMonth.from(market.from().plusDays(d)))
        .distinct()
        .toList();
  }

  /** The rows of an account's month. */
  public static List<AdisonRow> of(Market market, String account, YearMonth month) {
    return market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.ADISON))
        .filter(ad -> ad.campaign().account().equals(account))
        .filter(ad -> YearMonth.from(ad.day()).equals(month))
        .flatMap(ad -> Stream.of(android(ad), ios(ad)))
        .toList();
  }

  private static AdisonRow android(AdDay ad) {
    return new AdisonRow(
        ad.day(),
        ad.campaign(),
        "android",
        share(ad.impressions()),
        share(ad.clicks()),
        share(ad.linkClicks()),
        share(ad.spend()));
  }

  private static AdisonRow ios(AdDay ad) {
    return new AdisonRow(
        ad.day(),
        ad.campaign(),
        "ios",
        ad.impressions() - share(ad.impressions()),
        ad.clicks() - share(ad.clicks()),
        ad.linkClicks() - share(ad.linkClicks()),
        ad.spend() - share(ad.spend()));
  }

  private static long share(long whole) {
    return whole * ANDROID_SHARE / 100;
  }
}
