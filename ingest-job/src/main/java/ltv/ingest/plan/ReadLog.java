package ltv.ingest.plan;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedDay;
import ltv.lake.Database;

/**
 * When each account's day was last read, in the state database. Losing it costs calls, not rows:
 * what is not noted is read again.
 */
public final class ReadLog implements Readings {
  private final Database database;

  /** A log in this database. */
  public ReadLog(Database database) {
    this.database = database;
  }

  @Override
  public Map<LocalDate, Reading> since(
      LocalDate from, ChannelStream stream, ChannelAccount account) {
    String sql =
        """
        select report_day, read_at, moved, pages from ltv_source_read
        where channel = ? and stream = ? and account = ? and report_day >= ?""";
    return database.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, stream.channel());
            select.setString(2, stream.name());
            select.setString(3, account.id());
            select.setString(4, from.toString());
            try (ResultSet rows = select.executeQuery()) {
              Map<LocalDate, Reading> readings = new TreeMap<>();
              while (rows.next()) {
                Instant at = Instant.ofEpochSecond(rows.getLong(2));
                readings.put(
                    LocalDate.parse(rows.getString(1)),
                    new Reading(at, rows.getInt(3) == 1, rows.getInt(4)));
              }
              return readings;
            }
          }
        });
  }

  /** Notes a reading, once what it brought is committed. */
  public void add(LandedDay landed) {
    String sql =
        """
        replace into ltv_source_read (channel, stream, account, report_day, read_at, moved, pages)
        values (?, ?, ?, ?, ?, ?, ?)""";
    database.call(
        connection -> {
          try (PreparedStatement add = connection.prepareStatement(sql)) {
            add.setString(1, landed.channel());
            add.setString(2, landed.stream());
            add.setString(3, landed.account());
            add.setString(4, landed.date());
            add.setLong(5, Instant.parse(landed.fetchedAt()).getEpochSecond());
            add.setInt(6, landed.moved() ? 1 : 0);
            add.setInt(7, landed.pages().size());
            return add.executeUpdate();
          }
        });
  }
}
