package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import ltv.dataset.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every job is killed at every fault point that it passes, each time on a day that it has to
 * replace, on top of what the kills before have left; then it is run again. The points are found by
 * a listing run: a new step is killed without being named here.
 */
@Tag("kills")
@Timeout(2400)
@Execution(ExecutionMode.CONCURRENT)
class KillIT {
  private static final Set<String> OF_THE_CATALOG = Set.of("before-catalog", "after-catalog");

  /**
   * Two by day and one of each day's view of all before: they pass every point that calculate has.
   */
  private static final String MARTS = "mart_campaign_daily,mart_channel_daily,mart_ltv_curve";

  @TempDir private static Path servers;
  private static Places places;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    places = new Places(servers);
  }

  @AfterAll
  static void stop() {
    places.close();
  }

  @Test
  void on_a_local_disk_under_sqlite() throws IOException {
    killed(path -> new FileSite(path));
  }

  @Test
  void in_s3_under_mariadb() throws IOException {
    killed(path -> new FileSite(path, places.settings()));
  }

  private void killed(Function<Path, FileSite> sites) throws IOException {
    Map<String, List<String>> points = points(sites);
    int days = points.values().stream().mapToInt(List::size).max().orElseThrow();
    Map<String, Map<String, String>> wanted = undisturbed(days);
    FileSite site = sites.apply(Files.createDirectories(folder.resolve("killed")));
    sell(site, days, 2);
    chain(site, days);
    Map<String, Map<String, String>> old = new HashMap<>();
    Repository.JOBS.forEach(job -> old.put(job, site.lake().rows(job)));
    sell(site, days, 3);

    for (String job : Repository.JOBS) {
      boolean publishes = job.equals("calculate");
      int n = 0;
      for (String point : points.get(job)) {
        n++;
        // a day that is half built is built to its end before the next one is published
        String[] killed = flags(job, publishes ? 1 : n, n);
        site.start(job, List.of("-Dltv.fault=" + point + "=halt"), killed).end().with(137);
        eachIsOldOrNew(
            job + " at " + point, site.lake().rows(job, day(n)), old.get(job), wanted.get(job));
        if (publishes) {
          martsAgree(site, point);
        }
      }
      site.run(job, flags(job, 1, days)).with(0);
      assertEquals(wanted.get(job), site.lake().rows(job), job);
    }
    vacuumed(site, wanted);
  }

  /** What each job passes, in order; of the catalog only what lies inside a commit. */
  private Map<String, List<String>> points(Function<Path, FileSite> sites) throws IOException {
    FileSite site = sites.apply(Files.createDirectories(folder.resolve("listed")));
    sell(site, 1, 2);
    chain(site, 1);
    sell(site, 1, 3); // the tables are there, and the day is replaced: as it will be when killed
    Map<String, List<String>> points = new LinkedHashMap<>();
    for (String job : Repository.JOBS) {
      Path list = folder.resolve("points-of-" + job);
      site.start(job, List.of("-Dltv.fault=list:" + list), flags(job, 1, 1)).end().with(0);
      points.put(job, chosen(Files.readAllLines(list)));
      assertTrue(points.get(job).size() > 10, job + " passes " + points.get(job));
    }
    return points;
  }

  private static List<String> chosen(List<String> passed) {
    List<String> chosen = new ArrayList<>();
    Map<String, Integer> times = new HashMap<>();
    int from = passed.indexOf("before-commit");
    int to = passed.indexOf("after-commit");
    for (int i = 0; i < passed.size(); i++) {
      String point = passed.get(i);
      int n = times.merge(point, 1, Integer::sum);
      if (OF_THE_CATALOG.contains(point) ? from < i && i < to : n == 1) {
        chosen.add(point + "#" + n);
      }
    }
    return chosen;
  }

  /** The rows of every job when nobody is killed. */
  private Map<String, Map<String, String>> undisturbed(int days) throws IOException {
    FileSite twin = new FileSite(Files.createDirectories(folder.resolve("undisturbed")));
    sell(twin, days, 3);
    chain(twin, days);
    Map<String, Map<String, String>> rows = new HashMap<>();
    Repository.JOBS.forEach(job -> rows.put(job, twin.lake().rows(job)));
    return rows;
  }

  private static void chain(FileSite site, int days) {
    Repository.JOBS.forEach(job -> site.run(job, flags(job, 1, days)).with(0));
  }

  private static String[] flags(String job, int from, int to) {
    List<String> flags = new ArrayList<>(List.of(days(from, to)));
    if (job.equals("calculate")) {
      flags.addAll(List.of("--dataset", MARTS));
    }
    return flags.toArray(String[]::new);
  }

  /** Half as much again is no reason to hold a day; twice as much would be. */
  private static void sell(FileSite site, int days, int price) {
    for (int n = 1; n <= days; n++) {
      site.sell(n, "o%d,ann,%d".formatted(n, 100 * price + n), "p%d,bob,%d".formatted(n, price));
    }
  }

  private static void eachIsOldOrNew(
      String when, Map<String, String> found, Map<String, String> old, Map<String, String> wanted) {
    assertTrue(!found.isEmpty() && old.keySet().containsAll(found.keySet()), when + found);
    found.forEach(
        (partition, hash) ->
            assertTrue(
                hash.equals(old.get(partition)) || hash.equals(wanted.get(partition)),
                when + ": " + partition + " is neither the old one nor the new one"));
  }

  /** Two marts over the same orders have one total, whichever run readers see. */
  private static void martsAgree(FileSite site, String point) {
    List<String> totals = new ArrayList<>();
    for (String mart : List.of("mart_campaign_daily", "mart_channel_daily")) {
      totals.add(site.read("select cast(sum(revenue) as char(30)) from " + mart));
    }
    assertEquals(totals.get(0), totals.get(1), "readers after " + point);
  }

  private static void vacuumed(FileSite site, Map<String, Map<String, String>> wanted) {
    String[] all = JobProcess.VACUUM_ALL.toArray(String[]::new);
    for (String job : Repository.JOBS) {
      long left = site.run(job, all).with(0).report().path("vacuumed.files").asLong();
      assertTrue(left > 0, job + " left nothing behind when it was killed");
      assertEquals(wanted.get(job), site.lake().rows(job), job + " after vacuum");
      site.run(job, "vacuum", "--orphans-older-than", "PT0S").with(0);
      assertEquals(
          0, site.run(job, all).with(0).report().path("vacuumed.files").asLong(), job + " twice");
    }
  }
}
