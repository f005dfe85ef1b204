package ltv.calculate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ltv.calculate.report.type.ReportType;
import ltv.config.ReportSettings;
import ltv.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  private static final int USAGE = ExitCode.USAGE.code();

  @TempDir private Path folder;

  private int command(String name, String... flags) throws IOException {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: shop\nhome: %s\n".formatted(folder.resolve("home")));
    List<String> all = new ArrayList<>(List.of(name, "--config", site.toString()));
    all.addAll(List.of(flags));
    return CalculateCommand.execute(all.toArray(String[]::new));
  }

  @Test
  void flags_that_say_nothing_to_write_are_wrong() throws IOException {
    assertEquals(USAGE, command("report"));
    assertEquals(USAGE, command("report", "--week", "2026-47"));
    assertEquals(USAGE, command("report", "--week", "2025-W53"));
    assertEquals(USAGE, command("report", "--week", "2026-W47", "--type", "weather"));
    assertEquals(USAGE, command("report", "--week", "2026-W47", "--lang", "fr"));
    assertEquals(USAGE, command("report", "--week", "2026-W47", "--to", "gs://bucket/reports"));
    assertEquals(
        USAGE,
        command("report", "--week", "2026-W47", "--lang", "ko"),
        "of the site's own place a language alone would be another version");
    assertFalse(Files.exists(folder.resolve("home/reports")));
  }

  /** The run says so, and what was published before stays listed. */
  @Test
  void a_week_that_nobody_built_is_not_ready() throws IOException {
    assertEquals(ExitCode.NOT_READY.code(), command("report", "--week", "2026-W47"));
    assertTrue(Files.exists(folder.resolve("home/reports/shop/index-ko.html")));
    assertTrue(Files.exists(folder.resolve("home/reports/shop/index-en.html")));
  }

  @Test
  void a_site_has_every_report_unless_it_says_which() {
    assertEquals(
        Stream.of(ReportType.values()).map(ReportType::code).toList(),
        ReportSettings.DEFAULT.types());
  }

  @Test
  void the_explorer_of_a_day_that_nobody_built_is_not_ready() throws IOException {
    assertEquals(ExitCode.NOT_READY.code(), command("explore", "--date", "2026-11-15"));
    assertEquals(
        USAGE,
        command("explore", "--date", "2026-11-15", "--to", folder.resolve("a.html") + ""),
        "two languages do not fit into one file");
  }
}
