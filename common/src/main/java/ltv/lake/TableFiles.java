package ltv.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

/** Which data files the snapshots of a table have. */
final class TableFiles {
  private final Table table;
  private final TableSpec spec;
  private final Storage warehouse;

  TableFiles(Table table, TableSpec spec, Storage warehouse) {
    this.table = table;
    this.spec = spec;
    this.warehouse = warehouse;
  }

  /**
   * The files of a pinned read, by path.
   *
   * @param schema what is read
   * @param from first day, null for no bound
   * @param to last day, null for no bound
   */
  List<PinnedFile> of(Pin pin, Schema schema, LocalDate from, LocalDate to) {
    List<PinnedFile> files = new ArrayList<>();
    LocalDate shown = pin.shown().flatMap(Partition::day).orElse(null);
    pin.snapshot()
        .ifPresent(s -> files.addAll(of(s.snapshotId(), schema, bounds(from, to, shown))));
    pin.shown()
        .ifPresent(p -> files.addAll(of(pin.staged().get(p), schema, bounds(shown, shown, null))));
    files.sort(Comparator.comparing(PinnedFile::path));
    return files;
  }

  private Expression bounds(LocalDate from, LocalDate to, LocalDate but) {
    Expression bounds = Expressions.alwaysTrue();
    if (spec.partitionColumn().isPresent()) {
      String column = spec.partitionColumn().get();
      if (from != null) {
        bounds = Expressions.and(bounds, Expressions.greaterThanOrEqual(column, from.toString()));
      }
      if (to != null) {
        bounds = Expressions.and(bounds, Expressions.lessThanOrEqual(column, to.toString()));
      }
      if (but != null) {
        bounds = Expressions.and(bounds, Expressions.notEqual(column, but.toString()));
      }
    }
    return bounds;
  }

  private List<PinnedFile> of(long snapshotId, Schema schema, Expression bounds) {
    TableScan scan = table.newScan().useSnapshot(snapshotId).filter(bounds);
    boolean changed = table.schemas().size() > 1;
    if (changed) { // else every file has the one schema, and its statistics need not be read
      scan = scan.includeColumnStats();
    }
    boolean sameNames = table.schemas().values().stream().allMatch(s -> onlyLacks(s, schema));
    Set<Integer> ids = TypeUtil.indexById(schema.asStruct()).keySet();
    List<PinnedFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        Map<Integer, Long> columns = task.file().columnSizes();
        files.add(
            new PinnedFile(
                warehouse.local(task.file().location()).toString(),
                task.file().recordCount(),
                !changed || sameNames && columns != null && columns.keySet().equals(ids)));
      }
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT, "Cannot read the manifests of " + spec.name() + ": " + e, e);
    }
    return files;
  }

  /** Whether no column that both have was renamed or widened between the two. */
  private static boolean onlyLacks(Schema other, Schema schema) {
    return other.columns().stream()
        .allMatch(
            was -> {
              NestedField is = schema.findField(was.fieldId());
              return is == null || is.name().equals(was.name()) && is.type().equals(was.type());
            });
  }

  /** The files of an entry, as the snapshot that brought them has them. */
  List<DataFile> added(long snapshotId, LedgerEntry entry) {
    List<DataFile> files = new ArrayList<>();
    SnapshotChanges.builderFor(table)
        .snapshot(table.snapshot(snapshotId))
        .build()
        .addedDataFiles()
        .forEach(
            file -> {
              if (entry.files().containsKey(file.location())) {
                files.add(file.copy());
              }
            });
    return files;
  }
}
