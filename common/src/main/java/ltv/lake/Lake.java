package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
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

  /**
   * Opens the lake for looking only. A site that nobody has built yet is an empty lake, and stays
   * so on disk.
   */
  public static Lake look(Path state, Path warehouse) {
    return Files.exists(state)
        ? open(state, warehouse)
        : connect(
            "jdbc:sqlite:file:nothing-yet-" + UUID.randomUUID() + "?mode=memory&cache=shared",
            warehouse.toAbsolutePath().normalize(),
            LocalFileIO.class.getName());
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
    return connect(
        "jdbc:sqlite:" + stateFile + "?busy_timeout=30000&journal_mode=WAL", folder, fileIo);
  }

  private static Lake connect(String uri, Path warehouse, String fileIo) {
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
      Ledger ledger = new Ledger(uri);
      try {
        LakeJdbcCatalog catalog = new LakeJdbcCatalog();
        catalog.initialize(CATALOG_NAME, properties);
        return new Lake(catalog, ledger, warehouse.toString());
      } catch (UncheckedSQLException e) {
        ledger.close();
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

  /** The table of a dataset, created when nobody has written it yet, with every column of it. */
  public LakeTable table(TableSpec spec) {
    Table table = load(spec).orElseGet(() -> create(spec));
    return new LakeTable(evolved(table, spec), spec, ledger, warehouse);
  }

  /** The table of a dataset if anybody has written it, as it is: nothing is written. */
  public Optional<LakeTable> existing(TableSpec spec) {
    return load(spec).map(table -> new LakeTable(table, spec, ledger, warehouse));
  }

  private Optional<Table> load(TableSpec spec) {
    try {
      return Optional.of(compared(catalog.loadTable(spec.identifier()), spec));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
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
      } catch (AlreadyExistsException | UncheckedSQLException e) {
        // somebody was faster with the table, or only with its namespace: the loser goes round
        // again
        Optional<Table> there = load(spec);
        if (there.isPresent()) {
          return there.get();
        }
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

  /** A changed type is a new dataset. */
  private static Table compared(Table table, TableSpec spec) {
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
    return table;
  }

  /** New columns are added by themselves; the loser of a race finds them added. */
  private static Table evolved(Table table, TableSpec spec) {
    for (int attempt = 1; ; attempt++) {
      var missing =
          spec.columns().stream().filter(c -> table.schema().findField(c.name()) == null).toList();
      if (missing.isEmpty()) {
        return table;
      }
      try {
        var update = table.updateSchema();
        missing.forEach(c -> update.addColumn(c.name(), c.type().iceberg()));
        update.commit();
        return table;
      } catch (CommitFailedException e) {
        if (attempt == FIRST_START_TRIES) {
          throw new JobException(
              ExitCode.CONFLICT, "Cannot add columns to " + spec.identifier() + ": " + e, e);
        }
        table.refresh();
      }
    }
  }

  @Override
  public void close() {
    ledger.close();
    catalog.close();
  }
}
