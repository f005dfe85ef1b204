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
    return export(folder.resolve("a.csv"), flags);
  }

  private int export(Path to, String... flags) throws IOException {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: shop\ntimezone: Asia/Seoul\nreporting_currency: KRW\nhome: %s\n"
                .formatted(folder.resolve("home")));
    List<String> all =
        new ArrayList<>(List.of("export", "--config", site.toString(), "--to", to.toString()));
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

  /** What is said of a CSV must not be lost in silence on another file. */
  @Test
  void who_opens_it_is_said_of_a_csv_only() throws IOException {
    for (String format : List.of("xlsx", "parquet")) {
      assertEquals(
          ExitCode.USAGE.code(),
          export(
              "--mart",
              "mart_model",
              "--format",
              format,
              "--for",
              "machine",
              "--date",
              "2026-11-15"));
    }
    assertEquals(
        ExitCode.NOT_READY.code(),
        export(
            "--mart", "mart_model", "--format", "csv", "--for", "machine", "--date", "2026-11-15"));
  }

  @Test
  void a_file_needs_a_folder_that_is_there() throws IOException {
    int usage = ExitCode.USAGE.code();
    String[] list = {"customer", "list", "--config", "x", "--date", "2026-11-15", "--to", ""};

    for (Path to : List.of(folder, folder.resolve("none/a.csv"))) {
      assertEquals(
          usage, export(to, "--mart", "mart_model", "--format", "csv", "--date", "2026-11-15"));
      list[3] = folder.resolve("site.yaml").toString();
      list[list.length - 1] = to.toString();
      assertEquals(usage, CalculateCommand.execute(list));
    }
  }

  @Test
  void a_day_that_nobody_built_is_not_ready() throws IOException {
    assertEquals(
        ExitCode.NOT_READY.code(),
        export("--mart", "mart_model", "--format", "csv", "--date", "2026-11-15"));
    assertFalse(Files.exists(folder.resolve("a.csv")));
  }
}
