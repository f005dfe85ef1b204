package ltv.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import ltv.sandbox.market.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {
  @TempDir private Path folder;

  @Test
  void serve_writes_truth_and_addresses_and_ends_with_its_parent() throws Exception {
    Path truth = folder.resolve("truth.json");
    Path ready = folder.resolve("sandbox.env");
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    gone.waitFor();

    int exit =
        SandboxCommand.execute(
            "serve",
            "--seed",
            "5",
            "--from",
            "2026-11-01",
            "--days",
            "3",
            "--size",
            "0.2",
            "--truth",
            truth.toString(),
            "--ready",
            ready.toString(),
            "--parent",
            Long.toString(gone.pid()));

    assertEquals(0, exit);
    try (World same = new World(5, LocalDate.of(2026, 11, 1), 3, 0.2, 0, folder.resolve("drop"))) {
      assertEquals(same.truth(), new ObjectMapper().readValue(truth.toFile(), Truth.class));
      assertEquals(
          same.environment().keySet().stream().sorted().toList(),
          Files.readAllLines(ready).stream().map(l -> l.split("=")[0]).toList());
    }
    assertFalse(Files.exists(folder.resolve("sandbox.env.new")));
  }

  @Test
  void sql_says_what_is_wrong_with_the_query_and_ends_with_64() {
    assertEquals(64, SandboxCommand.execute("sql", folder.resolve("no").toString(), "select 1"));
  }

  @Test
  void no_token_of_the_simulated_world_looks_like_a_real_secret() {
    try (World world = new World(5, LocalDate.of(2026, 11, 1), 1, 0.1, 0, folder.resolve("drop"))) {
      Map<String, String> variables = world.environment();
      // a key must be one; it opens nothing else
      variables.remove("APPLE_ADS_PRIVATE_KEY");
      variables.remove("GOOGLE_SHEETS_KEY");
      assertEquals(folder.resolve("drop").toString(), variables.remove("DROP_FOLDER"));
      variables.forEach(
          (name, value) ->
              assertTrue(
                  value.startsWith("http://127.0.0.1:") || value.startsWith("sandbox-"), name));
    }
  }
}
