package ltv.lake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import ltv.run.FaultPoint;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.sqlite.JDBC;

/**
 * Iceberg's JDBC catalog with each statement executed once.
 *
 * <p>The stock pool repeats the pointer swap after a lost reply. The second update then matches no
 * row, the commit looks failed, and its manifests are deleted although the first update had
 * succeeded: the table is unreadable. Here a lost reply surfaces as an exception, which {@link
 * LakeTable} answers with "look again" instead of "clean up".
 */
public class LakeJdbcCatalog extends JdbcCatalog {
  /** Says by {@code true} that all statements use one connection: for who is done in seconds. */
  static final String ONE_CONNECTION = "ltv.one-connection";

  /** Made by name in Spark, by hand here. */
  public LakeJdbcCatalog() {
    super(null, OneShotPool::new, true);
  }

  private static final class OneShotPool extends JdbcClientPool {
    private final String uri;
    private final boolean one;
    private Connection kept;

    OneShotPool(Map<String, String> properties) {
      super(properties.get("uri"), properties);
      uri = properties.get("uri");
      one = Boolean.parseBoolean(properties.get(ONE_CONNECTION));
    }

    @Override
    protected Connection newClient() {
      if (!uri.startsWith(JDBC.PREFIX)) {
        return super.newClient();
      }
      try {
        return Database.sqliteConnection(uri);
      } catch (SQLException e) {
        throw new UncheckedSQLException(e, "Cannot open %s", uri);
      }
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action)
        throws SQLException, InterruptedException {
      return run(action, false);
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
        throws SQLException, InterruptedException {
      if (one) {
        synchronized (this) {
          kept = kept == null ? newClient() : kept;
          return once(action, kept);
        }
      }
      try (Connection connection = newClient()) {
        return once(action, connection);
      }
    }

    private static <R> R once(Action<R, Connection, SQLException> action, Connection connection)
        throws SQLException {
      FaultPoint.at("before-catalog");
      R result = action.run(connection);
      FaultPoint.at("after-catalog");
      return result;
    }

    @Override
    public void close() {
      if (kept != null) {
        close(kept);
      }
      super.close();
    }
  }
}
