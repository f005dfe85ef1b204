package ltv.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;

/**
 * A database: a file of this host, written as its path, or a schema of a MariaDB server, written as
 * {@code {url, user, password}}.
 *
 * @param file null for a server
 * @param url {@code jdbc:mariadb://host:3306/schema}, null for a file
 * @param user of the server
 * @param password of the user
 */
public record DatabaseSettings(Path file, String url, String user, Secret password) {
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public DatabaseSettings(
      @JsonProperty("file") Path file,
      @JsonProperty("url") String url,
      @JsonProperty("user") String user,
      @JsonProperty("password") Secret password) {
    boolean server = file == null;
    new Problems()
        .check(server ^ url == null, "url", "is missing; or give the path of a file instead")
        .check(
            url == null || url.startsWith("jdbc:mariadb://"),
            "url",
            "must look like jdbc:mariadb://host:3306/schema")
        .check(!server || user != null, "user", "is missing")
        .check(!server || password != null, "password", "is missing")
        .throwIfAny();
    this.file = file;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** A database in a file: SQLite for the state, DuckDB for the marts. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DatabaseSettings file(String path) {
    return new DatabaseSettings(Path.of(path), null, null, null);
  }

  /** Whether it is a server, which any host may reach. */
  public boolean isServer() {
    return file == null;
  }

  /** Where it is, for messages. */
  @Override
  public String toString() {
    return isServer() ? url.replaceFirst("\\?.*", "") : file.toString();
  }
}
