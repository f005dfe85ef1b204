package ltv.calculate.serve;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import ltv.lake.Partition;
import ltv.run.ExitCode;
import ltv.run.JobException;

/** Replaces slices of one mart inside a transaction: deletes, loads, counts and adds up. */
final class MartSlices {
  private static final String PINNED = "mart_pinned";

  private final CurrentMart mart;
  private final Connection connection;

  MartSlices(CurrentMart mart, Connection connection) {
    this.mart = mart;
    this.connection = connection;
  }

  void delete(NavigableSet<Partition> partitions) throws SQLException {
    if (!partitions.isEmpty()) {
      execute("delete from " + mart.name() + " where " + among(partitions));
    }
  }

  /**
   * Streams the partitions in. With {@code local}, the server turns doubled keys and bad values
   * into warnings: every one of them ends the publication.
   */
  void load(NavigableSet<Partition> partitions, DuckDbSession session) throws SQLException {
    if (partitions.isEmpty()) {
      return;
    }
    long expected =
        partitions.stream().mapToLong(p -> mart.pin().published().get(p).rowsOut()).sum();
    define(session, partitions);
    Path rows = session.scratchFile(".csv");
    session.execute(
        "copy (select %s from %s where %s order by %s) to '%s' (format csv, header false, nullstr 'NULL', force_quote (%s))"
            .formatted(
                mart.columns().stream().map(MartSlices::value).collect(Collectors.joining(", ")),
                PINNED,
                among(partitions),
                String.join(", ", mart.dataset().schema().key()),
                DuckDbSession.quoted(rows.toString()),
                mart.columnNames()));
    try (Statement statement = connection.createStatement();
        InputStream in = Files.newInputStream(rows)) {
      statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(in);
      long loaded =
          statement.executeLargeUpdate(
              "load data local infile 'rows' into table %s character set utf8mb4 fields terminated by ',' optionally enclosed by '\"' escaped by '' lines terminated by '\\n' (%s)"
                  .formatted(mart.name(), mart.columnNames()));
      List<String> warnings = warnings();
      if (loaded != expected || !warnings.isEmpty()) {
        throw refused(loaded + " of " + expected + " rows arrived; " + warnings);
      }
      Files.delete(rows);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT, "Cannot read " + rows + ": " + e + ". Free or mount the disk.", e);
    }
    compare(session, partitions);
  }

  private void define(DuckDbSession session, NavigableSet<Partition> partitions) {
    LocalDate from = partitions.first().day().orElse(null);
    LocalDate to = partitions.last().day().orElse(null);
    session.read(PINNED, mart.table(), mart.pin(), mart.columns(), from, to, Reading.VIEW);
  }

  /** What the server would not read as the lake writes it. */
  private static String value(Column column) {
    return column.type().kind() == Kind.BOOLEAN
        ? "cast(%1$s as int) as %1$s".formatted(column.name())
        : column.name();
  }

  /** Counts and exact sums must be the same on both sides. */
  private void compare(DuckDbSession session, NavigableSet<Partition> partitions)
      throws SQLException {
    String sums =
        mart.columns().stream()
            .filter(c -> List.of(Kind.DECIMAL, Kind.LONG, Kind.INT).contains(c.type().kind()))
            .map(c -> ", coalesce(sum(" + c.name() + "), 0)")
            .collect(Collectors.joining());
    String select = "select count(*)%s from %s where %s";
    List<BigDecimal> sent = new ArrayList<>();
    session
        .rows(select.formatted(sums, PINNED, among(partitions)))
        .get(0)
        .forEach(value -> sent.add(new BigDecimal(value.toString()).stripTrailingZeros()));
    List<BigDecimal> arrived = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(select.formatted(sums, mart.name(), among(partitions)))) {
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        arrived.add(row.getBigDecimal(i).stripTrailingZeros());
      }
    }
    if (!sent.equals(arrived)) {
      throw refused("counts and sums sent are " + sent + ", arrived " + arrived);
    }
  }

  private List<String> warnings() throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show warnings limit 10")) {
      while (rows.next()) {
        warnings.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
      }
    }
    return warnings;
  }

  private JobException refused(String what) {
    return new JobException(
        ExitCode.BUG,
        "MariaDB did not take "
            + mart.name()
            + " as it is in the lake: "
            + what
            + ". Nothing was published; the old rows stay.");
  }

  /** A condition that both engines read the same. */
  private String among(NavigableSet<Partition> partitions) {
    return mart.dataset()
        .schema()
        .partitionColumn()
        .map(
            column ->
                partitions.stream()
                    .map(p -> "date '" + p + "'")
                    .collect(Collectors.joining(", ", column + " in (", ")")))
        .orElse("true");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
