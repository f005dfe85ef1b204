package ltv.calculate.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a campaign's value until a horizon came about, in words.
 *
 * @param row of the campaign in {@code ltv_forecast}, by column
 * @param parent that of its channel
 * @param tests rows of {@code mart_backtest}, by column
 */
public record ExplainText(
    Map<String, Object> row, Map<String, Object> parent, List<Map<String, Object>> tests) {

  private static final Map<String, String> METHODS = methods();

  private static Map<String, String> methods() {
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("shape_of_channel", "the channel's own shape of development");
    methods.put("shape_of_all", "the shape of all channels' development");
    methods.put("shrunk_multiplier", "what cohorts have paid, multiplied as far as it is believed");
    return methods;
  }

  /** The age until which value counts, in days. */
  public long horizon() {
    return (Long) row.get("horizon_days");
  }

  /** One line for each part. */
  public String lines() {
    List<String> lines = new ArrayList<>();
    double users = number(row, "users");
    double observed = number(row, "observed");
    lines.add(
        "D%d of %s %s, as of %s"
            .formatted(
                horizon(), row.get("channel"), row.get("campaign_id"), row.get("as_of_date")));
    lines.add(
        "  users       %,.0f, of whom %,.0f have paid and %,.0f have reached the horizon; they cost %,.0f"
            .formatted(
                users, number(row, "payers"), number(row, "mature_users"), number(row, "cost")));
    lines.add("  observed    %,.0f: %s a user".formatted(observed, each(observed, users)));
    if (row.get("expected") == null) {
      lines.add(
          "  too young   nobody of the site has paid yet, or no cohort has shown a quarter of the horizon");
      return String.join("\n", lines);
    }
    double expected = number(row, "expected");
    lines.add("  expected    %,.0f more: %s a user".formatted(expected, each(expected, users)));
    lines.add("  method      " + method());
    lines.add(
        "  level       %.0f %% its own experience, %.0f %% that of %s, whose users are worth %s each"
            .formatted(
                100 * number(row, "own_weight"),
                100 - 100 * number(row, "own_weight"),
                row.get("channel"),
                each(
                    number(parent, "observed") + number(parent, "expected"),
                    number(parent, "users"))));
    lines.add(
        "  correction  the rest times %.3f, %s"
            .formatted(
                number(row, "correction"),
                number(row, "correction") == 1
                    ? "since none would have made back-tests better"
                    : "by which the newest back-tests were off"));
    lines.add(
        "  value       %,.0f: %s a user, of which %.0f %% has been observed"
            .formatted(
                observed + expected,
                each(observed + expected, users),
                100 * observed / (observed + expected)));
    lines.add("  band        " + band(users));
    lines.add("  payback     " + payback());
    return String.join("\n", lines);
  }

  private String method() {
    String said = METHODS.get((String) row.get("method"));
    List<String> tested = new ArrayList<>();
    METHODS.forEach(
        (method, words) -> {
          Map<String, Object> test = test(method);
          if (test != null && test.get("wape") != null) {
            tested.add("%.1f %% with %s".formatted(100 * number(test, "wape"), words));
          }
        });
    return tested.isEmpty()
        ? said + "; no earlier day has been tested"
        : said + "; back-tests were off by " + String.join(", ", tested);
  }

  private String band(double users) {
    Map<String, Object> forecast = test("forecast");
    String tested =
        forecast == null
            ? "no earlier day has been tested"
            : "%s tests on %s days, of which the band of 80 %% held %.0f %%"
                .formatted(
                    forecast.get("tests"),
                    forecast.get("test_dates"),
                    100 * number(forecast, "coverage_80"));
    return "%s to %s a user with 80 %%; %s: %s"
        .formatted(
            each(number(row, "low_80"), users),
            each(number(row, "high_80"), users),
            row.get("status"),
            tested);
  }

  private String payback() {
    return row.get("payback_days") == null
        ? "not within the longest horizon"
        : "on day %s; with 80 %% from day %s to %s"
            .formatted(
                row.get("payback_days"),
                row.get("payback_days_low"),
                row.get("payback_days_high") == null
                    ? "after the longest horizon"
                    : "day " + row.get("payback_days_high"));
  }

  private Map<String, Object> test(String method) {
    return tests.stream()
        .filter(t -> t.get("method").equals(method) && t.get("horizon_days").equals(horizon()))
        .filter(t -> t.get("oldest_age_days").equals(horizon() - 1))
        .filter(t -> t.get("data").equals("revised"))
        .findFirst()
        .orElse(null);
  }

  private static String each(double money, double users) {
    return users > 0 ? "%,.2f".formatted(money / users) : "nothing";
  }

  private static double number(Map<String, Object> of, String column) {
    Object value = of.get(column);
    return value == null
        ? 0
        : value instanceof BigDecimal money ? money.doubleValue() : ((Number) value).doubleValue();
  }
}
