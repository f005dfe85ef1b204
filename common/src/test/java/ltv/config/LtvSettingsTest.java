package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LtvSettingsTest {
  @Test
  void by_default_everything_paid_is_kept_until_ten_horizons() {
    Map<String, String> parameters = LtvSettings.DEFAULT.parameters();

    assertEquals("0,1,3,7,14,30,60,90,180,360", parameters.get("ltv_horizons"));
    assertEquals("1", parameters.get("kept_of_purchase"));
    assertEquals("0", parameters.get("ltv_discount_rate"));
    assertEquals("7", parameters.get("ltv_fit_every"));
    assertEquals("", parameters.get("ltv_pins"));
  }

  @Test
  void tax_is_of_what_the_store_leaves() {
    Map<String, String> parameters =
        new LtvSettings(
                null,
                Map.of("subscription", new BigDecimal("0.15")),
                new BigDecimal("0.1"),
                new BigDecimal("0.08"),
                null,
                null)
            .parameters();

    assertEquals(
        0,
        new BigDecimal("0.765").compareTo(new BigDecimal(parameters.get("kept_of_subscription"))));
    assertEquals(
        0, new BigDecimal("0.9").compareTo(new BigDecimal(parameters.get("kept_of_purchase"))));
    assertEquals("0.08", parameters.get("ltv_discount_rate"));
  }

  @Test
  void pins_are_told_in_one_order() {
    LocalDate monday = LocalDate.of(2026, 11, 16);

    assertEquals(
        "bg_nbd=2026-11-16,gamma_gamma=2026-11-16",
        new LtvSettings(null, null, null, null, 28, Map.of("gamma_gamma", monday, "bg_nbd", monday))
            .parameters()
            .get("ltv_pins"));
  }

  @Test
  void what_cannot_be_is_refused_all_at_once() {
    Problems.Found found =
        assertThrows(
            Problems.Found.class,
            () ->
                new LtvSettings(
                    List.of(7, 3),
                    Map.of("purchases", BigDecimal.ONE),
                    new BigDecimal("-0.1"),
                    BigDecimal.ONE,
                    0,
                    Map.of("bgnbd", LocalDate.of(2026, 11, 16))));

    assertEquals(
        List.of(
            "horizons must be 1 to 20 ascending ages of 0 to 1,200 days",
            "store_fee must name kinds of orders: purchase, subscription, reservation, ad_revenue",
            "store_fee must be shares such as 0.15",
            "tax must be a share such as 0.1",
            "discount_rate must be a rate such as 0.1",
            "fit_every must be 1 to 91 days, such as 7 for Mondays",
            "pins must name models: bg_nbd, mbg_nbd, gamma_gamma, sbg, two_part"),
        found.problems());
  }
}
