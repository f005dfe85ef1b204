package ltv.ingest.plan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.Waiting;
import ltv.lake.Database;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that every channel has left, counted in the state database before each call is made: of
 * all runs together none passes a limit, whichever of them dies. Channels without limits are not
 * counted.
 */
public final class CallBudget implements CallMeter {
  private static final Logger log = LoggerFactory.getLogger(CallBudget.class);

  /** A limit that opens sooner is waited for; a later one is the scheduler's. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final int SECONDS = 60;

  /** SQL's word for a transaction that lost against another one. */
  private static final String ROLLED_BACK = "40001";

  private static final int ATTEMPTS = 20;

  private final Database database;
  private final Clock clock;
  private final Waiting waiting;
  private final Map<String, List<CallLimit>> limits = new HashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  private final CallTally tally = new CallTally();
  private FetchRequest reading;

  /** A budget in this database. */
  public CallBudget(Database database, Clock clock, Waiting waiting) {
    this.database = database;
    this.clock = clock;
    this.waiting = waiting;
  }

  /** What this run did to the channels so far. */
  public CallTally tally() {
    return tally;
  }

  /** Pauses, each counted for the channel that is read; for whoever calls it. */
  public Waiting waiting() {
    return wanted -> {
      tally.waited(reading, wanted);
      return waiting.pause(wanted);
    };
  }

  /**
   * How far a limit is used up now.
   *
   * @param report the report type that it holds for, or all
   * @param period minute, hour or day
   */
  public record Used(String report, String period, int calls, int allowed) {}

  /** Of each report and period of a channel the limit, and the account, that is nearest to it. */
  public List<Used> used(String channel, Collection<String> accounts) {
    CallHistory history = history(channel);
    Instant now = clock.instant();
    Map<String, Used> nearest = new TreeMap<>();
    for (CallLimit limit : limits(channel)) {
      Used used =
          new Used(
              limit.report() == null ? "all" : limit.report(),
              limit.every().name().toLowerCase(Locale.ROOT),
              accounts.stream().mapToInt(a -> history.used(limit, a, now)).max().orElse(0),
              limit.calls());
      nearest.merge(used.report() + " " + used.period(), used, CallBudget::nearer);
    }
    return List.copyOf(nearest.values());
  }

  private static Used nearer(Used one, Used other) {
    return (long) one.calls * other.allowed >= (long) other.calls * one.allowed ? one : other;
  }

  /**
   * Calls that are left for somebody else.
   *
   * @param calls how many
   */
  record Kept(String channel, String account, String report, int calls) {}

  /** States the limits of a channel. */
  public void limit(String channel, List<CallLimit> ofChannel) {
    limits.put(channel, List.copyOf(ofChannel));
  }

  /** The limits of a channel; none for one that may be called at will. */
  List<CallLimit> limits(String channel) {
    return limits.getOrDefault(channel, List.of());
  }

  /** Leaves calls of a stream's account for another run. */
  void keep(ChannelStream stream, String account, int callsOfEachReport) {
    stream
        .reports()
        .forEach(r -> kept.add(new Kept(stream.channel(), account, r, callsOfEachReport)));
  }

  /** Says that the calls that follow are no report's. */
  public void asking() {
    reading = null;
  }

  /** Says whose calls follow; one account's day is read at a time. */
  public void reading(FetchRequest request) {
    reading = request;
  }

  @Override
  public void call(Request request) {
    tally.called(reading);
    String report = report(request);
    if (report.isEmpty() || limits(reading.stream().channel()).isEmpty()) {
      return;
    }
    String channel = reading.stream().channel();
    String account = reading.account().id();
    for (; ; ) {
      Optional<Instant> closed = database.call(c -> count(c, channel, account, report));
      if (closed.isEmpty()) {
        return;
      }
      Duration wait = Duration.between(clock.instant(), closed.get());
      String said =
          "%s may not be called for %s of %s before %s: its calls are used up (call_limits)."
              .formatted(channel, report, account, closed.get());
      if (wait.compareTo(LONGEST_WAIT) > 0) {
        throw ChannelException.waitUntil(closed.get(), said);
      }
      log.info("{} Waiting {} s", said, wait.toSeconds());
      waiting().now(wait.isNegative() ? Duration.ZERO : wait);
    }
  }

