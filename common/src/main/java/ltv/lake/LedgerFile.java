package ltv.lake;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ltv.lake.Storage.StoredFile;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * The facts of one commit as a file in the warehouse. It is written under a fresh name before the
 * commit, so that a process killed right after the pointer moved has lost nothing; after the commit
 * it gets the snapshot's name: {@code _ledger/<dataset>/<snapshot>.json}.
 */
final class LedgerFile {
  private static final String ANNOUNCED = "announced-";
  private static final String ENDING = ".json";

  private final Storage warehouse;
  private final FileIO io;
  private final String folder;

  LedgerFile(FileIO io, Storage warehouse, String dataset) {
    this.warehouse = warehouse;
    this.io = io;
    this.folder = warehouse.location("_ledger/" + dataset + "/");
  }

  /** Writes the facts ahead of the commit and returns their sha256. */
  String announce(String commitId, List<LedgerEntry> entries) {
    try {
      byte[] bytes = bytes(entries);
      write(pending(commitId), bytes);
      return Fingerprint.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives the announced facts the name of the snapshot that carries them. The writer does it, and
   * so does whoever looks at the table meanwhile: the later of the two finds it done.
   */
  void settle(String commitId, long snapshotId) {
    try {
      write(settled(snapshotId), read(pending(commitId)));
      FaultPoint.at("before-announcement-goes");
      io.deleteFile(pending(commitId));
    } catch (NotFoundException e) {
      if (!isSettled(snapshotId)) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes anew what is said of a snapshot that nobody reads: a person has decided about it. */
  void decide(long snapshotId, List<LedgerEntry> entries) {
    try {
      write(settled(snapshotId), bytes(entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Announcements older than this of commits that never came to be. */
  List<StoredFile> unsettled(Instant olderThan, Set<String> commits) {
    return warehouse.list(folder.substring(0, folder.length() - 1)).stream()
        .filter(f -> !f.written().isAfter(olderThan))
        .filter(f -> commitOf(f.location()).filter(c -> !commits.contains(c)).isPresent())
        .toList();
  }

  private static Optional<String> commitOf(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    return name.startsWith(ANNOUNCED)
        ? Optional.of(name.substring(ANNOUNCED.length(), name.length() - ENDING.length()))
        : Optional.empty();
  }

  /** Whether a snapshot's facts have its name: only a commit that came to be has that. */
  boolean isSettled(long snapshotId) {
    return io.newInputFile(settled(snapshotId)).exists();
  }

  /** All settled facts, by snapshot. */
  Map<Long, List<LedgerEntry>> all() {
    Map<Long, List<LedgerEntry>> all = new TreeMap<>();
    for (StoredFile file : warehouse.list(folder.substring(0, folder.length() - 1))) {
      String name = file.location().substring(file.location().lastIndexOf('/') + 1);
      if (name.matches("\\d+\\.json")) {
        try {
          all.put(
              Long.valueOf(name.substring(0, name.length() - ENDING.length())),
              Ledger.JSON.readValue(
                  read(file.location()), new TypeReference<List<LedgerEntry>>() {}));
        } catch (IOException e) {
          throw new JobException(
              ExitCode.HELD,
              file.location()
                  + " is not what a commit wrote ("
                  + e.getMessage()
                  + "); bring it back from a backup, or move it away and build its days again.",
              e);
        }
      }
    }
    return all;
  }

  /**
   * The facts of a commit that the ledger does not know, from whichever of the two names its writer
   * got to; they must have this sha256.
   */
  List<LedgerEntry> of(String commitId, long snapshotId, String sha256) throws IOException {
    IOException unreadable = new IOException("there is no " + pending(commitId));
    for (String location : List.of(pending(commitId), settled(snapshotId))) {
      try {
        byte[] bytes = read(location);
        if (Fingerprint.of(bytes).equals(sha256)) {
          return Ledger.JSON.readValue(bytes, new TypeReference<List<LedgerEntry>>() {});
        }
        unreadable.addSuppressed(new IOException(location + " is not what the snapshot names"));
      } catch (IOException | NotFoundException e) {
        unreadable.addSuppressed(e); // the writer may be giving it its other name just now
      }
    }
    throw unreadable;
  }

  private String settled(long snapshotId) {
    return folder + snapshotId + ENDING;
  }

  private String pending(String commitId) {
    return folder + ANNOUNCED + commitId + ENDING;
  }

  private static byte[] bytes(List<LedgerEntry> entries) throws IOException {
    return Ledger.JSON
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(entries)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void write(String location, byte[] bytes) throws IOException {
    try (OutputStream out = io.newOutputFile(location).createOrOverwrite()) {
      out.write(bytes);
    }
  }

  private byte[] read(String location) throws IOException {
    try (InputStream in = io.newInputFile(location).newStream()) {
      return in.readAllBytes();
    }
  }
}
