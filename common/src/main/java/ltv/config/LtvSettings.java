package ltv.config;

import java.math.BigDecimal;
import java.time.LocalDate;
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
 * @param fitEvery days after which models of customers are fitted anew; default 7, on Mondays
 * @param pins by model of customers the day of the fit that is to be used; default the newest
 */
public record LtvSettings(
    List<Integer> horizons,
    Map<String, BigDecimal> storeFee,
    BigDecimal tax,
    BigDecimal discountRate,
    Integer fitEvery,
    Map<String, LocalDate> pins) {
  private static final List<Integer> HORIZONS = List.of(0, 1, 3, 7, 14, 30, 60, 90, 180, 360);
  private static final List<String> KINDS =
      List.of("purchase", "subscription", "reservation", "ad_revenue");
  private static final int MOST_DAYS = 1200;
  private static final int MOST_HORIZONS = 20;
  private static final int WEEK = 7;
  private static final int MOST_DAYS_BETWEEN_FITS = 91;
  private static final List<String> MODELS =
      List.of("bg_nbd", "mbg_nbd", "gamma_gamma", "sbg", "two_part");

  /** All defaults. */
  public static final LtvSettings DEFAULT = new LtvSettings(null, null, null, null, null, null);

  public LtvSettings {
    horizons = horizons == null ? HORIZONS : List.copyOf(horizons);
    storeFee = storeFee == null ? Map.of() : Map.copyOf(storeFee);
    tax = tax == null ? BigDecimal.ZERO : tax;
    discountRate = discountRate == null ? BigDecimal.ZERO : discountRate;
    fitEvery = fitEvery == null ? WEEK : fitEvery;
    pins = pins == null ? Map.of() : Map.copyOf(pins);
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
        .check(
            fitEvery >= 1 && fitEvery <= MOST_DAYS_BETWEEN_FITS,
            "fit_every",
            "must be 1 to 91 days, such as 7 for Mondays")
        .check(
            MODELS.containsAll(pins.keySet()),
            "pins",
            "must name models: " + String.join(", ", MODELS))
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
    parameters.put("ltv_fit_every", String.valueOf(fitEvery));
    parameters.put(
        "ltv_pins",
        String.join(
            ",",
            new TreeMap<>(pins)
                .entrySet().stream().map(pin -> pin.getKey() + "=" + pin.getValue()).toList()));
    for (String kind : KINDS) {
      BigDecimal fee = storeFee.getOrDefault(kind, BigDecimal.ZERO);
      BigDecimal kept = BigDecimal.ONE.subtract(fee).multiply(BigDecimal.ONE.subtract(tax));
      parameters.put("kept_of_" + kind, kept.toPlainString());
    }
    return parameters;
  }
}
