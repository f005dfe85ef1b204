package ltv.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What was built from what, in the state database. The warehouse holds the same facts as JSON files
 * ({@link LedgerFile}), so the database can be rebuilt.
 */
final class Ledger {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String PUBLISHED = "published";

  private final Database database;

  Ledger(Database database) {
    this.database = database;
  }

  /** One row of the ledger: an entry and the snapshot that carries it. */
  record Line(long snapshotId, long sequenceNumber, LedgerEntry entry) {}

  /** Everything known of a dataset up to a sequence number, oldest first. */
  List<Line> lines(String dataset, long upTo) {
    return lines(
        """
        select snapshot_id, sequence_number, entry from ltv_ledger l
        where dataset = ? and sequence_number <= ? and sequence_number = (
          select max(sequence_number) from ltv_ledger m where m.dataset = l.dataset
            and m.part = l.part and m.state = l.state and m.sequence_number <= ?)
        order by sequence_number""",
        dataset,
        upTo,
        upTo);
  }

  /** Every published version of a partition, newest first. */
  List<Line> versions(String dataset, String partition) {
    return lines(
        """
        select snapshot_id, sequence_number, entry from ltv_ledger
        where dataset = ? and part = ? and state = ? order by sequence_number desc""",
        dataset,
        partition,
        PUBLISHED);
  }

  private List<Line> lines(String sql, Object... parameters) {
    return database
        .call(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                  statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                  List<Stored> stored = new ArrayList<>();
                  while (rows.next()) {
                    stored.add(new Stored(rows.getLong(1), rows.getLong(2), rows.getString(3)));
                  }
                  return stored;
                }
              }
            })
        .stream()
        .map(row -> new Line(row.snapshotId, row.sequenceNumber, read(row.entry)))
        .toList();
  }

  /** A row as it lies there: its JSON is read when the connection is free for others. */
  private record Stored(long snapshotId, long sequenceNumber, String entry) {}

  /** The snapshots of a dataset that the ledger has noted. */
  Set<Long> snapshots(String dataset) {
    String sql = "select distinct snapshot_id from ltv_ledger where dataset = ?";
    return database.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, dataset);
            try (ResultSet rows = statement.executeQuery()) {
              Set<Long> snapshots = new HashSet<>();
              while (rows.next()) {
                snapshots.add(rows.getLong(1));
              }
              return snapshots;
            }
          }
        });
  }

  /** Adds the entries of one snapshot; adding them again changes nothing. */
  void add(long snapshotId, long sequenceNumber, List<LedgerEntry> entries) {
    String sql = "replace into ltv_ledger values (?, ?, ?, ?, ?, ?)";
    database.call(
        connection -> {
          try (PreparedStatement add = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (LedgerEntry entry : entries) {
              add.setString(1, entry.dataset());
              add.setString(2, entry.partition());
              add.setLong(3, snapshotId);
              add.setLong(4, sequenceNumber);
              add.setString(5, entry.published() ? PUBLISHED : "held");
              add.setString(6, write(entry));
              add.addBatch();
            }
            add.executeBatch();
            connection.commit();
          } finally {
            connection.setAutoCommit(true);
          }
          return null;
        });
  }

  private static String write(LedgerEntry entry) {
    try {
      return JSON.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A ledger entry is plain data", e);
    }
  }

  private static LedgerEntry read(String json) {
    try {
      return JSON.readValue(json, LedgerEntry.class);
    } catch (JsonProcessingException e) {
      throw new JobException(
          ExitCode.BUG, "The ledger holds a line that is not an entry: " + json, e);
    }
  }
}
