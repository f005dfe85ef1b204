package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamingRuleTest {
  private static final NamingRule RULE =
      new NamingRule(
          "meta",
          "^(?<country>[A-Z]{2}) \\(?(?i)(app|web)\\)? [(|] (?<objective>[^|()]+)(?: \\| (?<os>.+))?$");

  @Test
  void each_part_has_a_pattern_with_it_as_the_only_group() {
    assertEquals(
        Map.of(
            "country", "^([A-Z]{2}) \\(?(?i)(?:app|web)\\)? [(|] (?:[^|()]+)(?: \\| (?:.+))?$",
            "objective", "^(?:[A-Z]{2}) \\(?(?i)(?:app|web)\\)? [(|] ([^|()]+)(?: \\| (?:.+))?$",
            "os", "^(?:[A-Z]{2}) \\(?(?i)(?:app|web)\\)? [(|] (?:[^|()]+)(?: \\| (.+))?$"),
        RULE.parts());
    Matcher objective =
        Pattern.compile(RULE.parts().get("objective")).matcher("KR (App) | 구매 | ios");
    assertEquals(true, objective.find());
    assertEquals("구매", objective.group(1));
  }

  @Test
  void queries_get_a_line_for_each_rule_and_part() {
    NamingRule all = new NamingRule(null, "_(?<os>ios|android)_");

    assertEquals("", NamingRule.lines(List.of()));
    assertEquals(
        "01\t\tos\t_(ios|android)_\n02\t\tos\t_(ios|android)_",
        NamingRule.lines(List.of(all, all)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<country>[A-Z]{2}",
        "([A-Z]{2})",
        "(?<market>[A-Z]{2})",
        "(?<country>[A-Z]{2})(?=_)",
        "(?<country>[A-Z]{2})_\\1",
        "(?<country>[A-Z]++)",
        "(?<country>[A-Z]\t)"
      })
  void what_only_one_engine_or_nobody_understands_is_refused(String pattern) {
    assertThrows(Problems.Found.class, () -> new NamingRule("meta", pattern));
  }
}
