package ltv.lake;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;

/**
 * What snapshots brought to a table.
 *
 * @param nulls how many rows have no value, by column
 */
public record AddedFiles(long files, long bytes, long rows, Map<String, Long> nulls) {
  static AddedFiles of(Table table, Set<Long> snapshots) {
    long files = 0;
    long bytes = 0;
    long rows = 0;
    Map<String, Long> nulls = new TreeMap<>();
    for (Long id : snapshots) {
      Snapshot snapshot = table.snapshot(id);
      if (snapshot == null) {
        continue;
      }
      for (DataFile file :
          SnapshotChanges.builderFor(table).snapshot(snapshot).build().addedDataFiles()) {
        files++;
        bytes += file.fileSizeInBytes();
        rows += file.recordCount();
        if (file.nullValueCounts() != null) {
          file.nullValueCounts()
              .forEach(
                  (field, count) -> {
                    String column = table.schema().findColumnName(field);
                    if (column != null) { // one that was dropped since
                      nulls.merge(column, count, Long::sum);
                    }
                  });
        }
      }
    }
    return new AddedFiles(files, bytes, rows, nulls);
  }
}
