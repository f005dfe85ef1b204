package ltv.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counts as the value of a user, and to which ages it is told.
 *
 * @param horizons ages in days, ascending; D7 is the value until the end of day 7 after the first
 * @param storeFee share that the store keeps, by kind of order; default none
 * @param tax share of what is left that is tax; default none
 * @param discountRate by which money of a year later is worth less; default none
 */
public record LtvSettings(
    List<Integer> horizons,
    Map<String, BigDecimal> storeFee,
    BigDecimal tax,
    BigDecimal discountRate) {
  private static final List<Integer> HORIZONS = List.of(0, 1, 3, 7, 14, 30, 60, 90, 180, 360);
  private static final List<String> KINDS =
      List.of("purchase", "subscription", "reservation", "ad_revenue");
  private static final int MOST_DAYS = 1200;
  private static final int MOST_HORIZONS = 20;

  public LtvSettings {
    horizons = horizons == null ? HORIZONS : List.copyOf(horizons);
    storeFee = storeFee == null ? Map.of() : Map.copyOf(storeFee);
    tax = tax == null ? BigDecimal.ZERO : tax;
    discountRate = discountRate == null ? BigDecimal.ZERO : discountRate;
    new Problems()
        .check(
            !horizons.isEmpty()
                && horizons.size() <= MOST_HORIZONS
                && horizons.stream().sorted().distinct().toList().equals(horizons)
                && horizons.get(0) >= 0
                && horizons.get(horizons.size() - 1) <= MOST_DAYS,
            "horizons",
            "must be 1 to 20 ascending ages of 0 to 1,200 days")
        .check(
            KINDS.containsAll(storeFee.keySet()),
            "store_fee",
            "must name kinds of orders: " + String.join(", ", KINDS))
        .check(
            storeFee.values().stream().allMatch(LtvSettings::isShare),
            "store_fee",
            "must be shares such as 0.15")
        .check(isShare(tax), "tax", "must be a share such as 0.1")
        .check(isShare(discountRate), "discount_rate", "must be a rate such as 0.1")
        .throwIfAny();
  }

  private static boolean isShare(BigDecimal share) {
    return share.signum() >= 0 && share.compareTo(BigDecimal.ONE) < 0;
  }

  /** What queries and computations read of it, by the parameter's name. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("ltv_horizons", String.join(",", horizons.stream().map(h -> "" + h).toList()));
    parameters.put("ltv_discount_rate", discountRate.toPlainString());
    for (String kind : KINDS) {
      BigDecimal fee = storeFee.getOrDefault(kind, BigDecimal.ZERO);
      BigDecimal kept = BigDecimal.ONE.subtract(fee).multiply(BigDecimal.ONE.subtract(tax));
      parameters.put("kept_of_" + kind, kept.toPlainString());
    }
    return parameters;
  }
}
