package ltv.sandbox.chain;

import java.nio.file.Path;
import java.util.UUID;
import ltv.config.DatabaseSettings;
import ltv.config.S3Settings;
import ltv.server.MariaDbServer;
import ltv.server.S3Server;

/** A database server and a store, and room in them for any number of sites. */
final class Places implements AutoCloseable {
  private final MariaDbServer mariaDb;
  private final S3Server s3;

  Places(Path folder) {
    this.mariaDb = MariaDbServer.start(folder.resolve("mariadb"));
    this.s3 = S3Server.start(folder.resolve("s3"));
  }

  MariaDbServer mariaDb() {
    return mariaDb;
  }

  /** Lines of a site file whose state, marts, tables and landing lie here, in places of its own. */
  String settings() {
    String name = "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    S3Settings store = s3.settings();
    return """
    warehouse: s3://%1$s/%2$s/warehouse
    landing: s3://%1$s/%2$s/landing
    s3: {endpoint: "%3$s", access_key_id: %4$s, secret_access_key: %5$s}
    state: %6$s
    marts: %7$s
    """
        .formatted(
            S3Server.BUCKET,
            name,
            store.endpoint(),
            store.accessKeyId(),
            store.secretAccessKey().reveal(),
            yaml(mariaDb.schema("state_" + name)),
            yaml(mariaDb.martSchema("mart_" + name)));
  }

  /** The same settings with a state database that knows nothing. */
  String forgotten(String settings) {
    String state = settings.replaceAll("(?s).*/(state_\\w+)\".*", "$1");
    mariaDb.schema(state + "_new");
    return settings.replace("/" + state, "/" + state + "_new");
  }

  private static String yaml(DatabaseSettings database) {
    return "{url: \"%s\", user: %s, password: %s}"
        .formatted(database.url(), database.user(), database.password().reveal());
  }

  @Override
  public void close() {
    s3.close();
    mariaDb.close();
  }
}
