package ltv.lake;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.iceberg.io.FileIO;

/**
 * The facts of one commit as a file in the warehouse. It is written under a fresh name before the
 * commit, so that a process killed right after the pointer moved has lost nothing; after the commit
 * it gets the snapshot's name: {@code _ledger/<dataset>/<snapshot>.json}.
 */
final class LedgerFile {
  private final FileIO io;
  private final String folder;

  LedgerFile(FileIO io, String warehouse, String dataset) {
    this.io = io;
    this.folder = warehouse + "/_ledger/" + dataset + "/";
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
      write(folder + snapshotId + ".json", read(pending(commitId)));
      io.deleteFile(pending(commitId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The facts announced under {@code commitId}; they must have this sha256. */
  List<LedgerEntry> announced(String commitId, String sha256) throws IOException {
    byte[] bytes = read(pending(commitId));
    if (!Fingerprint.of(bytes).equals(sha256)) {
      throw new IOException(pending(commitId) + " is not the file that the snapshot names");
    }
    return Ledger.JSON.readValue(bytes, new TypeReference<List<LedgerEntry>>() {});
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
