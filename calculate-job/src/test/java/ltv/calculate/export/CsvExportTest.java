package ltv.calculate.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvExportTest {
  private static final List<Column> COLUMNS =
      List.of(Column.of("name", "string"), Column.of("paid", "long"));

  @TempDir private Path folder;

  @Test
  void spreadsheets_read_korean_and_run_no_formula() throws IOException {
    Path file = Files.writeString(folder.resolve("list.csv"), "what was there before");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "200MB"), folder.resolve("scratch"));
        DuckDbSession session = engine.open()) {
      session.table(
          "people",
          COLUMNS,
          List.of(
              List.of("=HYPERLINK(\"http://x\")", "4"),
              List.of("봄, \"신상\"", "3"),
              List.of("-1+1", "2"),
              Arrays.asList(null, "1"),
              List.of("left out", "0")));

      assertEquals(
          4, CsvExport.write(session, "people", COLUMNS, "paid > 0", List.of("paid desc"), file));
    }

    assertEquals(
        """
        \uFEFFname,paid
        "'=HYPERLINK(""http://x"")",4
        "봄, ""신상\""",3
        '-1+1,2
        ,1
        """,
        Files.readString(file));
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(List.of(file), left.filter(f -> f.toString().endsWith(".csv")).toList());
    }
  }
}
