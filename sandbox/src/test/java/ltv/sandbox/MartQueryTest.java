package ltv.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MartQueryTest {
  @TempDir private Path folder;

  private Path mart() throws SQLException {
    Path file = folder.resolve("mart.duckdb");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement()) {
      statement.execute("create table t as select 1 as n, null as nothing, '봄' as word");
    }
    return file;
  }

  @Test
  void rows_come_as_texts_below_their_column_names() throws SQLException {
    assertEquals(
        List.of(List.of("n", "nothing", "word"), List.of("1", "", "봄")),
        new MartQuery(mart()).rows("select * from t"));
  }

  @Test
  void the_file_is_opened_read_only() throws SQLException {
    MartQuery query = new MartQuery(mart());

    JobException refused =
        assertThrows(JobException.class, () -> query.rows("insert into t values (2, null, 'x')"));

    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().contains("read-only"), refused::getMessage);
    assertEquals(2, query.rows("select * from t").size());
  }

  @Test
  void a_missing_file_is_named_and_not_made() {
    Path missing = folder.resolve("none.duckdb");

    JobException refused =
        assertThrows(JobException.class, () -> new MartQuery(missing).rows("select 1"));

    assertTrue(refused.getMessage().contains(missing.toString()), refused::getMessage);
    assertFalse(Files.exists(missing));
  }
}
