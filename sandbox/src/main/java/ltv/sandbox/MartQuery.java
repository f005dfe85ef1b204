package ltv.sandbox;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import ltv.run.ExitCode;
import ltv.run.JobException;

/** Reads a mart file the way a BI tool would: read-only, while a run may be replacing it. */
final class MartQuery {
  private final Path file;

  MartQuery(Path file) {
    this.file = file;
  }

  /** The rows as texts, the first one being the column names. */
  List<List<String>> rows(String query) {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      List<String> header = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        header.add(result.getMetaData().getColumnLabel(i));
      }
      rows.add(header);
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new JobException(ExitCode.USAGE, "Cannot query " + file + ": " + e.getMessage(), e);
    }
  }

  /** Prints the rows as a table. */
  void print(String query) {
    System.out.print(TextTable.of(rows(query)));
  }
}
