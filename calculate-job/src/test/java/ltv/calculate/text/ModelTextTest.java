package ltv.calculate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTextTest {
  private static Map<String, Object> row(String model, String until, double alpha) {
    Map<String, Object> row = new HashMap<>();
    row.put("subject", "renewals");
    row.put("model", model);
    row.put("fitted_until", until);
    row.put("state", "in_use");
    row.put("pinned", false);
    row.put("parameters", "{\"alpha\":" + alpha + ",\"beta\":3.0}");
    row.put("standard_errors", "{\"alpha\":0.25,\"beta\":null}");
    row.put("log_likelihood", -1234.5);
    row.put("converged", true);
    row.put("evaluations", 12L);
    row.put("customers", 1000L);
    row.put("events", 2500L);
    row.put("data", "abc");
    row.put("trial_days", 91L);
    row.put("trial_expected", 800.0);
    row.put("trial_actual", 820.5);
    row.put("trial_error", .5);
    row.put("trial_error_of_all", .6);
    row.put("correction", 1.0625);
    return row;
  }

  @Test
  void everything_that_is_known_is_told() {
    assertEquals(
        """
        renewals   sbg=2026-11-16           in_use     1,000 customers, 2,500 events; trial of 91 days: 800.0 expected, 820.5 came; error 0.5000, 0.6000 by one rule for everybody
          alpha                    1.50000 ± 0.250
          beta                     3.00000 ± unknown
          log-likelihood -1,234.500000 after 12 evaluations; no random number is drawn
          correction     what it expects times 1.0625
          data           abc""",
        new ModelText(row("sbg", "2026-11-16", 1.5)).lines());
  }

  @Test
  void chances_tell_their_quality_and_intervals_what_they_cover() {
    Map<String, Object> chances = row("logistic_30", "2026-11-16", 1.5);
    chances.putAll(Map.of("trial_auc", .875, "trial_brier", .0625, "trial_slope", .96875));
    Map<String, Object> days = row("mbg_nbd_wait", "2026-11-16", 1.5);
    days.put("trial_covered", .8125);

    String line = new ModelText(chances).line();
    assertTrue(line.endsWith("everybody; AUC 0.8750, Brier 0.0625, slope 0.969"), line);
    line = new ModelText(days).line();
    assertTrue(line.endsWith("everybody; 81.3 % within intervals of 80 %"), line);
  }

  @Test
  void an_untried_pinned_one_says_so() {
    Map<String, Object> row = row("sbg", "2026-11-16", 1.5);
    row.put("trial_days", null);
    row.put("pinned", true);
    row.put("converged", false);

    String lines = new ModelText(row).lines();

    assertTrue(lines.contains("in_use     pinned 1,000 customers"), lines);
    assertTrue(lines.contains("not tried: the past is too short"), lines);
    assertTrue(lines.contains("12 evaluations, not converged"), lines);
  }

  @Test
  void two_are_compared_by_their_trials_and_in_standard_errors() {
    Map<String, Object> worse = row("sbg", "2026-11-09", 2);
    worse.put("trial_error", .55);
    worse.put("data", "def");

    assertEquals(
        "sbg=2026-11-09 beside sbg=2026-11-16: its trial was off by +10.00 % of the other's error; it corrects by 1.0625, 1.0625; alpha 2.0000, 1.5000 (2.00 standard errors); beta 3.0000, 3.0000 (unknown standard errors)",
        new ModelText(worse).against(new ModelText(row("sbg", "2026-11-16", 1.5))));
    assertEquals(
        "beta_x=2026-11-09 beside sbg=2026-11-16: its trial was off by +0.00 % of the other's error; it corrects by 1.0625, 1.0625; fitted to the same data",
        new ModelText(row("beta_x", "2026-11-09", 2))
            .against(new ModelText(row("sbg", "2026-11-16", 1.5))));
  }
}
