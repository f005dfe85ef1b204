package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * The site's tables: an Iceberg catalog and the ledger in the state database, data files in the
 * warehouse. One per process; not thread-safe.
 */
public final class Lake implements AutoCloseable {
  /** Part of the catalog's key: the same word in every job and in Spark. */
  private static final String CATALOG_NAME = "lake";

  /** Eight processes that start at once lose at most this many races for the catalog's tables. */
  private static final int FIRST_START_TRIES = 8;

  /** Chosen from measurements with 1,000 commits; the defaults leave 700 MB of metadata. */
  private static final Map<String, String> TABLE_PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.metadata.compression-codec", "gzip",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20",
          "commit.manifest.min-count-to-merge", "20",
          "commit.retry.num-retries", "100",
          "commit.retry.min-wait-ms", "10",
          "commit.retry.max-wait-ms", "500",
          "write.wap.enabled", "true");

  private final LakeJdbcCatalog catalog;
  private final Ledger ledger;
  private final String warehouse;

  private Lake(LakeJdbcCatalog catalog, Ledger ledger, String warehouse) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.warehouse = warehouse;
  }

  /**
   * Opens, and on first use creates, the lake of one host: SQLite beside a local warehouse.
   *
   * @param state the database file; must lie on a local disk (its WAL does not work on NFS)
   * @param warehouse the folder of the tables
   */
  public static Lake open(Path state, Path warehouse) {
    return open(state, warehouse, LocalFileIO.class.getName());
  }

  /** As {@link #open(Path, Path)} with another file access, which tests use to let it fail. */
  static Lake open(Path state, Path warehouse, String fileIo) {
    Path stateFile = state.toAbsolutePath().normalize();
    Path folder = warehouse.toAbsolutePath().normalize();
    try {
      Files.createDirectories(stateFile.getParent());
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot write below " + folder + ": " + e + ". Make the disk writable and run again.",
          e);
    }
    String uri = "jdbc:sqlite:" + stateFile + "?busy_timeout=30000&journal_mode=WAL";
    LakeJdbcCatalog catalog = connect(uri, folder, fileIo);
    return new Lake(catalog, new Ledger(uri), folder.toString());
  }

  private static LakeJdbcCatalog connect(String uri, Path warehouse, String fileIo) {
    Map<String, String> properties =
        Map.of(
            "uri",
            uri,
            "warehouse",
            "file://" + warehouse,
            "io-impl",
            fileIo,
            "jdbc.schema-version",
            "V1");
    for (int attempt = 1; ; attempt++) {
      LakeJdbcCatalog catalog = new LakeJdbcCatalog();
      try {
        catalog.initialize(CATALOG_NAME, properties);
        return catalog;
      } catch (UncheckedSQLException e) {
        // processes that start together race for the catalog's tables; the loser looks again
        if (attempt == FIRST_START_TRIES) {
          throw new JobException(
              ExitCode.CONFLICT,
              "Cannot open the state database " + uri + ": " + e.getMessage() + ". Try again.",
              e);
        }
      }
    }
  }

  /** The table of a dataset, created when nobody has written it yet. */
  public LakeTable table(TableSpec spec) {
    return existing(spec).orElseGet(() -> open(create(spec), spec));
  }

  /** The table of a dataset if anybody has written it. */
  public Optional<LakeTable> existing(TableSpec spec) {
    try {
      return Optional.of(open(catalog.loadTable(spec.identifier()), spec));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private LakeTable open(Table table, TableSpec spec) {
    return new LakeTable(evolve(table, spec), spec, ledger, warehouse);
  }

  private Table create(TableSpec spec) {
    for (int attempt = 1; ; attempt++) {
      try {
        Namespace namespace = Namespace.of(spec.namespace());
        if (!catalog.namespaceExists(namespace)) {
          catalog.createNamespace(namespace, Map.of());
        }
        return catalog
            .buildTable(spec.identifier(), spec.schema())
            .withPartitionSpec(spec.partitioning(spec.schema()))
            .withProperties(new HashMap<>(TABLE_PROPERTIES))
            .create();
      } catch (AlreadyExistsException e) {
        return catalog.loadTable(spec.identifier());
      } catch (UncheckedSQLException e) {
        // the namespace's row has no "if not exists": the loser of the race goes round again
        if (attempt == FIRST_START_TRIES) {
          throw e;
        }
      } catch (UncheckedIOException e) {
        throw new JobException(
            ExitCode.CONFLICT,
            "Cannot create the table "
                + spec.identifier()
                + " in "
                + warehouse
                + ": "
                + e.getMessage()
                + ". Free or mount the disk and run again.",
            e);
      }
    }
  }

  /** New columns are added by themselves; anything else is a new dataset. */
  private static Table evolve(Table table, TableSpec spec) {
    var missing =
        spec.columns().stream().filter(c -> table.schema().findField(c.name()) == null).toList();
    for (Column column : spec.columns()) {
      var field = table.schema().findField(column.name());
      if (field != null && !field.type().equals(column.type().iceberg())) {
        throw new JobException(
            ExitCode.CONFIGURATION,
            spec.identifier()
                + "."
                + column.name()
                + " is "
                + field.type()
                + " in the lake and "
                + column.type()
                + " in schema.yml; a changed type is a new dataset (name it with _v2).");
      }
    }
    if (!missing.isEmpty()) {
      var update = table.updateSchema();
      missing.forEach(c -> update.addColumn(c.name(), c.type().iceberg()));
      update.commit();
    }
    return table;
  }

  @Override
  public void close() {
    ledger.close();
    catalog.close();
  }
}
