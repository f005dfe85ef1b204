package ltv.calculate.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import ltv.config.EngineSettings;
import ltv.dataset.DatasetSchema;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MartExportTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 15);
  private static final DatasetSchema SCHEMA =
      new DatasetSchema(
          "one row per name",
          null,
          "day",
          false,
          false,
          false,
          false,
          false,
          null,
          null,
          List.of("name"),
          null,
          null,
          null,
          null,
          List.of(
              Column.of("day", "date"),
              Column.of("name", "string"),
              Column.of("paid", "decimal(18,4)"),
              Column.of("users", "long")),
          null,
          null,
          null,
          null,
          null);

  @TempDir private Path folder;
  private DuckDb engine;
  private DuckDbSession session;

  @BeforeEach
  void open() {
    engine = new DuckDb(new EngineSettings(1, "300MB"), folder.resolve("scratch"));
    session = engine.open();
    session.table(
        "mart_names",
        SCHEMA.columns(),
        List.of(
            List.of("2026-11-15", "봄, \"신상\"", "-3.5", "3"),
            List.of("2026-11-15", "=HYPERLINK(\"http://x\",\"a\")", "4", "2"),
            List.of("2026-11-14", "＝1+1", "5", "1"),
            Arrays.asList("2026-11-15", "나머지", null, null)));
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  private long export(String where, Format format, Reader reader, Path to) {
    return new MartExport(session, "mart_names", SCHEMA).write(where, format, reader, DAY, to);
  }

  @Test
  void people_get_a_mark_and_no_formula() throws IOException {
    Path file = folder.resolve("a.csv");

    assertEquals(3, export("users > 0 or false -- not the rest", Format.csv, Reader.PEOPLE, file));

    assertEquals(
        """
        \uFEFFday,name,paid,users
        2026-11-14,'＝1+1,5.0000,1
        2026-11-15,"'=HYPERLINK(""http://x"",""a"")",4.0000,2
        2026-11-15,"봄, ""신상\""",-3.5000,3
        """,
        Files.readString(file));
  }

  @Test
  void machines_get_values_as_they_are() throws IOException {
    Path file = folder.resolve("a.csv");

    export("name <> 'nobody'", Format.csv, Reader.MACHINE, file);

    assertEquals(
        """
        day,name,paid,users
        2026-11-14,＝1+1,5.0000,1
        2026-11-15,"=HYPERLINK(""http://x"",""a"")",4.0000,2
        2026-11-15,나머지,,
        2026-11-15,"봄, ""신상\""",-3.5000,3
        """,
        Files.readString(file));
  }

  @Test
  void parquet_is_read_back_as_it_was() {
    Path file = folder.resolve("a.parquet");

    assertEquals(4, export("true", Format.parquet, Reader.PEOPLE, file));

    try (DuckDbSession other = engine.open()) {
      assertEquals(
          List.of(4L, 2L, "=HYPERLINK(\"http://x\",\"a\")", "DECIMAL(18,4)"),
          other
              .rows(
                  "select count(*), count(distinct day), min(name), min(typeof(paid)) from read_parquet('%s')"
                      .formatted(file))
              .get(0));
    }
  }

  @Test
  void a_workbook_has_numbers_days_and_texts_and_is_the_same_twice() throws IOException {
    Path file = folder.resolve("a.xlsx");
    Path again = folder.resolve("b.xlsx");

    export("true", Format.xlsx, Reader.PEOPLE, file);
    try (DuckDbSession other = engine.open()) {
      session.close();
      session = other;
      open();
      export("true", Format.xlsx, Reader.PEOPLE, again);
    }

    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String sheet =
          new String(
              zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertTrue(sheet.contains("=HYPERLINK(&quot;http://x&quot;,&quot;a&quot;)"), sheet);
      assertFalse(sheet.contains("<f>"), sheet);
      assertTrue(sheet.contains("<v>-3.5</v>"), sheet);
      assertEquals(4, sheet.split("<row ").length - 2);
    }
  }

  @Test
  void what_a_sheet_cannot_hold_is_refused() {
    session.execute(
        "create or replace temp table mart_names as select date '2026-11-15' as day, cast(range as varchar) as name, cast(null as decimal(18,4)) as paid, range as users from range(1048576)");
    Path file = folder.resolve("a.xlsx");

    JobException refused =
        assertThrows(JobException.class, () -> export("true", Format.xlsx, Reader.PEOPLE, file));

    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertEquals(
        "mart_names has 1,048,576 such rows, and a sheet holds 1,048,575: narrow it by --where or days, or take --format csv or parquet.",
        refused.getMessage());
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "true; drop table exported",
        "true) union all select * from exported where (true",
        "users > (select max(users) from exported)",
        "exists (select * from read_text('/etc/passwd'))",
        "name in (select content from read_text('/etc/passwd'))",
        "nothing_like_it > 3",
        "users > 'many'",
        "sum(users) > 3",
        "row_number() over () = 1",
        "current_setting('temp_directory') like '%'",
        "users = ?",
        "true) group by all having ((select count(*) from duckdb_settings()) > 0",
        "true) qualify (row_number() over (order by users) = 1",
        "true) limit (1",
        "users > 1 order by 1",
        "users > 1 limit 1",
        "(users > 1",
        "read_text('/etc/passwd') is not null",
        "copy exported to '/tmp/stolen'",
        "attach '/tmp/x.db'"
      })
  void what_is_no_condition_on_the_columns_is_refused(String where) {
    Path file = folder.resolve("a.csv");

    JobException refused =
        assertThrows(JobException.class, () -> export(where, Format.csv, Reader.MACHINE, file));

    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("columns of mart_names: day, name, paid, users"),
        refused.getMessage());
    assertFalse(refused.getMessage().contains("root:"));
    assertFalse(Files.exists(file));
  }

  /** The lock holds even if a condition got past the parser's check. */
  @Test
  void a_session_that_exports_reads_no_other_file() {
    export("true", Format.csv, Reader.MACHINE, folder.resolve("a.csv"));

    assertThrows(JobException.class, () -> session.rows("select * from read_text('/etc/passwd')"));
    assertThrows(
        JobException.class,
        () -> session.execute("copy exported to '%s'".formatted(folder.resolve("b.csv"))));
    assertThrows(JobException.class, () -> session.execute("set enable_external_access = true"));
  }
}
