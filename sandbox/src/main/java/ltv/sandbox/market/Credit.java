package ltv.sandbox.market;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Meta credits to an ad's day under one action type. A purchase stands under several types at
 * once, and a longer window holds the shorter ones.
 *
 * @param counts by window, {@code value} for the one in force; what is zero is absent
 * @param values won by window; empty for what has no price
 */
public record Credit(String actionType, Map<String, Long> counts, Map<String, BigDecimal> values) {
  private static final int CLICKS_PER_PURCHASE = 25;
  private static final int CLICKS_PER_INSTALL = 10;

  /** Converted from another currency, as Meta does: won with a fraction. */
  private static final BigDecimal BASKET = new BigDecimal("39900.5");

  /** What an ad's day has, the same on every request. */
  public static List<Credit> of(AdDay ad) {
    List<Credit> credits = new ArrayList<>();
    add(credits, "link_click", ad.linkClicks(), BigDecimal.ZERO);
    long installs = ad.linkClicks() / CLICKS_PER_INSTALL;
    add(credits, "mobile_app_install", installs, BigDecimal.ZERO);
    add(credits, "omni_app_install", installs, BigDecimal.ZERO);
    long purchases = ad.linkClicks() / CLICKS_PER_PURCHASE;
    add(credits, "app_custom_event.fb_mobile_purchase", purchases, BASKET);
    add(credits, "omni_purchase", purchases, BASKET);
    return credits;
  }

  /** What several ads have together, type by type. */
  public static List<Credit> together(List<AdDay> ads) {
    Map<String, Credit> sums = new LinkedHashMap<>();
    ads.stream()
        .flatMap(ad -> of(ad).stream())
        .forEach(credit -> sums.merge(credit.actionType, credit, Credit::plus));
    return List.copyOf(sums.values());
  }

  private Credit plus(Credit other) {
    Map<String, Long> moreCounts = new TreeMap<>(counts);
    other.counts.forEach((window, n) -> moreCounts.merge(window, n, Long::sum));
    Map<String, BigDecimal> moreValues = new TreeMap<>(values);
    other.values.forEach((window, worth) -> moreValues.merge(window, worth, BigDecimal::add));
    return new Credit(actionType, moreCounts, moreValues);
  }

  /** Rows in long form: one per window. */
  public int rows() {
    return counts.size();
  }

  private static void add(List<Credit> credits, String type, long all, BigDecimal price) {
    if (all == 0) {
      return;
    }
    Map<String, Long> counts = new TreeMap<>();
    long views = all / 5;
    counts.put("value", all);
    counts.put("28d_click", all - views);
    counts.put("7d_click", all - views);
    counts.put("1d_click", (all - views) / 2);
    counts.put("1d_view", views);
    counts.values().removeIf(n -> n == 0);
    Map<String, BigDecimal> values = new TreeMap<>();
    if (price.signum() > 0) {
      counts.forEach((window, n) -> values.put(window, price.multiply(BigDecimal.valueOf(n))));
    }
    credits.add(new Credit(type, counts, values));
  }
}
