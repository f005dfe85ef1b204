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
    market.users().forEach(user -> truth.add(user, dirt));
    market.events().forEach(event -> truth.add(event, dirt));
    return truth;
  }

  private void add(AdDay ad, Dirt dirt) {
    spend.merge(ad.day() + "|meta|" + ad.campaign().id(), ad.spend(), Long::sum);
    served(INSIGHTS, dirt.repeated(ad));
  }

  private void add(User user, Dirt dirt) {
    String channel =
        switch (user.mediaSource()) {
          case "organic" -> "organic";
          case "Facebook Ads" -> "meta";
          default -> "google_ads";
        };
    String campaign = user.campaign() == null ? "organic" : user.campaign().id();
    installs.merge(
        user.installedAt().toLocalDate() + "|" + channel + "|" + campaign, 1L, Long::sum);
    served(INSTALLS, dirt.repeated(user));
  }

  private void add(Event event, Dirt dirt) {
    served(EVENTS, dirt.repeated(event));
    if (dirt.retargeted(event)) {
      rowsServed.merge(EVENTS, 1L, Long::sum);
      notPrimary.merge(EVENTS, 1L, Long::sum);
    }
    if (event.name().equals("af_purchase")) {
      orders.merge(event.at().toLocalDate().toString(), 1L, Long::sum);
      revenue.merge(event.at().toLocalDate().toString(), event.revenue(), Long::sum);
    }
  }

  private void served(String dataset, boolean twice) {
    rowsServed.merge(dataset, twice ? 2L : 1L, Long::sum);
    duplicates.merge(dataset, twice ? 1L : 0L, Long::sum);
  }
}
