package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import ltv.config.SiteConfig;
import ltv.dataset.Repository;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Running;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backfill of all channels that is killed at random moments and started again: it ends complete,
 * and what was landed whole is not fetched again. By hand: {@code -Dltv.resume.days=400
 * -Dltv.resume.kills=10}.
 */
@Tag("slow")
@Timeout(3600)
class ResumeIT {
  private static final int DAYS = Integer.getInteger("ltv.resume.days", 20);
  private static final int KILLS = Integer.getInteger("ltv.resume.kills", 4);
  private static final LocalDate TO = LocalDate.of(2026, 11, 18);
  private static final LocalDate FROM = TO.minusDays(DAYS - 1);

  /** A question that was under way, and the list that says which reports of the day there are. */
  private static final int ASKED_AGAIN_PER_KILL = 2;

  private static final Pattern OF_AN_ORDER =
      Pattern.compile("-reports/|/report-download| /v[0-9.]+/[0-9]+");

  /** What people mend, and what is asked for a month at a time: once in every run. */
  private static final Pattern ANEW_BY_EVERY_RUN =
      Pattern.compile(" /v4/spreadsheets/| /report\\.csv|/agg-data/|/cohorts/");

  private static final Duration LONGEST = Duration.ofHours(1);

  @TempDir private Path folder;

  @Test
  void a_backfill_goes_on_where_it_was_killed() throws Exception {
    try (World world = new World(20261119, FROM, DAYS, 0.3, 0, folder.resolve("drop"));
        World twin = new World(20261119, FROM, DAYS, 0.3, 0, folder.resolve("drop-of-twin"))) {
      long started = System.nanoTime();
      Map<String, String> wanted = contents(twin, "twin", 0, 0);
      long undisturbed = (System.nanoTime() - started) / 1_000_000;

      assertEquals(wanted, contents(world, "killed", KILLS, undisturbed));

      Map<String, Long> more = times(world);
      Map<String, Long> once = times(twin);
      assertEquals(once.keySet(), new TreeSet<>(more.keySet()), "the same questions");
      once.forEach((asked, times) -> more.merge(asked, -times, Long::sum));
      more.values().removeIf(times -> times == 0);
      long again = more.values().stream().mapToLong(Long::longValue).sum();
      assertTrue(again <= (long) ASKED_AGAIN_PER_KILL * KILLS, again + " asked again: " + more);
      assertTrue(more.values().stream().allMatch(times -> times > 0), "less than once: " + more);
    }
  }

  /**
   * How often each question was answered; what follows an order of a report is left out, and what
   * every run asks.
   */
  private static Map<String, Long> times(World world) {
    Map<String, Long> times = new TreeMap<>();
    world.served().stream()
        .filter(asked -> !OF_AN_ORDER.matcher(asked).find())
        .filter(asked -> !ANEW_BY_EVERY_RUN.matcher(asked).find())
        .forEach(asked -> times.merge(asked, 1L, Long::sum));
    return times;
  }

  /** What the rows of a backfill hash to that is killed some times before it is let be. */
  private Map<String, String> contents(World world, String name, int kills, long undisturbedMillis)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve(name));
    Map<String, String> environment = new TreeMap<>(world.environment());
    environment.put("LTV_DEMO_HOME", home.toString());
    environment.put("LTV_HASH_KEY", "hash-key-of-the-test");
    Path config = Repository.root().resolve("examples/demo.yaml");
    String[] range = {
      "--config",
      config.toString(),
      "--from",
      FROM.toString(),
      "--to",
      TO.toString(),
      "--only-missing"
    };
    JobProcess jobs = new JobProcess(home, environment);
    Random random = new Random(DAYS);
    for (int kill = 0; kill < kills; kill++) {
      Running running = jobs.start("ingest", List.of(), range);
      // together about a quarter of the way: each finds the backfill at work
      long moment = 1000 + random.nextLong(Math.max(1, undisturbedMillis / kills / 2));
      assertFalse(running.process().waitFor(moment, TimeUnit.MILLISECONDS), "it was at work");
      running.process().destroyForcibly().waitFor();
    }
    jobs.start("ingest", List.of(), range).end(LONGEST).with(0);
    return new LakeView(SiteConfig.read(config, environment)).contents();
  }
}
