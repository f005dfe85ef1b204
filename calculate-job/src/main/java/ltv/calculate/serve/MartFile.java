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
import java.util.Map;
import java.util.function.Supplier;
import ltv.dataset.Dataset;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;

/**
 * The marts as one DuckDB file. A new file is built beside the old one and moved over it in one
 * step; a reader that has the old one open keeps reading it.
 */
final class MartFile extends MartPublisher {
  private static final String UNFINISHED = ".new";

  private final Path file;
  private final DuckDb engine;

  MartFile(Path file, DuckDb engine) {
    this.file = file.toAbsolutePath();
    this.engine = engine;
  }

  /**
   * Brings the file up to the lake; a file that is up to date is not touched. Two publishers take
   * turns, so the later one never puts an older state over a newer one.
   */
  @Override
  Published publish(Supplier<Marts> look, String runId) {
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
        return held.isValid() ? publish(look.get(), runId, channel) : Published.UNCHANGED;
      }
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot replace " + file + ": " + e + ". The old file stays; free or mount the disk.",
          e);
    }
  }

  /** The lock file notes what was published, so that DuckDB need not be woken for no change. */
  private Published publish(Marts marts, String runId, FileChannel note) throws IOException {
    String hash = marts.hash();
    if (Files.isRegularFile(file) && noted(note).equals(note(hash))) {
      return Published.UNCHANGED;
    }
    replace(marts, runId);
    note.truncate(0);
    note.write(ByteBuffer.wrap(note(hash).getBytes(StandardCharsets.UTF_8)), 0);
    return Published.REPLACED;
  }

  private static String noted(FileChannel note) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) note.size());
    note.read(bytes, 0);
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  /** What was published and the file as it is now: one that somebody changed is built anew. */
  private String note(String hash) throws IOException {
    return hash + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
  }

  private void replace(Marts marts, String runId) throws IOException {
    removeUnfinished();
    Path aside = file.resolveSibling(file.getFileName() + "." + runId + UNFINISHED);
    build(aside, marts, runId);
    FaultPoint.at("before-mart-file");
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    FaultPoint.at("after-mart-file");
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

  private void build(Path aside, Marts marts, String runId) {
    try (DuckDbSession session = engine.open()) {
      session.execute("attach '" + quoted(aside) + "' as served");
      session.execute(
          "create table served.mart_publication (dataset varchar, snapshot_id varchar,"
              + " part varchar, row_count bigint, content_hash varchar, built_by varchar,"
              + " published_by varchar)");
      session.execute(
          "create table served.mart_status (dataset varchar, part varchar, state varchar,"
              + " row_count bigint, missing varchar, problem varchar, run_id varchar)");
      marts.marts().forEach(mart -> copy(session, mart));
      session.execute("begin"); // by itself each would wait for the disk
      marts.marts().forEach(mart -> comment(session, mart.dataset()));
      marts.marts().forEach(mart -> record(session, mart, runId));
      marts.status().forEach(s -> record(session, s));
      session.execute("commit");
      views(session, marts);
      session.execute("detach served");
    }
  }

  private static void copy(DuckDbSession session, CurrentMart mart) {
    String name = mart.dataset().name();
    session.read(name + "__pinned", mart.table(), mart.pin(), mart.dataset().schema().columns());
    String order = String.join(", ", mart.dataset().schema().key());
    session.execute(
        "create table served." + name + " as select * from " + name + "__pinned order by " + order);
  }

  /** They name tables as a reader does who has opened the file. */
  private static void views(DuckDbSession session, Marts marts) {
    String before = (String) session.rows("select current_database()").get(0).get(0);
    session.execute("use served");
    marts
        .marts()
        .forEach(
            mart ->
                mart.dataset()
                    .views()
                    .forEach(
                        (name, query) -> session.execute("create view " + name + " as " + query)));
    session.execute("use " + before);
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

  private static String words(Map<String, String> description) {
    return DuckDbSession.quoted(CurrentMart.words(description));
  }

  private static void record(DuckDbSession session, MartStatus status) {
    session.execute(
        "insert into served.mart_status values ('%s', '%s', '%s', %d, '%s', '%s', '%s')"
            .formatted(
                status.dataset(),
                status.part(),
                status.state(),
                status.rows(),
                DuckDbSession.quoted(status.missing()),
                DuckDbSession.quoted(status.problem()),
                status.runId()));
  }

  private static void record(DuckDbSession session, CurrentMart mart, String runId) {
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
