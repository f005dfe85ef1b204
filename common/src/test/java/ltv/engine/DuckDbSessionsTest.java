package ltv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ltv.config.EngineSettings;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions share a database and nothing in it. */
class DuckDbSessionsTest {
  private static final EngineSettings SETTINGS = new EngineSettings(1, "100MB");

  @TempDir private Path folder;

  @Test
  void each_has_tables_views_and_functions_of_its_own() {
    try (DuckDb engine = new DuckDb(SETTINGS, folder.resolve("scratch"));
        DuckDbSession one = engine.open();
        DuckDbSession two = engine.open()) {
      one.define("run_id", "first");
      two.define("run_id", "second");
      one.keep("rows_of", "select run_id() as id");
      two.keep("rows_of", "select run_id() as id");
      one.view("only_here", "select id from rows_of");

      assertEquals(List.of(List.of("first")), one.rows("select id from only_here"));
      assertEquals(List.of(List.of("second")), two.rows("select id from rows_of"));
      assertThrows(JobException.class, () -> two.rows("select id from only_here"));
      assertEquals(
          List.of(List.of("UTC")), two.rows("select current_setting('TimeZone')"), "in each");
    }
  }

  @Test
  void what_a_session_kept_goes_with_it_and_scratch_with_the_engine() {
    Path scratch = folder.resolve("scratch");
    try (DuckDb engine = new DuckDb(SETTINGS, scratch)) {
      try (DuckDbSession one = engine.open()) {
        one.keep("kept", "select range as n from range(100000)");
      }
      try (DuckDbSession two = engine.open()) {
        assertThrows(JobException.class, () -> two.rows("select n from kept"));
        assertEquals(
            List.of(List.of(0L)), two.rows("select count(*) from duckdb_tables() where temporary"));
      }
    }
    assertFalse(Files.exists(scratch));
  }
}
