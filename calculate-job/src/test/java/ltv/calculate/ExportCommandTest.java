package ltv.calculate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ltv.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private Path folder;

  private int export(String... flags) throws IOException {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: shop\ntimezone: Asia/Seoul\nreporting_currency: KRW\nhome: %s\n"
                .formatted(folder.resolve("home")));
    List<String> all =
        new ArrayList<>(
            List.of("export", "--config", site.toString(), "--to", folder.resolve("a.csv") + ""));
    all.addAll(List.of(flags));
    return CalculateCommand.execute(all.toArray(String[]::new));
  }

  @Test
  void flags_that_name_no_rows_are_wrong() throws IOException {
    int usage = ExitCode.USAGE.code();

    assertEquals(usage, export("--mart", "mart_nope", "--format", "csv", "--date", "2026-11-15"));
    assertEquals(usage, export("--mart", "mart_model", "--format", "csv"));
    assertEquals(usage, export("--mart", "mart_model", "--format", "xls", "--date", "2026-11-15"));
    assertEquals(
        usage,
        export(
            "--mart",
            "mart_model",
            "--format",
            "csv",
            "--from",
            "2026-11-15",
            "--until",
            "2026-11-14"));
  }

  @Test
  void a_day_that_nobody_built_is_not_ready() throws IOException {
    assertEquals(
        ExitCode.NOT_READY.code(),
        export("--mart", "mart_model", "--format", "csv", "--date", "2026-11-15"));
    assertFalse(Files.exists(folder.resolve("a.csv")));
  }
}
