package ltv.sandbox.market;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a pipeline without fault must find.
 *
 * @param spend won by {@code day|channel|campaign}
 * @param installs by {@code day|channel|campaign}
 * @param orders number by day
 * @param revenue won by day
 * @param rowsServed rows sent by {@code dataset}
 * @param duplicates injected repeats by {@code dataset}
 * @param notPrimary injected second views by {@code dataset}
 */
public record Truth(
    Map<String, Long> spend,
    Map<String, Long> installs,
    Map<String, Long> orders,
    Map<String, Long> revenue,
    Map<String, Long> rowsServed,
    Map<String, Long> duplicates,
    Map<String, Long> notPrimary) {
  /** Datasets of the lake, by which rows are counted. */
  public static final String INSIGHTS = "src_meta__insights";

  /** Google's rows of ads. */
  public static final String GOOGLE_ADS_ADS = "src_google_ads__ad";

  /** Google's rows of campaigns. */
  public static final String GOOGLE_ADS_CAMPAIGNS = "src_google_ads__campaign";

  /** Apple's rows of ad groups. */
  public static final String APPLE_AD_GROUPS = "src_apple_search_ads__ad_group";

  /** Apple's rows of campaigns, one per country. */
  public static final String APPLE_CAMPAIGNS = "src_apple_search_ads__campaign";

  /** Countries that each Apple campaign runs in. */
  public static final int APPLE_COUNTRIES = 2;

  /** Naver's rows of ads, one per device. */
  public static final String NAVER_ADS = "src_naver_search_ad__ad";

  /** Naver's rows of conversions. */
  public static final String NAVER_CONVERSIONS = "src_naver_search_ad__conversion";

  /** Naver's campaigns, all of them every day. */
  public static final String NAVER_CAMPAIGNS = "src_naver_search_ad__campaign";

  private static final int DEVICES = 2;

  /** Installs as AppsFlyer sends them. */
  public static final String INSTALLS = "src_appsflyer__installs";

  /** Events as AppsFlyer sends them. */
  public static final String EVENTS = "src_appsflyer__in_app_events";

  /** Adds the market up. */
  public static Truth of(Market market, Dirt dirt) {
    Truth truth =
        new Truth(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    market.ads().forEach(ad -> truth.add(ad, dirt));
    long naver =
        market.campaigns().stream().filter(c -> c.channel().equals(Campaign.NAVER)).count();
    truth.served(NAVER_CAMPAIGNS, 0, naver * market.days());
    market.users().forEach(user -> truth.add(user, dirt));
    market.events().forEach(event -> truth.add(event, dirt));
    return truth;
  }

  private void add(AdDay ad, Dirt dirt) {
    String campaignDay = ad.day() + "|" + ad.campaign().channel() + "|" + ad.campaign().id();
    long first = spend.containsKey(campaignDay) ? 0 : 1;
    long part = ad.ad() == null ? 0 : 1;
    switch (ad.campaign().channel()) {
      case Campaign.META -> served(INSIGHTS, dirt.repeated(ad) ? 1 : 0, 1);
      case Campaign.GOOGLE_ADS -> {
        served(GOOGLE_ADS_CAMPAIGNS, 0, first);
        served(GOOGLE_ADS_ADS, 0, part);
      }
      case Campaign.NAVER -> {
        served(NAVER_ADS, 0, DEVICES);
        served(NAVER_CONVERSIONS, 0, ad.conversions() == 0 ? 0 : 1);
      }
      default -> {
        served(APPLE_CAMPAIGNS, 0, first * APPLE_COUNTRIES);
        served(APPLE_AD_GROUPS, 0, part);
      }
    }
    spend.merge(campaignDay, ad.spend(), Long::sum);
  }

  private void add(User user, Dirt dirt) {
    String channel = user.campaign() == null ? "organic" : user.campaign().channel();
    String campaign = user.campaign() == null ? "organic" : user.campaign().id();
    installs.merge(
        user.installedAt().toLocalDate() + "|" + channel + "|" + campaign, 1L, Long::sum);
    served(INSTALLS, dirt.repeated(user) ? 1 : 0, 1);
  }

  private void add(Event event, Dirt dirt) {
    served(EVENTS, dirt.repeated(event) ? 1 : 0, 1);
    if (dirt.retargeted(event)) {
      rowsServed.merge(EVENTS, 1L, Long::sum);
      notPrimary.merge(EVENTS, 1L, Long::sum);
    }
    if (event.name().equals("af_purchase")) {
      orders.merge(event.at().toLocalDate().toString(), 1L, Long::sum);
      revenue.merge(event.at().toLocalDate().toString(), event.revenue(), Long::sum);
    }
  }

  private void served(String dataset, long repeats, long rows) {
    rowsServed.merge(dataset, rows + repeats, Long::sum);
    duplicates.merge(dataset, repeats, Long::sum);
  }
}
