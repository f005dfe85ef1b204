package ltv.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir private Path folder;

  @Test
  void what_duckdb_spills_is_seen_while_it_works() {
    try (Usage usage = new Usage(folder.resolve("spill"));
        DuckDb engine = new DuckDb(new EngineSettings(1, "60MB"), folder);
        DuckDbSession session = engine.open()) {
      session.keep(
          "sorted",
          "select i, hash(i) as h, repeat('x', 40) as t from range(3000000) t(i) order by h");

      assertEquals(List.of(List.of(3_000_000L)), session.rows("select count(*) from sorted"));
      assertTrue(usage.spilled() > 20_000_000, usage.spilled() + " bytes");
    }
  }

  @Test
  void a_run_that_spills_nothing_says_nothing() {
    try (Usage usage = new Usage(folder.resolve("spill"))) {
      assertEquals(0, usage.spilled());
    }
  }

  @Test
  void the_memory_of_this_process_is_more_than_nothing() {
    assertTrue(Usage.memory().orElseThrow() > 10_000_000, Usage.memory().toString());
  }
}
