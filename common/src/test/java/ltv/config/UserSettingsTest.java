package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserSettingsTest {
  @Test
  void by_default_three_days_make_a_frequent_user_and_a_million_a_vip() {
    assertEquals(
        Map.of("frequent_days", "3", "vip_revenue", "1000000"), UserSettings.DEFAULT.parameters());
  }

  @Test
  void what_cannot_be_is_refused_all_at_once() {
    Problems.Found found =
        assertThrows(Problems.Found.class, () -> new UserSettings(0, BigDecimal.ZERO));

    assertEquals(
        List.of("frequent_days must be 1 to 28 days of a month", "vip_revenue must be more than 0"),
        found.problems());
  }
}
