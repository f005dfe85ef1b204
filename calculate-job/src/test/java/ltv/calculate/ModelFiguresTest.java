package ltv.calculate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.dataset.TestSite;
import ltv.run.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFiguresTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

  @TempDir private Path folder;

  private List<String> measured(TestSite site) {
    RunReport report = new RunReport();
    ModelFigures.measure(site.opened("calculate"), report);
    return report.measures().stream()
        .map(m -> m.metric().published() + m.labels() + " " + m.value())
        .toList();
  }

  @Test
  void the_forecast_that_is_shown_and_the_models_in_use_are_told_of_the_newest_day() {
    try (TestSite site = new TestSite(Sites.below(folder), Repository.datasets())) {
      site.landTyped(
          "mart_backtest",
          MONDAY,
          """
          horizon_days,oldest_age_days,method,data,tests,bias,wape,coverage_80
          30,29,forecast,revised,40,-0.125,0.25,0.75
          30,3,forecast,revised,40,9,9,0.5
          30,29,own_rate,revised,40,9,9,
          30,29,forecast,said,40,9,9,0.5
          90,89,forecast,revised,0,,,""");
      site.landTyped(
          "mart_backtest",
          MONDAY.minusDays(1),
          "horizon_days,oldest_age_days,method,data,bias,wape,coverage_80\n7,6,forecast,revised,9,9,0.5");
      site.landTyped(
          "mart_model",
          MONDAY,
          """
          subject,model,fitted_until,state,trial_error,trial_error_of_all
          purchases,mbg_nbd,2026-11-16,in_use,0.5,0.625
          purchases,bg_nbd,2026-11-16,candidate,9,1
          renewals,sbg,2026-11-16,in_use,,
          spend,gamma_gamma,2026-11-16,in_use,1,0""");

      assertEquals(
          List.of(
              "ltv_model_bias_ratio[30] -0.125",
              "ltv_model_error_ratio[30] 0.25",
              "ltv_model_coverage_ratio[30] 0.75",
              "ltv_model_trial_error_ratio[purchases] 0.8"),
          measured(site));
    }
  }

  @Test
  void a_site_without_a_back_test_has_nothing_to_tell() {
    try (TestSite site = new TestSite(Sites.below(folder), Repository.datasets())) {
      assertEquals(List.of(), measured(site));
    }
  }
}
