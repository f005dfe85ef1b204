package ltv.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import ltv.config.DatabaseSettings;
import ltv.config.SiteConfig;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The ways to one state database: the catalog has its own connections, the ledger another.
 *
 * @param properties of the catalog, under Iceberg's names, secrets among them
 * @param ledger opens the ledger's
 */
public record StateDatabase(Map<String, String> properties, Supplier<Database> ledger) {
  /** Without it the catalog would take the tables of another schema for its own. */
  private static final Map<String, String> OF_MARIADB = Map.of("nullDatabaseMeansCurrent", "true");

  /** A file of this host, by its JDBC name. */
  static StateDatabase sqlite(String file) {
    String uri = "jdbc:sqlite:" + file;
    return new StateDatabase(Map.of("uri", uri), () -> Database.sqlite(uri));
  }

  /** The file of this host that others of it may write at the same time. */
  static StateDatabase of(Path file) {
    return sqlite(file.toAbsolutePath().normalize() + "?busy_timeout=30000&journal_mode=WAL");
  }

  /** The site's, as who only looks needs it: none is made where there is none. */
  static StateDatabase seenBy(SiteConfig site) {
    return site.state().isServer()
        ? server(site.state())
        : Files.exists(site.state().file())
            ? of(site.state().file())
            : sqlite("file:nothing-yet-" + UUID.randomUUID() + "?mode=memory&cache=shared");
  }

  /** A schema of a MariaDB server. */
  static StateDatabase server(DatabaseSettings settings) {
    return new StateDatabase(
        Map.of(
            "uri",
            Database.url(settings, OF_MARIADB),
            "jdbc.user",
            settings.user(),
            "jdbc.password",
            settings.password().reveal()),
        () -> Database.server(settings, OF_MARIADB));
  }

  /** The same database for who is done in seconds: one connection for all that the catalog asks. */
  StateDatabase onOneConnection() {
    Map<String, String> more = new HashMap<>(properties);
    more.put(LakeJdbcCatalog.ONE_CONNECTION, "true");
    return new StateDatabase(more, ledger);
  }

  /** What the catalog wants to know to open the tables of a warehouse. */
  Map<String, String> catalog(Storage warehouse) {
    Map<String, String> catalog = new HashMap<>(properties);
    catalog.putAll(warehouse.properties());
    catalog.put("warehouse", warehouse.uri());
    catalog.put("jdbc.schema-version", "V1");
    return catalog;
  }

  /**
   * What the engine of a cluster needs to open the same catalog, under Iceberg's names, secrets
   * among them.
   *
   * @throws JobException with exit 78 for a site whose state or tables other hosts do not reach
   */
  public static Map<String, String> catalogOf(SiteConfig site) {
    Storage warehouse = Storage.warehouse(site);
    if (!site.state().isServer() || warehouse.isLocal()) {
      throw new JobException(
          ExitCode.CONFIGURATION,
          "The site's state ("
              + site.state()
              + ") or warehouse ("
              + site.warehouse()
              + ") lies on one host, which the other hosts of a cluster do not reach; set state to a"
              + " MariaDB schema and warehouse to s3://bucket/prefix.");
    }
    Map<String, String> catalog = server(site.state()).catalog(warehouse);
    catalog.put("catalog-impl", LakeJdbcCatalog.class.getName());
    return catalog;
  }
}
