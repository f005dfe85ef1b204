package ltv.calculate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainTextTest {
  private static final Map<String, Object> CHANNEL =
      Map.of("users", 100L, "observed", money(50_000), "expected", money(50_000));

  private static BigDecimal money(long amount) {
    return BigDecimal.valueOf(amount);
  }

  private static Map<String, Object> campaign() {
    Map<String, Object> row = new HashMap<>();
    row.put("as_of_date", "2026-11-19");
    row.put("channel", "meta");
    row.put("campaign_id", "c1");
    row.put("horizon_days", 30L);
    row.put("users", 10L);
    row.put("payers", 4L);
    row.put("cost", money(12_000));
    row.put("mature_users", 3L);
    row.put("observed", money(9_000));
    row.put("expected", money(6_000));
    row.put("low_80", money(11_000));
    row.put("high_80", money(20_000));
    row.put("status", "calibrated");
    row.put("method", "shape_of_channel");
    row.put("own_weight", .75);
    row.put("correction", .9);
    row.put("payback_days", 12L);
    row.put("payback_days_low", 8L);
    return row;
  }

  private static Map<String, Object> test(String method, double wape) {
    return Map.of(
        "method",
        method,
        "horizon_days",
        30L,
        "oldest_age_days",
        29L,
        "data",
        "revised",
        "wape",
        wape,
        "tests",
        60L,
        "test_dates",
        5L,
        "coverage_80",
        .81);
  }

  private static Map<String, Object> test(String method, String column, Object other) {
    Map<String, Object> test = new HashMap<>(test(method, .9));
    test.put(column, other);
    return test;
  }

  @Test
  void every_part_of_the_figure_is_told() {
    List<Map<String, Object>> tests =
        List.of(
            test("forecast", "oldest_age_days", 5L),
            test("shape_of_channel", "data", "said"),
            test("forecast", .2),
            test("shape_of_channel", .2),
            test("shape_of_all", .25));

    String text = new ExplainText(campaign(), CHANNEL, tests).lines();

    assertEquals(
        """
        D30 of meta c1, as of 2026-11-19
          users       10, of whom 4 have paid and 3 have reached the horizon; they cost 12,000
          observed    9,000: 900.00 a user
          expected    6,000 more: 600.00 a user
          method      the channel's own shape of development; back-tests were off by 20.0 % with the channel's own shape of development, 25.0 % with the shape of all channels' development
          level       75 % its own experience, 25 % that of meta, whose users are worth 1,000.00 each
          correction  the rest times 0.900, by which the newest back-tests were off
          value       15,000: 1,500.00 a user, of which 60 % has been observed
          band        1,100.00 to 2,000.00 a user with 80 %; calibrated: 60 tests on 5 days, of which the band of 80 % held 81 %
          payback     on day 12; with 80 % from day 8 to after the longest horizon""",
        text);
  }

  @Test
  void what_has_not_been_tested_is_said_to_be_untested() {
    String text = new ExplainText(campaign(), CHANNEL, List.of()).lines();

    assertTrue(text.contains("shape of development; no earlier day has been tested"), text);
    assertTrue(text.contains("calibrated: no earlier day has been tested"), text);
  }

  @Test
  void a_site_that_is_too_young_tells_what_it_has_seen() {
    Map<String, Object> row = campaign();
    row.put("expected", null);
    row.put("users", 0L);

    String text = new ExplainText(row, CHANNEL, List.of()).lines();

    assertTrue(text.contains("too young"), text);
    assertTrue(text.contains("9,000: nothing a user"), text);
    assertFalse(text.contains("NaN"), text);
  }
}
