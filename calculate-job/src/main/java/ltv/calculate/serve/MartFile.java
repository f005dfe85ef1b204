package ltv.calculate.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.dataset.Dataset;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.ParquetInput;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The marts as one DuckDB file. A new file is built beside the old one and moved over it in one
 * step; a reader that has the old one open keeps reading it.
 */
public final class MartFile {
  private static final String UNFINISHED = ".new";

  private final Path file;
  private final Lake lake;
  private final DuckDb engine;

  public MartFile(Path file, Lake lake, DuckDb engine) {
    this.file = file.toAbsolutePath();
    this.lake = lake;
    this.engine = engine;
  }

  /** What happened to the file. */
  public enum Published {
    REPLACED,
    UNCHANGED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One mart as it is current in the lake. */
  private record Mart(Dataset dataset, LakeTable table, Pin pin) {}

  /**
   * Brings the file up to the lake; a file that is up to date is not touched. Two publishers take
   * turns, so the later one never puts an older state over a newer one.
   */
  public Published publish(List<Dataset> marts, String runId) {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
              FileChannel.open(
                  lock,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        return held.isValid() ? publish(current(marts), runId, channel) : Published.UNCHANGED;
      }
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot replace " + file + ": " + e + ". The old file stays; free or mount the disk.",
          e);
    }
  }

  /** The lock file notes what was published, so that DuckDB need not be woken for no change. */
  private Published publish(Map<String, Mart> current, String runId, FileChannel note)
      throws IOException {
    Map<String, String> snapshots = new TreeMap<>();
    current.forEach((name, mart) -> snapshots.put(name, mart.pin().snapshotName()));
    if (Files.isRegularFile(file) && noted(note).equals(note(snapshots))) {
      return Published.UNCHANGED;
    }
    boolean same = Optional.of(snapshots).equals(publishedSnapshots());
    if (!same) {
      replace(current, runId);
    }
    note.truncate(0);
    note.write(ByteBuffer.wrap(note(snapshots).getBytes(StandardCharsets.UTF_8)), 0);
    return same ? Published.UNCHANGED : Published.REPLACED;
  }

  private static String noted(FileChannel note) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) note.size());
    note.read(bytes, 0);
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  /** What was published and the file as it is now: one that somebody changed is looked into. */
  private String note(Map<String, String> snapshots) throws IOException {
    return snapshots + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
  }

  private Map<String, Mart> current(List<Dataset> marts) {
    Map<String, Mart> current = new LinkedHashMap<>();
    for (Dataset dataset : marts) {
      lake.existing(dataset.table())
          .map(table -> new Mart(dataset, table, table.pin()))
          .filter(mart -> !mart.pin().published().isEmpty())
          .ifPresent(mart -> current.put(dataset.name(), mart));
    }
    return current;
  }

  private void replace(Map<String, Mart> current, String runId) throws IOException {
    removeUnfinished();
    Path aside = file.resolveSibling(file.getFileName() + "." + runId + UNFINISHED);
    build(aside, current.values(), runId);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What a killed publisher left; under the lock nobody else is building. */
  private void removeUnfinished() throws IOException {
    try (var files =
        Files.newDirectoryStream(file.getParent(), file.getFileName() + ".*" + UNFINISHED + "*")) {
      for (Path left : files) {
        Files.deleteIfExists(left);
      }
    }
  }

  /** The snapshots that the file was built from, empty when there is no readable file. */
  private Optional<Map<String, String>> publishedSnapshots() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DuckDbSession session = engine.open()) {
      session.execute("attach '" + quoted(file) + "' as served (read_only)");
      Map<String, String> snapshots = new TreeMap<>();
      session
          .rows("select distinct dataset, snapshot_id from served.mart_publication")
          .forEach(row -> snapshots.put((String) row.get(0), (String) row.get(1)));
      return Optional.of(snapshots);
    } catch (JobException e) {
      // not a mart file, or one of an older shape: it is built anew
      return Optional.empty();
    }
  }

  private void build(Path aside, Iterable<Mart> marts, String runId) {
    try (DuckDbSession session = engine.open()) {
      session.execute("attach '" + quoted(aside) + "' as served");
      session.execute(
          "create table served.mart_publication (dataset varchar, snapshot_id varchar,"
              + " part varchar, row_count bigint, content_hash varchar, built_by varchar,"
              + " published_by varchar)");
      for (Mart mart : marts) {
        copy(session, mart);
        comment(session, mart.dataset());
        record(session, mart, runId);
      }
      session.execute("detach served");
    }
  }

  private static void copy(DuckDbSession session, Mart mart) {
    String name = mart.dataset().name();
    ParquetInput.define(
        session, name + "__pinned", mart.table(), mart.pin(), mart.dataset().schema().columns());
    String order = String.join(", ", mart.dataset().schema().key());
    session.execute(
        "create table served." + name + " as select * from " + name + "__pinned order by " + order);
  }

  private static void comment(DuckDbSession session, Dataset dataset) {
    session.execute(
        "comment on table served.%s is '%s'"
            .formatted(dataset.name(), words(dataset.schema().description())));
    for (Column column : dataset.schema().columns()) {
      session.execute(
          "comment on column served.%s.%s is '%s'"
              .formatted(dataset.name(), column.name(), words(column.description())));
    }
  }

  /** Korean and English in one comment: a BI tool shows only one. */
  private static String words(Map<String, String> description) {
    return DuckDbSession.quoted(
        String.join(
            " / ",
            List.of("ko", "en").stream()
                .map(l -> description.getOrDefault(l, "").strip())
                .filter(text -> !text.isEmpty())
                .toList()));
  }

  private static void record(DuckDbSession session, Mart mart, String runId) {
    mart.pin()
        .published()
        .forEach(
            (partition, entry) ->
                session.execute(
                    "insert into served.mart_publication values ('%s', '%s', '%s', %d, '%s', '%s', '%s')"
                        .formatted(
                            mart.dataset().name(),
                            mart.pin().snapshotName(),
                            partition,
                            entry.rowsOut(),
                            entry.content(),
                            entry.runId(),
                            runId)));
  }

  private static String quoted(Path path) {
    return DuckDbSession.quoted(path.toString());
  }
}
