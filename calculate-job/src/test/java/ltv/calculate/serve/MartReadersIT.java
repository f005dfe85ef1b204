package ltv.calculate.serve;

import static ltv.dataset.TestSite.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import ltv.calculate.serve.MartPublisher.Published;
import ltv.run.JobException;
import ltv.server.FaultyProxy;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.Test;

/** What BI tools see while the marts are replaced, and after the server was killed meanwhile. */
class MartReadersIT extends OnMariaDb {
  private static final int PUBLISHES = 60;
  private static final int READERS = 3;

  /** Of one run all rows have one amount, which both marts agree on. */
  private static final String BOTH_MARTS =
      "select (select count(distinct amount) from mart_sale), (select count(*) from mart_sale),"
          + " (select max(amount) from mart_sale), (select amount / n from mart_total where as_of = '2026-11-01'),"
          + " (select count(distinct published_by) from mart_publication where part = '2026-11-01')";

  /** So many sales of the same amount. */
  private static String[] sales(int count, int amount) {
    return IntStream.range(0, count).mapToObj(i -> "s" + i + " " + amount).toArray(String[]::new);
  }

  /** What both marts hold, refused when it is of two runs. */
  private static String oneRun(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(BOTH_MARTS)) {
      row.next();
      String found =
          "%d rows of %s, %s".formatted(row.getInt(2), row.getBigDecimal(3), row.getBigDecimal(4));
      if (row.getInt(1) != 1
          || row.getInt(5) != 1
          || row.getBigDecimal(3).compareTo(row.getBigDecimal(4)) != 0) {
        throw new IllegalStateException("of two runs: " + found);
      }
      return found;
    }
  }

  @Test
  void readers_see_one_run_at_a_time_and_neither_wait_nor_keep_the_publisher_waiting()
      throws Exception {
    site.build(D1, sales(50, 1));
    site.publish();
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    AtomicInteger reads = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(new Thread(() -> poll(reads, done, errors)));
    }
    try (ServedSite other = new ServedSite(folder.resolve("other"), server);
        Connection longReader = MariaDbServer.connect(server.reader());
        Statement inside = longReader.createStatement()) {
      other.build(D1, sales(70, 2));
      longReader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      longReader.setAutoCommit(false);
      readers.forEach(Thread::start);
      List<Duration> alone = new ArrayList<>();
      List<Duration> beside = new ArrayList<>();
      String first = "";

      for (int run = 1; run <= PUBLISHES; run++) {
        if (run == PUBLISHES / 2) {
          first = oneRun(inside); // from here on a report has a transaction open
        }
        long started = System.nanoTime();
        assertEquals(Published.REPLACED, (run % 2 == 1 ? other : site).publish());
        (first.isEmpty() ? alone : beside).add(Duration.ofNanos(System.nanoTime() - started));
      }
      done.set(true);
      for (Thread reader : readers) {
        reader.join();
      }

      assertEquals(List.of(), List.copyOf(errors));
      assertTrue(reads.get() > PUBLISHES, reads + " reads");
      assertEquals(first, oneRun(inside), "the open transaction still sees its run");
      assertTrue(
          median(beside).compareTo(median(alone).multipliedBy(3)) < 0,
          "publishing beside an open transaction took "
              + median(beside)
              + ", before "
              + median(alone));
    }
  }

  private void poll(AtomicInteger reads, AtomicBoolean done, Queue<Throwable> errors) {
    try (Connection reader = MariaDbServer.connect(server.reader());
        Statement statement = reader.createStatement()) {
      while (!done.get()) {
        oneRun(statement);
        reads.incrementAndGet();
        LockSupport.parkNanos(2_000_000);
      }
    } catch (SQLException | RuntimeException e) {
      errors.add(e);
    }
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  @Test
  void a_server_killed_during_the_load_or_the_transaction_has_the_old_rows_or_the_new_ones()
      throws Exception {
    try (ServedSite large =
            new ServedSite(
                folder.resolve("large"),
                server,
                yaml -> yaml,
                sql ->
                    sql.replace("sale_id,", "sale_id || '-' || i as sale_id,")
                        .replace(
                            "from stg_sale", "from stg_sale cross join range(50000) as r(i)"));
        FaultyProxy wire = new FaultyProxy(server.port())) {
      wire.alsoThen(server::kill);
      site.build(D1, sales(20, 1));
      site.publish();
      int amount = 1;
      for (String moment : List.of("\"s0-2", "replace into mart_publication", "COMMIT", "answer")) {
        large.build(D1, "s0 " + ++amount);
        String before = read();
        boolean committed = moment.equals("answer");
        if (committed) {
          wire.loseAnswer("COMMIT", 1);
        } else {
          wire.loseRequest(moment, 1);
        }

        assertThrows(JobException.class, () -> large.publishThrough(wire.port()), moment);

        server.restart();
        assertEquals(1, wire.heal(), moment);
        String after = "50000 rows of %1$d.0000, %1$d.00000000".formatted(amount);
        assertEquals(committed ? after : before, read(), moment);
        large.publish();
        assertEquals(after, read());
      }
    }
  }

  private String read() throws SQLException {
    try (Connection reader = MariaDbServer.connect(server.reader());
        Statement statement = reader.createStatement()) {
      return oneRun(statement);
    }
  }
}
