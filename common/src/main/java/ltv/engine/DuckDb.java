package ltv.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.config.EngineSettings;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.duckdb.DuckDBConnection;
import org.slf4j.LoggerFactory;

/**
 * DuckDB inside this process: one database in memory, spilling to scratch, since to make one takes
 * longer than most queries. Each session has temporary tables, views and functions of its own.
 */
public final class DuckDb implements Engine {
  /** Enters every recipe hash: a new major version may compute differently. */
  public static final String VERSION = "duckdb-2";

  private static final String IN_MEMORY = "jdbc:duckdb:";
  private static final String FUNCTIONS = resource("functions-duckdb.sql");
  private static final Pattern DEFINITION =
      Pattern.compile("^create macro (\\w+)\\(.*?;$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final List<Defined> DEFINED =
      DEFINITION
          .matcher(FUNCTIONS)
          .results()
          .map(
              d ->
                  new Defined(
                      d.group(1), d.group(), Pattern.compile("\\b" + d.group(1) + "\\s*\\(")))
          .toList();

  /** One of the common functions, and what a call of it looks like. */
  private record Defined(String name, String definition, Pattern call) {}

  private final EngineSettings settings;
  private final Path scratch;
  private DuckDBConnection database;

  /**
   * An engine that spills below {@code scratch}.
   *
   * @param scratch a folder of its own: made when missing, removed with everything in it at the end
   */
  public DuckDb(EngineSettings settings, Path scratch) {
    this.settings = settings;
    this.scratch = scratch.toAbsolutePath();
  }

  /**
   * Begins to load the library beside what the caller does next, for a command that will ask and is
   * done in seconds. What goes wrong is told when a session is opened.
   */
  public static void wake() {
    CompletableFuture.runAsync(
        () -> {
          try (Connection ignored = DriverManager.getConnection(IN_MEMORY)) {
            return; // whoever connects has loaded it
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Opens a session with the common functions defined and no network or extension download. */
  @Override
  public synchronized DuckDbSession open() {
    try {
      Files.createDirectories(scratch);
      if (database == null) {
        database = started();
      }
      try {
        return new DuckDbSession(connected(), scratch);
      } catch (SQLException e) { // after an error of its own a database answers nobody any more
        stop();
        database = started();
        return new DuckDbSession(connected(), scratch);
      }
    } catch (SQLException e) {
      throw new JobException(ExitCode.BUG, "DuckDB does not start: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot write to scratch " + scratch + ": " + e + ". Free or mount the disk.",
          e);
    }
  }

  private DuckDBConnection started() throws SQLException {
    DuckDBConnection started =
        DriverManager.getConnection(IN_MEMORY).unwrap(DuckDBConnection.class);
    try (Statement statement = started.createStatement()) {
      for (String setting : settings()) {
        statement.execute(setting);
      }
      statement.execute(FUNCTIONS);
    }
    return started;
  }

  private Connection connected() throws SQLException {
    Connection connection = database.duplicate();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
    }
    return connection;
  }

  /**
   * Ends the database and removes the scratch folder; what cannot be removed is left for the next
   * cleaning of the disk.
   */
  @Override
  public synchronized void close() {
    stop();
    if (!Files.isDirectory(scratch)) {
      return;
    }
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(DuckDb.class)
          .warn("Cannot remove scratch {}: {}", scratch, e.toString());
    }
  }

  private void stop() {
    try {
      if (database != null) {
        database.close();
      }
    } catch (SQLException e) {
      LoggerFactory.getLogger(DuckDb.class).warn("DuckDB does not end: {}", e.toString());
    }
    database = null;
  }

  private List<String> settings() {
    return List.of(
        "set threads = " + settings.threads(),
        "set memory_limit = '" + settings.memoryLimit() + "'",
        "set temp_directory = '" + DuckDbSession.quoted(scratch.resolve("spill").toString()) + "'",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false");
  }

  /**
   * The common functions that statements call, and those that these call, as text: part of their
   * recipe, so that a new function makes nothing stale.
   */
  public static String functionsOf(String statements) {
    String calls = statements;
    StringBuilder called = new StringBuilder();
    for (int i = DEFINED.size() - 1; i >= 0; i--) { // a function calls only those before it
      Defined one = DEFINED.get(i);
      if (calls.contains(one.name()) && one.call().matcher(calls).find()) {
        called.append(one.definition());
        calls += one.definition();
      }
    }
    return called.toString();
  }

  private static String resource(String name) {
    try (InputStream in = DuckDb.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
