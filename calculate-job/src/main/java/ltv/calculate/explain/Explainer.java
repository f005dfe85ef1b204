package ltv.calculate.explain;

import java.util.List;
import java.util.Optional;
import ltv.calculate.trace.KnownTables;
import ltv.calculate.trace.LandingLines;
import ltv.calculate.trace.StepTable;
import ltv.calculate.trace.Walk;
import ltv.dataset.Opened;
import ltv.engine.DuckDbSession;

/** Answers a question: finds the row, and walks from it. */
final class Explainer {
  private final KnownTables tables;
  private final DuckDbSession session;
  private final Walk walk;

  Explainer(Opened opened, KnownTables tables, DuckDbSession session, LandingLines landing) {
    this.tables = tables;
    this.session = session;
    this.walk = new Walk(tables, session, landing);
    opened.site().parameters().forEach((name, value) -> session.define("param_" + name, value));
  }

  /**
   * The answer.
   *
   * @throws ltv.run.JobException with exit 64 when the question is not about one row
   */
  Explanation of(Question question) {
    String table = walk.nextTable();
    question.keep(table, tables, session);
    StepTable row = new StepTable(session, question.dataset(), table, question.column());
    return new Explanation(
        question.row(table, session), removed(row), walk.from(row, "the row that was asked about"));
  }

  private static Optional<String> removed(StepTable row) {
    if (!row.dataset().keepsRemoved()) {
      return Optional.empty();
    }
    String observed = row.dataset().has("observed_value") ? "observed_value" : "null";
    List<Object> why =
        row.session()
            .rows("select removed_reason, %s from %s".formatted(observed, row.table()))
            .get(0);
    return why.get(0) == null
        ? Optional.empty()
        : Optional.of(why.get(0) + (why.get(1) == null ? "" : ": " + why.get(1)));
  }
}
