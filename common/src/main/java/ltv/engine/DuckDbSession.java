package ltv.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.WrittenRows;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A DuckDB session. Not thread-safe. */
public final class DuckDbSession implements Session {
  /** Begins the row itself in a message. */
  private static final String ROW = "Original Line";

  private final Connection connection;
  private final Path scratch;

  DuckDbSession(Connection connection, Path scratch) {
    this.connection = connection;
    this.scratch = scratch;
  }

  /** The connection behind the session, for ingest's typing of landed files. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void define(String name, LocalDate value) {
    execute("create or replace temp macro " + name + "() as date '" + value + "'");
  }

  @Override
  public void define(String name, String value) {
    execute("create or replace temp macro " + name + "() as '" + quoted(value) + "'");
  }

  /** Appended as texts, since a statement with values takes a hundred times as long to parse. */
  @Override
  public void table(String name, List<Column> columns, List<List<String>> rows) {
    String texts = name + "__texts";
    execute("create or replace temp table %s (%s)".formatted(texts, list(columns, "%s varchar")));
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", texts)) {
      for (List<String> row : rows) {
        appender.beginRow();
        for (String value : row) {
          if (value == null) {
            appender.appendNull();
          } else {
            appender.append(value);
          }
        }
        appender.endRow();
      }
    } catch (SQLException e) {
      throw failed("append to " + name, e);
    }
    keep(name, "select %s from %s".formatted(list(columns, "cast(%1$s as %2$s) as %1$s"), texts));
    execute("drop table " + texts);
  }

  private static String list(List<Column> columns, String each) {
    return columns.stream()
        .map(c -> each.formatted(c.name(), c.type().duckDb()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void view(String name, String query) {
    execute("create or replace temp view " + name + " as " + query);
  }

  /** Everything that a pinned table holds, read anew by each query. */
  public void read(String name, LakeTable table, Pin pin, List<Column> columns) {
    read(name, table, pin, columns, null, null, Reading.VIEW);
  }

  @Override
  public void read(
      String name,
      LakeTable table,
      Pin pin,
      List<Column> columns,
      LocalDate from,
      LocalDate to,
      Reading reading) {
    ParquetInput.define(
        this, name, table.schema(pin), columns, table.files(pin, from, to), reading);
  }

  @Override
  public ContentHash content(String name, List<Column> columns) {
    return ContentHash.of(this, name, columns);
  }

  @Override
  public WrittenRows write(
      String name, LakeTable table, Partition partition, List<String> sortedBy) {
    return ParquetFile.write(this, name, table.schema(Pin.nothing()), sortedBy);
  }

  @Override
  public void keep(String name, String query) {
    execute("create or replace temp table " + name + " as\n" + query);
  }

  @Override
  public List<ResultColumn> build(String name, String query) {
    keep(name, query);
    return describe(name);
  }

  @Override
  public List<ResultColumn> buildInParts(String name, String query, String many, long atOnce) {
    long parts = 1 + (Long) rows("select count(*) from " + many).get(0).get(0) / atOnce;
    for (long part = 0; part < parts; part++) {
      execute(
          "create or replace temp macro in_part(id) as hash(id) %% %d = %d".formatted(parts, part));
      String into =
          part == 0 ? "create or replace temp table " + name + " as" : "insert into " + name;
      execute(into + "\n" + query);
    }
    return describe(name);
  }

  private List<ResultColumn> describe(String name) {
    return rows("select column_name, column_type from (describe " + name + ")").stream()
        .map(r -> new ResultColumn((String) r.get(0), spelled((String) r.get(1))))
        .toList();
  }

  /** The columns of what a name stands for. */
  Set<String> columns(String name) {
    return describe(name).stream().map(ResultColumn::name).collect(Collectors.toSet());
  }

  /** Makes {@code name} stand for a query, and says its columns; nothing runs. */
  public List<ResultColumn> bind(String name, String query) {
    view(name, query);
    return describe(name);
  }

  /**
   * Runs what {@link #bind} bound straight into a file, for results that are too large to hold.
   * Queries read {@code name} from the file from now on.
   *
   * @param sortedBy the order of its rows; the query's own when empty
   */
  public WrittenRows.OnScratch stream(String name, LakeTable table, List<String> sortedBy) {
    WrittenRows.OnScratch written =
        ParquetFile.write(this, name, table.schema(Pin.nothing()), sortedBy);
    view(name, "select * from read_parquet('" + quoted(written.file().toString()) + "')");
    return written;
  }

  private static String spelled(String duckDbType) {
    return switch (duckDbType) {
      case "INTEGER" -> "int";
      case "BIGINT" -> "long";
      case "VARCHAR" -> "string";
      default -> duckDbType.toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public List<List<Object>> rows(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          row.add(value(result, i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  private static Object value(ResultSet result, int i) throws SQLException {
    Object value = result.getObject(i);
    if (result.getMetaData().getColumnType(i) == Types.TIMESTAMP) {
      return result.getObject(i, LocalDateTime.class);
    }
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    boolean whole =
        value instanceof Integer || value instanceof Short || value instanceof java.math.BigInteger;
    return whole ? (Object) Long.valueOf(((Number) value).longValue()) : value;
  }

  @Override
  public double[][] numbers(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      NumberColumns numbers = new NumberColumns(width);
      while (result.next()) {
        numbers.next();
        for (int i = 0; i < width; i++) {
          numbers.put(i, result.getDouble(i + 1));
        }
      }
      return numbers.columns();
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  /** Runs a statement that returns nothing. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** A fresh file name below scratch. */
  public Path scratchFile(String ending) {
    return scratch.resolve(UUID.randomUUID() + ending);
  }

  /** What a failure of DuckDB means; a full or lost disk is no fault of the query. */
  static JobException failed(String sql, SQLException e) {
    String first = sql.lines().limit(3).collect(Collectors.joining(" "));
    String text = String.valueOf(e.getMessage());
    if (text.contains(ROW)) { // which may name a person
      return new JobException(
          ExitCode.BUG, "DuckDB: " + text.substring(0, text.indexOf(ROW)) + "In: " + first);
    }
    if (text.contains("Out of Memory")) {
      return new JobException(
          ExitCode.OUT_OF_MEMORY, text + " Raise engine.memory_limit. In: " + first, e);
    }
    if (text.contains("No space left")
        || text.contains("Read-only file system")
        || text.contains("Cannot open file")) {
      return new JobException(
          ExitCode.CONFLICT, text + " Free or mount that disk. In: " + first, e);
    }
    return new JobException(ExitCode.BUG, "DuckDB: " + text + " In: " + first, e);
  }

  /** The text with its single quotes doubled, for use between single quotes. */
  public static String quoted(String text) {
    return text.replace("'", "''");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new JobException(ExitCode.BUG, "DuckDB does not close: " + e.getMessage(), e);
    }
  }
}
