package ltv.ingest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ltv.config.DatabaseSettings;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.CallMeter;
import ltv.lake.Database;
import ltv.lake.Lake;
import ltv.server.MariaDbServer;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallBudgetTest {
  private static final Request CALL = new Request.Builder().url("http://127.0.0.1/").build();
  private static final ChannelAccount ONE = new ChannelAccount("1", ZoneId.of("Asia/Seoul"));
  private static final ChannelStream STREAM =
      new ChannelStream("shop", "sales", 28, List.of("orders", "refunds"), List.of(ONE));
  private static final FetchRequest DAY = new FetchRequest(STREAM, ONE, LocalDate.of(2026, 11, 19));

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-11-20T01:00:30Z");
  private final List<Duration> pauses = new ArrayList<>();

  private CallBudget budget(Database database, CallLimit... limit) {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    CallBudget budget =
        new CallBudget(
            database,
            clock,
            wanted -> {
              pauses.add(wanted);
              now = now.plus(wanted);
              return Duration.ZERO;
            });
    budget.limit("shop", List.of(limit));
    budget.reading(DAY);
    return budget;
  }

  private static CallLimit limit(String report, int calls, Period every) {
    return new CallLimit(report, calls, every, ZoneOffset.UTC, false);
  }

  private static Request of(String report) {
    return CALL.newBuilder().tag(CallMeter.Counted.class, new CallMeter.Counted(report)).build();
  }

  @Test
  void a_days_calls_are_used_up_for_every_run_until_the_zones_midnight() {
    try (Lake lake = Lake.open(Sites.below(folder))) {
      CallLimit two = limit("orders", 2, Period.DAY);
      budget(lake.state(), two).call(CALL);
      budget(lake.state(), two).call(of("orders"));
      CallBudget later = budget(lake.state(), two);
      assertEquals(List.of("0 left of 2 calls of orders a day"), later.left("shop", "1"));
      assertEquals(List.of("2 left of 2 calls of orders a day"), later.left("shop", "2"));

      ChannelException e = assertThrows(ChannelException.class, () -> later.call(CALL));

      assertEquals(Kind.WAIT_UNTIL, e.kind());
      assertEquals(Optional.of(Instant.parse("2026-11-21T00:00:00Z")), e.until());
      assertTrue(e.getMessage().contains("shop may not be called for orders of 1"), e.getMessage());
      later.call(of("refunds"));
      later.call(CALL.newBuilder().tag(CallMeter.Counted.class, CallMeter.UNCOUNTED).build());
      now = Instant.parse("2026-11-21T00:00:00Z");
      later.call(CALL);
      assertEquals(List.of(), pauses);
    }
  }

  @Test
  void a_minutes_limit_is_waited_for() {
    try (Lake lake = Lake.open(Sites.below(folder))) {
      CallBudget budget =
          budget(lake.state(), limit(null, 1, Period.MINUTE), limit(null, 9, Period.MINUTE));

      budget.call(of("orders"));
      budget.call(of("refunds"));

      assertEquals(List.of(Duration.ofSeconds(90)), pauses, "until its minute cannot count");
      assertEquals(new CallTally.Made(2, 1, Duration.ofSeconds(90)), budget.tally().of("shop"));
      assertEquals(new CallTally.Made(0, 0, Duration.ZERO), budget.tally().of("other"));
      assertEquals(
          List.of(new CallBudget.Used("all", "minute", 1, 1)),
          budget.used("shop", List.of("1", "2")),
          "of two limits the nearer one");
      budget.asking();
      budget.call(CALL);
      assertEquals(2, budget.tally().of("shop").calls(), "a question is nobody's");
    }
  }

  @Test
  void calls_of_an_hour_count_for_any_sixty_minutes() {
    try (Lake lake = Lake.open(Sites.below(folder))) {
      CallBudget budget = budget(lake.state(), limit(null, 1, Period.HOUR));
      budget.call(CALL);
      now = Instant.parse("2026-11-20T02:00:20Z");

      budget.call(CALL);

      assertEquals(List.of(Duration.ofSeconds(40)), pauses);
    }
  }

  @Test
  void what_is_kept_for_the_daily_run_is_no_backfills() {
    try (Lake lake = Lake.open(Sites.below(folder))) {
      CallLimit two = limit("orders", 2, Period.DAY);
      CallBudget backfill = budget(lake.state(), two);
      backfill.keep(STREAM, "1", 1);
      backfill.call(CALL);

      assertThrows(ChannelException.class, () -> backfill.call(CALL));

      budget(lake.state(), two).call(CALL);
    }
  }

  @Test
  void processes_together_pass_no_limit_on_sqlite() throws Exception {
    together(Sites.below(folder));
  }

  @Test
  void processes_together_pass_no_limit_on_mariadb() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(folder.resolve("mariadb"))) {
      DatabaseSettings state = server.schema("ltv_state");
      together(Sites.served(folder.resolve("home"), state, folder.toString(), null));
    }
  }

  /** Four runs, each with connections of its own, that together want twice what is allowed. */
  private void together(SiteConfig site) throws Exception {
    int runs = 4;
    int allowed = 40;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    List<Future<Integer>> made = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Callable<Integer> some =
          () -> {
            try (Lake lake = Lake.open(site)) {
              CallBudget budget = budget(lake.state(), limit(null, allowed, Period.DAY));
              int calls = 0;
              for (int i = 0; i < 2 * allowed / runs; i++) {
                try {
                  budget.call(CALL);
                  calls++;
                } catch (ChannelException e) {
                  assertEquals(Kind.WAIT_UNTIL, e.kind());
                }
              }
              return calls;
            }
          };
      made.add(threads.submit(some));
    }
    int all = 0;
    for (Future<Integer> some : made) {
      all += some.get();
    }
    threads.shutdown();
    assertEquals(allowed, all, "every call that is allowed was made, and no other");
  }
}
