package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import ltv.lake.Storage.StoredFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Housekeeping of one table: old snapshots go, and files that no snapshot knows. Nothing is deleted
 * on doubt: a file must be older than the longest job, since those of a running one are unknown
 * too.
 */
final class TableUpkeep {
  private static final int COMMIT_ID_LENGTH = 36;

  private final Table table;
  private final LedgerFile facts;
  private final Storage warehouse;

  TableUpkeep(Table table, LedgerFile facts, Storage warehouse) {
    this.table = table;
    this.facts = facts;
    this.warehouse = warehouse;
  }

  /**
   * Removes what retention does not keep.
   *
   * @param held snapshots with partitions that are still held
   */
  Vacuumed vacuum(Retention retention, Instant now, Set<Long> held) {
    table.refresh();
    long before = snapshots();
    releaseHolds(held);
    table
        .expireSnapshots()
        .expireOlderThan(now.minus(retention.history()).toEpochMilli())
        .retainLast(retention.snapshots())
        .commit();
    table.refresh();
    Instant limit = now.minus(retention.orphans());
    List<StoredFile> unknown = new ArrayList<>(warehouse.list(table.location()));
    // after the listing: what was committed meanwhile is live
    table.refresh();
    Set<String> live = live();
    unknown.removeIf(f -> live.contains(normal(f.location())) || f.written().isAfter(limit));
    unknown.addAll(facts.unsettled(limit, commits()));
    unknown.forEach(f -> warehouse.delete(f.location()));
    long bytes = unknown.stream().mapToLong(StoredFile::bytes).sum();
    return new Vacuumed(before - snapshots(), unknown.size(), bytes);
  }

  /** Tags of holds that a later build has replaced keep their files no longer. */
  private void releaseHolds(Set<Long> held) {
    List<String> tags =
        table.refs().keySet().stream()
            .filter(t -> t.startsWith("hold-") && !t.startsWith("hold-base-"))
            .filter(t -> !held.contains(table.refs().get(t).snapshotId()))
            .toList();
    if (!tags.isEmpty()) {
      var manage = table.manageSnapshots();
      for (String tag : tags) {
        manage.removeTag(tag);
        String base = "hold-base-" + tag.substring(tag.length() - COMMIT_ID_LENGTH);
        if (table.refs().containsKey(base)) {
          manage.removeTag(base);
        }
      }
      manage.commit();
    }
  }

  private long snapshots() {
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }

  private Set<String> commits() {
    Set<String> commits = new HashSet<>();
    table.snapshots().forEach(s -> commits.add(s.summary().get(PartitionCommit.COMMIT_ID)));
    return commits;
  }

  /** Every file that a snapshot, staged ones included, can reach. */
  private Set<String> live() {
    // not by way of earlier metadata: what only these still list has been removed by commits
    Set<String> live = new HashSet<>(ReachableFileUtil.metadataFileLocations(table, false));
    live.addAll(ReachableFileUtil.manifestListLocations(table));
    live.addAll(ReachableFileUtil.statisticsFilesLocations(table));
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (live.add(manifest.path())) {
          addFiles(manifest, live);
        }
      }
    }
    Set<String> normal = new HashSet<>();
    live.forEach(location -> normal.add(normal(location)));
    return normal;
  }

  private void addFiles(ManifestFile manifest, Set<String> live) {
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (var files = ManifestFiles.read(manifest, table.io(), table.specs())) {
          for (DataFile file : files) {
            live.add(file.location());
          }
        }
      } else {
        try (var files = ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          for (DeleteFile file : files) {
            live.add(file.location());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + manifest.path(), e);
    }
  }

  /** One spelling of a place: {@code file:///x}, {@code file:/x} and {@code /x} are the same. */
  private static String normal(String location) {
    return location.startsWith("s3:") ? location : LocalFileIO.path(location).toString();
  }
}
