package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import ltv.config.PathSettings.StepRule;
import org.junit.jupiter.api.Test;

class PathSettingsTest {
  @Test
  void by_default_every_target_is_looked_at_and_no_event_is_renamed() {
    assertEquals(
        Map.of(
            "path_targets", "first_order,sign_up,third_visit",
            "path_look_back_days", "7",
            "path_touch_look_back_days", "30",
            "path_markov_order", "1",
            "path_steps", ""),
        PathSettings.DEFAULT.parameters());
  }

  @Test
  void rules_are_told_in_their_order_a_line_each() {
    List<StepRule> rules = List.of(new StepRule("^screen_(.+)$", "$1"), new StepRule("^ad_", null));

    assertEquals(
        "^screen_(.+)$\t$1\n^ad_\t",
        new PathSettings(null, null, null, null, rules).parameters().get("path_steps"));
  }

  @Test
  void what_cannot_be_is_refused_all_at_once() {
    Problems.Found found =
        assertThrows(
            Problems.Found.class, () -> new PathSettings(List.of("order"), 31, 0, 5, List.of()));

    assertEquals(
        List.of(
            "targets must be some of first_order, sign_up, third_visit",
            "look_back_days must be 1 to 30 days",
            "touch_look_back_days must be 1 to 90 days",
            "markov_order must be 1 to 4"),
        found.problems());
    assertThrows(Problems.Found.class, () -> new StepRule("(", "a"));
    assertThrows(Problems.Found.class, () -> new StepRule("a", "a > b"));
    assertThrows(Problems.Found.class, () -> new StepRule("a(b)", "$2"));
    assertThrows(Problems.Found.class, () -> new StepRule(null, "a"));
  }
}
