package ltv.calculate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import ltv.dataset.Computation;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Pin;
import ltv.run.Metric;
import ltv.run.RunReport;

/** How good the models are that readers see now, for machines that watch them drift. */
final class ModelFigures {
  private static final String BACK_TEST = "mart_backtest";
  private static final String MODEL = "mart_model";

  private ModelFigures() {}

  /** Adds what the newest days of the marts say; nothing where there is none. */
  static void measure(Opened opened, RunReport report) {
    try (DuckDb engine = opened.duckDb();
        DuckDbSession session = engine.open()) {
      for (List<Object> row : rows(opened, session, BACK_TEST)) {
        String horizon = row.get(0).toString();
        tell(report, Metric.MODEL_BIAS, row.get(1), horizon);
        tell(report, Metric.MODEL_ERROR, row.get(2), horizon);
        tell(report, Metric.MODEL_COVERAGE, row.get(3), horizon);
      }
      for (List<Object> row : rows(opened, session, MODEL)) {
        tell(report, Metric.MODEL_TRIAL, row.get(1), row.get(0).toString());
      }
    }
  }

  private static void tell(RunReport report, Metric metric, Object value, String label) {
    if (value != null) { // too short a past to say
      report.measure(metric, ((Number) value).doubleValue(), label);
    }
  }

  private static List<List<Object>> rows(Opened opened, DuckDbSession session, String mart) {
    Dataset dataset = opened.datasets().get(mart);
    Pin pin = opened.lake().pin(dataset.table());
    Optional<LocalDate> newest =
        pin.published().isEmpty() ? Optional.empty() : pin.published().lastKey().day();
    if (newest.isEmpty()) {
      return List.of();
    }
    opened.seeBuilt(session, mart, newest.get());
    session.define("run_date", newest.get());
    return session.rows(Computation.query(ModelFigures.class, "watched_" + mart));
  }
}
