package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final String ONE = "select 1 as n";

  @Test
  void steps_are_taken_until_nothing_changes() {
    try (DuckDbSession session = DuckDbCases.open()) {
      new Settling("select 7 as most", ONE, "select least(n + 1, most) as n from settled, links")
          .run(session, "stg_x");

      assertEquals(List.of(List.of(7L)), session.rows("select n from settled"));
    }
  }

  @Test
  void rows_that_are_settled_from_the_start_stay() {
    try (DuckDbSession session = DuckDbCases.open()) {
      new Settling(ONE, "select null as n", "select n from settled").run(session, "stg_x");

      assertEquals(1, session.rows("select n from settled").size());
    }
  }

  @Test
  void a_step_that_never_ends_is_a_fault_of_the_dataset() {
    try (DuckDbSession session = DuckDbCases.open()) {
      Settling settling = new Settling(ONE, ONE, "select n + 1 as n from settled");

      JobException e = assertThrows(JobException.class, () -> settling.run(session, "stg_x"));

      assertEquals(ExitCode.BUG, e.exitCode());
      assertEquals(
          "stg_x/step.sql still changes rows after 500 steps; it never ends", e.getMessage());
    }
  }
}
