package ltv.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What was built from what, in the state database. The warehouse holds the same facts as JSON files
 * ({@link LedgerFile}), so the database can be rebuilt.
 *
 * <p>Not thread-safe: one ledger per process, on one connection.
 */
final class Ledger implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String CREATE =
      """
      create table if not exists ltv_ledger (
        dataset varchar(120) not null, part varchar(10) not null, snapshot_id bigint not null,
        sequence_number bigint not null, state varchar(10) not null, entry text not null,
        primary key (dataset, part, snapshot_id))""";

  private final Connection connection;

  Ledger(String uri) {
    try {
      connection = DriverManager.getConnection(uri);
      try (Statement statement = connection.createStatement()) {
        statement.execute(CREATE);
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  /** One row of the ledger: an entry and the snapshot that carries it. */
  record Line(long snapshotId, long sequenceNumber, LedgerEntry entry) {}

  /** Everything known of a dataset up to a sequence number, oldest first. */
  List<Line> lines(String dataset, long upTo) {
    String sql =
        """
        select snapshot_id, sequence_number, entry from ltv_ledger l
        where dataset = ? and sequence_number <= ? and sequence_number = (
          select max(sequence_number) from ltv_ledger m where m.dataset = l.dataset
            and m.part = l.part and m.state = l.state and m.sequence_number <= ?)
        order by sequence_number""";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      statement.setLong(2, upTo);
      statement.setLong(3, upTo);
      try (ResultSet rows = statement.executeQuery()) {
        List<Line> lines = new ArrayList<>();
        while (rows.next()) {
          lines.add(new Line(rows.getLong(1), rows.getLong(2), read(rows.getString(3))));
        }
        return lines;
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  /** The snapshots of a dataset that the ledger has noted. */
  Set<Long> snapshots(String dataset) {
    String sql = "select distinct snapshot_id from ltv_ledger where dataset = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      try (ResultSet rows = statement.executeQuery()) {
        Set<Long> snapshots = new HashSet<>();
        while (rows.next()) {
          snapshots.add(rows.getLong(1));
        }
        return snapshots;
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  /** Adds the entries of one snapshot; adding them again changes nothing. */
  void add(long snapshotId, long sequenceNumber, List<LedgerEntry> entries) {
    String delete = "delete from ltv_ledger where dataset = ? and part = ? and snapshot_id = ?";
    String insert = "insert into ltv_ledger values (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement remove = connection.prepareStatement(delete);
        PreparedStatement add = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (LedgerEntry entry : entries) {
        remove.setString(1, entry.dataset());
        remove.setString(2, entry.partition());
        remove.setLong(3, snapshotId);
        remove.addBatch();
        add.setString(1, entry.dataset());
        add.setString(2, entry.partition());
        add.setLong(3, snapshotId);
        add.setLong(4, sequenceNumber);
        add.setString(5, entry.published() ? "published" : "held");
        add.setString(6, write(entry));
        add.addBatch();
      }
      remove.executeBatch();
      add.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw away(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw away(e);
    }
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

  private static JobException away(SQLException e) {
    return new JobException(
        ExitCode.CONFLICT,
        "The state database does not answer: "
            + e.getMessage()
            + ". Nothing was published by this step; run it again when the database is back.",
        e);
  }
}
