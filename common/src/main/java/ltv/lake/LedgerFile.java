package ltv.lake;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ltv.run.FaultPoint;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * The facts of one commit as a file in the warehouse. It is written under a fresh name before the
 * commit, so that a process killed right after the pointer moved has lost nothing; after the commit
 * it gets the snapshot's name: {@code _ledger/<dataset>/<snapshot>.json}.
 */
final class LedgerFile {
  private final FileIO io;
  private final String folder;

  LedgerFile(FileIO io, Storage warehouse, String dataset) {
    this.io = io;
    this.folder = warehouse.location("_ledger/" + dataset + "/");
  }

  /** Writes the facts ahead of the commit and returns their sha256. */
  String announce(String commitId, List<LedgerEntry> entries) {
    try {
      byte[] bytes =
          Ledger.JSON
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(entries)
              .getBytes(StandardCharsets.UTF_8);
      write(pending(commitId), bytes);
      return Fingerprint.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the announced facts the name of the snapshot that carries them. */
  void settle(String commitId, long snapshotId) {
    try {
      write(settled(snapshotId), read(pending(commitId)));
      FaultPoint.at("before-announcement-goes");
      io.deleteFile(pending(commitId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return folder + snapshotId + ".json";
  }

  private String pending(String commitId) {
    return folder + "announced-" + commitId + ".json";
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
