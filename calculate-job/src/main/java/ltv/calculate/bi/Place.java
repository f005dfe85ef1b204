package ltv.calculate.bi;

import java.net.URI;
import java.nio.file.Path;
import ltv.config.DatabaseSettings;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Where a tool finds the marts, without a password: tools ask for it.
 *
 * @param file the file of a site that serves one; null for a server
 * @param host of the server
 * @param port of the server
 * @param schema of the server; main for a file
 * @param user the account that may only read
 */
public record Place(Path file, String host, int port, String schema, String user) {
  private static final int MARIADB = 3306;

  /** What tools are shown instead of a password; Superset asks for one where it stands. */
  private static final String HIDDEN = "XXXXXXXXXX";

  /**
   * What the site file says, seen by another account and perhaps from another network.
   *
   * @param user the account that may only read
   * @param server host, or host:port, as the tool sees it; null for the site file's
   * @throws JobException with exit 64 when the server cannot be told
   */
  public static Place of(DatabaseSettings marts, String user, String server) {
    if (!marts.isServer()) {
      if (server != null) {
        throw new JobException(
            ExitCode.USAGE,
            "--server is for marts that a server serves; this site's lie in " + marts.file());
      }
      return new Place(marts.file().toAbsolutePath(), null, 0, "main", null);
    }
    URI uri = URI.create(marts.url().substring("jdbc:".length()));
    URI seen = server == null ? uri : URI.create("mariadb://" + server);
    if (seen.getHost() == null) {
      throw new JobException(
          ExitCode.USAGE,
          "%s names no single server; give one as tools see it: --server HOST:PORT"
              .formatted(server == null ? marts : "--server " + server));
    }
    int port = seen.getPort() < 0 ? MARIADB : seen.getPort();
    return new Place(null, seen.getHost(), port, uri.getPath().substring(1), user);
  }

  boolean isServer() {
    return file == null;
  }

  /** As SQLAlchemy reads it. */
  String sqlAlchemy() {
    return isServer()
        ? "mysql://%s:%s@%s:%d/%s?charset=utf8mb4".formatted(user, HIDDEN, host, port, schema)
        : "duckdb:///%s?access_mode=read_only".formatted(file);
  }
}
