package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty days by four runs at a time, as the backfill's DAG does it: what a day needs of its own
 * day only comes in any order, side by side; what looks back over all history is one run at the
 * end.
 */
@Tag("slow")
@Timeout(900)
class BackfillIT {
  private static final int DAYS = Integer.getInteger("ltv.backfill.days", 15);
  private static final int PARALLEL = 4;
  private static final int TRIES = 8;

  @TempDir private Path folder;

  @Test
  void ends_with_the_marts_of_a_sequential_one() throws Exception {
    FileSite sequential = new FileSite(Files.createDirectories(folder.resolve("sequential")));
    sell(sequential);
    sequential.chain(days(1, DAYS));
    try (Places places = new Places(folder.resolve("servers"))) {
      FileSite site =
          new FileSite(Files.createDirectories(folder.resolve("parallel")), places.settings());
      sell(site);

      inParallel(site);
      site.chain(days(1, DAYS));

      for (String job : Repository.JOBS) {
        assertEquals(sequential.lake().rows(job), site.lake().rows(job), job);
      }
      for (String query :
          List.of(
              "select cast(sum(revenue) as int) from mart_campaign_daily",
              "select cast(sum(orders) as int) from mart_channel_daily",
              "select cast(sum(revenue) as int) from mart_ltv_curve",
              "select cast(sum(observed_value + expected_value) as int) from mart_ltv_campaign",
              "select cast(sum(observed_value) as int) from mart_roas_cohort",
              "select cast(sum(active_users) as int) from mart_retention_cohort")) {
        assertEquals(sequential.read(query), site.read(query), query);
      }
    }
  }

  /** Later days first, as a scheduler may do it. */
  private static void inParallel(FileSite site) throws Exception {
    ExecutorService runs = Executors.newFixedThreadPool(PARALLEL);
    List<Callable<Void>> chunks = new ArrayList<>();
    int length = DAYS / 5;
    for (int first = DAYS - length + 1; first >= 1; first -= length) {
      String[] days = days(first, first + length - 1);
      chunks.add(
          () -> {
            List.of("ingest", "cleanse").forEach(job -> again(site, job, days));
            return null;
          });
    }
    for (Future<Void> chunk : runs.invokeAll(chunks)) {
      chunk.get();
    }
    runs.shutdown();
  }

  /** As the scheduler does it: a conflict is tried again. */
  private static void again(FileSite site, String job, String[] days) {
    Ended ended = site.run(job, days);
    for (int i = 1; ended.exit() == 75 && i < TRIES; i++) {
      ended = site.run(job, days);
    }
    ended.with(0);
  }

  private static void sell(FileSite site) throws IOException {
    for (int n = 1; n <= DAYS; n++) {
      site.sell(
          n,
          "a%d,customer%d,%d".formatted(n, n % 7, 100 + n),
          "b%d,customer%d,%d".formatted(n, n, 10 * n),
          "c%d,customer%d,%d".formatted(n, n % 3, n));
    }
  }
}
