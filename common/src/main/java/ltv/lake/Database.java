package ltv.lake;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import ltv.config.DatabaseSettings;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.JDBC;

/**
 * A database whose schema is brought up to date before its first use: SQLite on one connection, or
 * a MariaDB server through a pool, so that a connection that died is not handed out.
 */
public final class Database implements AutoCloseable {
  /** A server that is silent for a minute is as good as away; the default waits for ever. */
  private static final Map<String, String> TIMEOUTS =
      Map.of("connectTimeout", "10000", "socketTimeout", "60000");

  private static final String REFUSED_ACCOUNT = "28";
  private static final String REFUSED_STATEMENT = "42";
  private static final int CONNECTIONS = 2;
  private static final long CONNECT_MS = 15_000;
  private static final int SQLITE_BUSY = 5;
  private static final long OPENING_NS = 30_000_000_000L;
  private static final long OPENING_PAUSE_NS = 10_000_000;

  private final String where;
  private final Connection only;
  private final HikariDataSource pool;

  private Database(String where, Connection only, HikariDataSource pool) {
    this.where = where;
    this.only = only;
    this.pool = pool;
  }

  /** Work with a connection, which is in autocommit and must be left so. */
  @FunctionalInterface
  public interface Work<R> {
    /** Does the work. */
    R on(Connection connection) throws SQLException;
  }

  /**
   * A MariaDB schema.
   *
   * @param more parameters of the driver beside the timeouts
   * @throws JobException with exit 75 when it does not answer
   */
  public static Database server(DatabaseSettings settings, Map<String, String> more) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url(settings, more));
    config.setUsername(settings.user());
    config.setPassword(settings.password().reveal());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_MS);
    config.setPoolName(settings.toString());
    try {
      return new Database(settings.toString(), null, new HikariDataSource(config));
    } catch (PoolInitializationException e) {
      throw away(settings.toString(), e.getCause() == null ? e : e.getCause());
    }
  }

  /** An SQLite database by its JDBC address. */
  static Database sqlite(String uri) {
    long until = System.nanoTime() + OPENING_NS;
    while (true) {
      try {
        return new Database(uri, sqliteConnection(uri), null);
      } catch (SQLException e) {
        // of those who make a file at once one chooses its journal; SQLite refuses the others
        // without the waiting that busy_timeout asks for
        boolean busy = e.getErrorCode() == SQLITE_BUSY;
        if (!busy || System.nanoTime() > until) {
          throw away(uri, e);
        }
        LockSupport.parkNanos(OPENING_PAUSE_NS);
      }
    }
  }

  /**
   * Not by DriverManager, which wakes every driver: DuckDB's takes longer than a look at SQLite.
   */
  static Connection sqliteConnection(String uri) throws SQLException {
    return JDBC.createConnection(uri, new Properties());
  }

  /** The settings' address with the timeouts, unless it says its own. */
  static String url(DatabaseSettings settings, Map<String, String> more) {
    StringBuilder url = new StringBuilder(settings.url());
    Map<String, String> parameters = new java.util.TreeMap<>(TIMEOUTS);
    parameters.putAll(more);
    parameters.forEach(
        (name, value) -> {
          if (!settings.url().contains(name + "=")) {
            url.append(url.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
          }
        });
    return url.toString();
  }

  /**
   * Runs work on a connection, of which SQLite has one for all threads; a database that does not
   * answer ends it with exit 75.
   */
  public <R> R call(Work<R> work) {
    try {
      if (only != null) {
        synchronized (only) {
          return work.on(only);
        }
      }
      try (Connection connection = pool.getConnection()) {
        return work.on(connection);
      }
    } catch (SQLException e) {
      throw away(where, e);
    }
  }

  /**
   * Brings the schema to the newest of the packed migrations. One look decides whether there is
   * anything to do, since waking the migrations takes longer than most runs.
   *
   * @param folder of the class path that holds {@code V1__….sql} and so on
   * @param newest the version of the last of them
   */
  public void migrate(String folder, String newest) {
    if (call(connection -> isAt(connection, newest))) {
      return;
    }
    try {
      FluentConfiguration flyway = Flyway.configure(Database.class.getClassLoader());
      (pool == null ? flyway.dataSource(where, null, null) : flyway.dataSource(pool))
          .locations("classpath:" + folder)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw away(where, e);
    }
  }

  private static boolean isAt(Connection connection, String newest) {
    String sql = "select count(*) from flyway_schema_history where success and version = '%s'";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted(newest))) {
      return row.next() && row.getInt(1) > 0;
    } catch (SQLException e) {
      return false; // no such table: nobody has migrated this schema yet
    }
  }

  /** A server that refuses an account or a statement will refuse it again. */
  private static JobException away(String where, Throwable e) {
    String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return state.startsWith(REFUSED_ACCOUNT) || state.startsWith(REFUSED_STATEMENT)
        ? new JobException(
            ExitCode.CONFIGURATION,
            "The database "
                + where
                + " refuses: "
                + e.getMessage()
                + ". Check url, user, password and the rights of docker/accounts.sql.",
            e)
        : new JobException(
            ExitCode.CONFLICT,
            "The database "
                + where
                + " does not answer: "
                + e.getMessage()
                + ". Bring it back, then run this again; nothing is half done.",
            e);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
      return;
    }
    try {
      only.close();
    } catch (SQLException e) {
      throw away(where, e);
    }
  }
}
