package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.dataset.Repository;
import ltv.lake.LedgerEntry;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a day is run again: with nothing new, by force, or with another input. */
class RerunIT {
  @TempDir private Path folder;

  private FileSite site() {
    return new FileSite(folder);
  }

  @Test
  void a_rerun_writes_no_snapshot_and_a_forced_one_writes_the_same_rows() {
    FileSite site = site();
    site.sell(1, "o1,ann,100", "o2,bob,200");
    site.sell(2, "o3,ann,50");
    site.chain(days(1, 2));
    Map<String, Long> snapshots = site.lake().snapshots();
    Map<String, String> contents = site.lake().contents();

    for (String job : Repository.JOBS) {
      Ended again = site.run(job, days(1, 2)).with(0);

      assertEquals(0, again.count("committed"), again::out);
      assertTrue(again.count("unchanged") > 0, again::out);
    }
    assertEquals(snapshots, site.lake().snapshots());

    for (String job : Repository.JOBS) {
      Map<String, Long> before = site.lake().snapshots();
      Ended forced = site.run(job, "--from", "" + day(1), "--to", "" + day(2), "--force").with(0);

      assertEquals(0, forced.count("unchanged"), forced::out);
      Map<String, Long> oneMore = new TreeMap<>(before);
      forced
          .report()
          .path("datasets")
          .fieldNames()
          .forEachRemaining(d -> oneMore.merge(d, 1L, Long::sum));
      assertEquals(oneMore, site.lake().snapshots());
    }
    assertEquals(contents, site.lake().contents());
  }

  @Test
  void a_day_that_becomes_empty_replaces_the_full_one_and_differs_from_a_missing_day() {
    FileSite site = site();
    site.sell(1, "o1,ann,100", "o2,bob,200");
    site.sell(2, "o3,ann,50");
    site.run("ingest", days(1, 2)).with(0);
    site.run("cleanse", days(1, 2)).with(0);

    site.sell(1);
    assertEquals(66, site.run("ingest", days(1, 3)).exit());
    site.run("cleanse", days(1, 2)).with(0);

    LedgerEntry empty = site.lake().entry("stg_order", day(1)).orElseThrow();
    assertEquals(LedgerEntry.State.EMPTY, empty.state());
    assertEquals(0, empty.rowsOut());
    assertEquals(1, site.lake().entry("stg_order", day(2)).orElseThrow().rowsOut());
    for (String job : List.of("ingest", "cleanse")) {
      String dataset = job.equals("ingest") ? "src_file__orders" : "stg_order";
      assertEquals(
          List.of(
              "2026-11-01 empty",
              "2026-11-02 built",
              "2026-11-03 " + (job.equals("ingest") ? "missing" : "waiting")),
          states(site.run(job, "status", "--from", "" + day(1), "--to", "" + day(3)), dataset));
    }
  }

  private static List<String> states(Ended status, String dataset) {
    return status
        .with(0)
        .out()
        .lines()
        .filter(l -> l.startsWith(dataset + " "))
        .map(l -> l.split("\\s+"))
        .map(words -> words[1] + " " + words[2])
        .toList();
  }

  @Test
  void a_past_day_asked_for_alone_changes_only_that_day() {
    FileSite site = site();
    for (int d = 1; d <= 3; d++) {
      site.sell(d, "o" + d + ",ann,100");
    }
    site.run("ingest", days(1, 3)).with(0);
    site.run("cleanse", days(1, 3)).with(0);
    Map<String, String> before = site.lake().builders();
    Map<String, String> contents = site.lake().contents();

    site.sell(1, "o1,ann,101");
    site.sell(2, "o2,ann,202");
    site.run("ingest", days(1, 1)).with(0);
    site.run("cleanse", days(1, 1)).with(0);

    Set<String> onlyThatDay =
        Set.of(
            "src_file__orders/2026-11-01",
            "stg_file__order/2026-11-01",
            "stg_source_order/2026-11-01",
            "stg_order/2026-11-01");
    assertEquals(onlyThatDay, changed(contents, site.lake().contents()));
    assertEquals(onlyThatDay, without(changed(before, site.lake().builders()), "quarantine"));
  }

  /** An order's money is no row of the quarantine: built again, but the same. */
  private static Set<String> without(Set<String> all, String dataset) {
    return all.stream().filter(p -> !p.startsWith(dataset)).collect(Collectors.toSet());
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(e -> !e.getValue().equals(before.get(e.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_daily_run_rebuilds_changed_days_of_the_lookback_and_only_those() {
    FileSite site = site();
    for (int d = 1; d <= 4; d++) {
      site.sell(d, "o" + d + ",ann,100");
    }
    site.run("ingest", days(1, 4)).with(0);
    site.run("cleanse", days(1, 4)).with(0);
    site.run("process", days(1, 4)).with(0);
    Map<String, String> before = site.lake().contents();

    // with a lookback of 2 the daily run of day 5 sees days 3 and 4; day 1 is out of its reach
    site.sell(1, "o1,ann,111");
    site.sell(4, "o4,ann,444");
    site.sell(5, "o5,bob,100");
    site.run("ingest", "--date", day(5).toString()).with(0);
    site.run("cleanse", "--date", day(5).toString()).with(0);
    site.run("process", "--date", day(5).toString()).with(0);

    assertEquals(
        Set.of(
            "fraud_rule/2026-11-05",
            "stg_currency_rate/2026-11-05",
            "stg_test_user/2026-11-05",
            "stg_campaign_guide/2026-11-05",
            "stg_event_guide/2026-11-05",
            "dim_date/2026-11-05",
            "dim_currency_rate/2026-11-05",
            "dim_user/all",
            "restatement/2026-11-05",
            "quarantine/2026-11-05",
            "src_file__orders/2026-11-04",
            "src_file__orders/2026-11-05",
            "stg_file__order/2026-11-04",
            "stg_file__order/2026-11-05",
            "stg_source_order/2026-11-04",
            "stg_source_order/2026-11-05",
            "stg_order/2026-11-04",
            "stg_order/2026-11-05",
            "new_person/2026-11-05",
            "fct_acquisition/2026-11-05",
            "fct_touch/2026-11-05",
            "fct_order/2026-11-04",
            "fct_order/2026-11-05",
            "recon_source_daily/2026-11-05",
            "inbox_campaign/2026-11-05"),
        changed(before, site.lake().contents()));
  }

  @Test
  void only_missing_leaves_a_changed_day_alone() {
    FileSite site = site();
    site.sell(1, "o1,ann,100");
    site.run("ingest", days(1, 1)).with(0);
    String content = site.lake().contents().get("src_file__orders/2026-11-01");

    site.sell(1, "o1,ann,999");
    site.sell(2, "o2,ann,1");
    Ended filled =
        site.run("ingest", "--from", "" + day(1), "--to", "" + day(2), "--only-missing").with(0);

    assertEquals(1, filled.count("committed"));
    assertEquals(content, site.lake().contents().get("src_file__orders/2026-11-01"));
    site.run("ingest", days(1, 1)).with(0);
    assertNotEquals(content, site.lake().contents().get("src_file__orders/2026-11-01"));
  }
}