  private String report(Request request) {
    Counted counted = request.tag(Counted.class);
    if (counted != null || reading == null) {
      return counted == null ? "" : counted.report();
    }
    return reading.stream().reports().isEmpty() ? "" : reading.stream().reports().get(0);
  }

  /** What an account may still be called, in words: each limit with what is left of it now. */
  public List<String> left(String channel, String account) {
    CallHistory history = history(channel);
    Instant now = clock.instant();
    return limits(channel).stream()
        .map(
            limit ->
                "%d left of %s".formatted(limit.calls() - history.used(limit, account, now), limit))
        .toList();
  }

  /** The calls of a channel that may count now, those left for others among them. */
  CallHistory history(String channel) {
    return limits(channel).isEmpty()
        ? new CallHistory()
        : database.call(c -> history(c, channel, clock.instant()));
  }

  private CallHistory history(Connection connection, String channel, Instant now)
      throws SQLException {
    CallHistory history = new CallHistory();
    String sql =
        "select account, report, minute_no, calls from ltv_call where channel = ? and minute_no > ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, channel);
      select.setLong(2, minute(now.minus(CallHistory.REACH)));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Instant at = Instant.ofEpochSecond(rows.getLong(3) * SECONDS);
          history.add(rows.getString(1), rows.getString(2), at, rows.getInt(4));
        }
      }
    }
    kept.stream()
        .filter(k -> k.channel.equals(channel))
        .forEach(k -> history.add(k.account, k.report, now, k.calls));
    return history;
  }

  /** Counts one call, unless a limit is closed: then says until when. */
  private Optional<Instant> count(
      Connection connection, String channel, String account, String report) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        openGate(connection, channel);
        return countAlone(connection, channel, account, report);
      } catch (SQLException e) {
        // the database let another run go first and asks this one to begin again
        if (!ROLLED_BACK.equals(e.getSQLState()) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Its row is there before anybody waits for it: two that both make it would wait for ever. */
  private static void openGate(Connection connection, String channel) throws SQLException {
    String sql = "select count(*) from ltv_call_gate where channel = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getInt(1) > 0) {
          return;
        }
      }
    }
    update(connection, "replace into ltv_call_gate (channel, turn) values (?, 1)", channel);
  }

  private Optional<Instant> countAlone(
      Connection connection, String channel, String account, String report) throws SQLException {
    connection.setAutoCommit(false);
    try {
      // whoever changes the row first is alone with the channel's calls until its transaction ends
      update(connection, "update ltv_call_gate set turn = turn + 1 where channel = ?", channel);
      Instant now = clock.instant();
      CallHistory history = history(connection, channel, now);
      Optional<Instant> closed =
          limits(channel).stream()
              .filter(limit -> limit.counts(report))
              .flatMap(limit -> history.closedUntil(limit, account, now, 1).stream())
              .max(Instant::compareTo);
      if (closed.isEmpty()) {
        add(connection, channel, account, report, minute(now));
        connection.commit();
      } else {
        connection.rollback();
      }
      return closed;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void add(
      Connection connection, String channel, String account, String report, long minute)
      throws SQLException {
    String more =
        "update ltv_call set calls = calls + 1 where channel = ? and account = ? and report = ? and minute_no = ?";
    if (update(connection, more, channel, account, report, minute) == 0) {
      String first =
          "insert into ltv_call (channel, account, report, minute_no, calls) values (?, ?, ?, ?, 1)";
      update(connection, first, channel, account, report, minute);
      String old = "delete from ltv_call where channel = ? and minute_no < ?";
      update(connection, old, channel, minute - CallHistory.REACH.toMinutes());
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS);
  }
}
