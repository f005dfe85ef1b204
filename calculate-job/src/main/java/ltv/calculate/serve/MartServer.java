package ltv.calculate.serve;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import ltv.config.DatabaseSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Database;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.run.FaultPoint;

/**
 * The marts as tables of a MariaDB schema. All marts of a run change in one InnoDB transaction, so
 * a statement sees one run, a repeatable-read transaction sees one run across its statements, and
 * neither readers nor the publisher wait for each other.
 */
final class MartServer extends MartPublisher {
  private static final String MIGRATIONS = "ltv/calculate/serve/marts";
  private static final String NEWEST_MIGRATION = "2";

  /** A load of many rows is answered when it is done. */
  private static final Map<String, String> OF_LOADS =
      Map.of("allowLocalInfile", "true", "socketTimeout", "1800000");

  /** Publishers take turns, each for as long as its load takes; a table's shape waits shortly. */
  private static final List<String> PATIENCE =
      List.of("set session innodb_lock_wait_timeout = 1800", "set session lock_wait_timeout = 10");

  private final DatabaseSettings settings;
  private final DuckDb engine;

  MartServer(DatabaseSettings settings, DuckDb engine) {
    this.settings = settings;
    this.engine = engine;
  }

  /** One partition as it is published now. */
  private record Publication(String contentHash, long rows) {}

  @Override
  Published publish(Supplier<Marts> look, String runId) {
    try (Database database = Database.server(settings, OF_LOADS);
        DuckDbSession session = engine.open()) {
      database.migrate(MIGRATIONS, NEWEST_MIGRATION);
      return database.call(connection -> publish(look, runId, connection, session));
    }
  }

  private Published publish(
      Supplier<Marts> look, String runId, Connection connection, DuckDbSession session)
      throws SQLException {
    execute(connection, PATIENCE);
    for (CurrentMart mart : look.get().marts()) {
      MartTable table = new MartTable(mart);
      table.migrate(connection);
      table.views(connection);
    }
    connection.setAutoCommit(false);
    try {
      execute(connection, List.of("select id from mart_lock where id = 1 for update"));
      Published published = replace(look.get(), runId, connection, session);
      FaultPoint.at("before-publication");
      connection.commit();
      FaultPoint.at("after-publication");
      return published;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** A connection that is gone cannot roll back; the server has done it then. */
  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private Published replace(Marts marts, String runId, Connection connection, DuckDbSession session)
      throws SQLException {
    boolean changed = false;
    for (CurrentMart mart : marts.marts()) {
      Map<Partition, Publication> before = published(connection, mart.name());
      TreeSet<Partition> stale = new TreeSet<>(before.keySet());
      stale.removeAll(mart.pin().published().keySet());
      TreeSet<Partition> news = new TreeSet<>();
      mart.pin()
          .published()
          .forEach(
              (partition, entry) -> {
                Publication now = new Publication(entry.content(), entry.rowsOut());
                if (!now.equals(before.get(partition))) {
                  news.add(partition);
                }
              });
      if (!stale.isEmpty() || !news.isEmpty()) {
        changed = true;
        MartSlices slices = new MartSlices(mart, connection);
        slices.delete(stale);
        slices.delete(news);
        FaultPoint.at("before-load");
        slices.load(news, session);
        FaultPoint.at("after-load");
        record(connection, mart, stale, news, runId);
      }
    }
    return status(connection, marts.status()) || changed ? Published.REPLACED : Published.UNCHANGED;
  }

  private static Map<Partition, Publication> published(Connection connection, String mart)
      throws SQLException {
    Map<Partition, Publication> published = new TreeMap<>();
    String sql = "select part, content_hash, row_count from mart_publication where dataset = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, mart);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          published.put(
              Partition.parse(rows.getString(1)),
              new Publication(rows.getString(2), rows.getLong(3)));
        }
      }
    }
    return published;
  }

  private static void record(
      Connection connection,
      CurrentMart mart,
      TreeSet<Partition> stale,
      TreeSet<Partition> news,
      String runId)
      throws SQLException {
    Timestamp now = Timestamp.from(Clock.systemUTC().instant());
    try (PreparedStatement delete =
            connection.prepareStatement(
                "delete from mart_publication where dataset = ? and part = ?");
        PreparedStatement replace =
            connection.prepareStatement(
                "replace into mart_publication values (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Partition partition : stale) {
        set(delete, mart.name(), partition.toString());
        delete.executeUpdate();
      }
      for (Partition partition : news) {
        LedgerEntry entry = mart.pin().published().get(partition);
        set(
            replace,
            mart.name(),
            partition.toString(),
            mart.pin().snapshotName(),
            entry.rowsOut(),
            entry.content(),
            entry.runId(),
            runId,
            now);
        replace.executeUpdate();
      }
    }
  }

  /** Brings {@code mart_status} to what is known; returns whether that was a change. */
  private static boolean status(Connection connection, List<MartStatus> wanted)
      throws SQLException {
    String select =
        "select dataset, part, state, row_count, missing, problem, run_id from mart_status order by dataset, part";
    List<MartStatus> before = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet r = statement.executeQuery(select)) {
      while (r.next()) {
        before.add(
            new MartStatus(
                r.getString(1),
                r.getString(2),
                r.getString(3),
                r.getLong(4),
                r.getString(5),
                r.getString(6),
                r.getString(7)));
      }
    }
    if (before.equals(wanted)) {
      return false;
    }
    execute(connection, List.of("delete from mart_status"));
    try (PreparedStatement insert =
        connection.prepareStatement("insert into mart_status values (?, ?, ?, ?, ?, ?, ?)")) {
      for (MartStatus s : wanted) {
        set(
            insert,
            s.dataset(),
            s.part(),
            s.state(),
            s.rows(),
            s.missing(),
            s.problem(),
            s.runId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return true;
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
