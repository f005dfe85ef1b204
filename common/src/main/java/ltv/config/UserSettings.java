package ltv.config;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What makes a user frequent and a customer important.
 *
 * @param frequentDays days of a calendar month on which a frequent user is active; default 3
 * @param vipRevenue what a VIP has paid at least, in the reporting currency; default 1,000,000
 */
public record UserSettings(Integer frequentDays, BigDecimal vipRevenue) {
  private static final int FREQUENT = 3;
  private static final int MOST_DAYS = 28;
  private static final BigDecimal VIP = new BigDecimal(1_000_000);

  /** All defaults. */
  public static final UserSettings DEFAULT = new UserSettings(null, null);

  public UserSettings {
    frequentDays = frequentDays == null ? FREQUENT : frequentDays;
    vipRevenue = vipRevenue == null ? VIP : vipRevenue;
    new Problems()
        .check(
            frequentDays >= 1 && frequentDays <= MOST_DAYS,
            "frequent_days",
            "must be 1 to 28 days of a month")
        .check(vipRevenue.signum() > 0, "vip_revenue", "must be more than 0")
        .throwIfAny();
  }

  /** What queries read of it, by the parameter's name. */
  public Map<String, String> parameters() {
    return Map.of(
        "frequent_days", String.valueOf(frequentDays), "vip_revenue", vipRevenue.toPlainString());
  }
}
