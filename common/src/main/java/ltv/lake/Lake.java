package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ltv.config.SiteConfig;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The site's tables: an Iceberg catalog and the ledger in the state database, data files in the
 * warehouse. One per process. Tables that are there may be looked at from several threads; all else
 * is for one.
 */
public final class Lake implements AutoCloseable {
  /** Part of the catalog's key: the same word in every job and in Spark. */
  public static final String CATALOG_NAME = "lake";

  /** Eight processes that start at once lose at most this many races for the catalog's tables. */
  private static final int FIRST_START_TRIES = 8;

  /**
   * Chosen from measurements with 1,000 commits; the defaults leave 700 MB of metadata, and the
   * least and the greatest text of each column in it, see {@link FileStatistics}.
   */
  private static final Map<String, String> TABLE_PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.metadata.compression-codec", "gzip",
          "write.metadata.metrics.default", "counts",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20",
          "commit.manifest.min-count-to-merge", "20",
          "commit.retry.num-retries", "100",
          "commit.retry.min-wait-ms", "10",
          "commit.retry.max-wait-ms", "500",
          "write.wap.enabled", "true");

  private static final String MIGRATIONS = "ltv/lake/state";
  private static final String NEWEST_MIGRATION = "4";

  private final LakeJdbcCatalog catalog;
  private final Database state;
  private final Ledger ledger;
  private final Storage warehouse;

  /** Tables looked at so far, where each is looked at once; null where each look is a new one. */
  private final Map<TableIdentifier, Optional<LakeTable>> seen;

  private Lake(
      LakeJdbcCatalog catalog,
      Database state,
      Storage warehouse,
      Map<TableIdentifier, Optional<LakeTable>> seen) {
    this.catalog = catalog;
    this.state = state;
    this.ledger = new Ledger(state);
    this.warehouse = warehouse;
    this.seen = seen;
  }

  /** Opens, and on first use creates, the lake of a site. */
  public static Lake open(SiteConfig site) {
    Storage warehouse = Storage.warehouse(site);
    boolean server = site.state().isServer();
    return server
        ? connect(StateDatabase.seenBy(site), warehouse, null)
        : open(site.state().file(), warehouse);
  }

  /**
   * Opens the lake for looking only. A site that nobody has built yet is an empty lake, and stays
   * so on disk.
   */
  public static Lake look(SiteConfig site) {
    return connect(StateDatabase.seenBy(site), Storage.warehouse(site), null);
  }

  /**
   * The same for a command that asks much of many tables and is done in seconds: each is looked at
   * once, when it is first asked for, and what others commit after that is not seen.
   */
  public static Lake lookOnce(SiteConfig site) {
    return connect(
        StateDatabase.seenBy(site).onOneConnection(),
        Storage.warehouse(site),
        new ConcurrentHashMap<>());
  }

  /** SQLite beside a local warehouse; must lie on a local disk (its WAL does not work on NFS). */
  static Lake open(Path state, Storage warehouse) {
    Path stateFile = state.toAbsolutePath().normalize();
    try {
      Files.createDirectories(stateFile.getParent());
      Files.createDirectories(Path.of(warehouse.root()));
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot write below "
              + warehouse.root()
              + ": "
              + e
              + ". Make the disk writable and run again.",
          e);
    }
    return connect(StateDatabase.of(stateFile), warehouse, null);
  }

  private static Lake connect(
      StateDatabase state, Storage warehouse, Map<TableIdentifier, Optional<LakeTable>> seen) {
    if (warehouse.isLocal()) { // read at once; what Iceberg's pool reads is asked for every 10 ms
      System.setProperty("iceberg.scan.plan-in-worker-pool", "false");
    }
    for (int attempt = 1; ; attempt++) {
      Database database = state.ledger().get();
      try {
        database.migrate(MIGRATIONS, NEWEST_MIGRATION);
        LakeJdbcCatalog catalog = new LakeJdbcCatalog();
        catalog.initialize(CATALOG_NAME, state.catalog(warehouse));
        return new Lake(catalog, database, warehouse, seen);
      } catch (UncheckedSQLException | JobException e) {
        database.close();
        // processes that start together race for the tables; the loser looks again
        if (attempt == FIRST_START_TRIES) {
          throw new JobException(
              ExitCode.CONFLICT,
              "Cannot open the state database: " + e.getMessage() + ". Try again.",
              e);
        }
      }
    }
  }

  /** The state database, for what a job keeps there beside the ledger; not to be closed. */
  public Database state() {
    return state;
  }

  /** The table of a dataset, created when nobody has written it yet, with every column of it. */
  public LakeTable table(TableSpec spec) {
    Table table = load(spec).orElseGet(() -> create(spec));
    Table known = TableWords.told(evolved(table, spec), spec);
    return new LakeTable(known, spec, ledger, warehouse);
  }

  /** The table of a dataset if anybody has written it, as it is: nothing is written. */
  public Optional<LakeTable> existing(TableSpec spec) {
    return seen == null
        ? there(spec)
        : seen.computeIfAbsent(spec.identifier(), id -> there(spec).map(LakeTable::asItIs));
  }

  private Optional<LakeTable> there(TableSpec spec) {
    return load(spec).map(table -> new LakeTable(table, spec, ledger, warehouse));
  }

  /** A table as it is now, or nothing when nobody has written it. */
  public Pin pin(TableSpec spec) {
    return existing(spec).map(LakeTable::pin).orElseGet(Pin::nothing);
  }

  /** Every table, whoever wrote it, by what the tables themselves say. */
  public LakeTables tables() {
    return new LakeTables(catalog, ledger, warehouse);
  }

  /**
   * Tells the state database of a table what the warehouse knows of it. What the database knows
   * already is not changed.
   *
   * @return how many lines of the ledger were there to tell; -1 for a table that was never written
   */
  public int recover(TableSpec spec) {
    Recovery recovery = new Recovery(warehouse, spec);
    Optional<Table> known = load(spec);
    if (known.isEmpty()) {
      Optional<String> metadata = recovery.newestMetadata();
      if (metadata.isEmpty()) {
        return -1;
      }
      createNamespace(spec);
      known = Optional.of(catalog.registerTable(spec.identifier(), metadata.get()));
    }
    List<Ledger.Line> lines = recovery.lines(known.get());
    lines.forEach(l -> ledger.add(l.snapshotId(), l.sequenceNumber(), List.of(l.entry())));
    return lines.size();
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
        createNamespace(spec);
        return catalog
            .buildTable(spec.identifier(), spec.schema())
            .withPartitionSpec(spec.partitioning(spec.schema()))
            .withProperties(TableWords.beside(TABLE_PROPERTIES, spec))
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
      } catch (UncheckedIOException | SdkException e) {
        throw new JobException(
            ExitCode.CONFLICT,
            "Cannot create the table "
                + spec.identifier()
                + " in "
                + warehouse.root()
                + ": "
                + e.getMessage()
                + ". Free or mount the disk, or bring the store back, and run again.",
            e);
      }
    }
  }

  private void createNamespace(TableSpec spec) {
    Namespace namespace = Namespace.of(spec.namespace());
    if (!catalog.namespaceExists(namespace)) {
      catalog.createNamespace(namespace, Map.of());
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
    state.close();
    catalog.close();
    warehouse.close();
  }
}
