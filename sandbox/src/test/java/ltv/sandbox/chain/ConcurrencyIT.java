package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ltv.sandbox.chain.JobProcess.Ended;
import ltv.sandbox.chain.JobProcess.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that meet: on one partition, on one table, with a signal, with a sudden end. */
class ConcurrencyIT {
  private static final String BEFORE = "before-commit";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void sell() {
    site = new FileSite(folder);
    for (int d = 1; d <= 4; d++) {
      site.sell(d, "o" + d + ",ann,100", "p" + d + ",bob,5");
    }
  }

  @Test
  void of_two_processes_on_one_partition_one_commits_and_the_other_ends_with_75() {
    Gate one = new Gate(BEFORE, folder, "one");
    Gate two = new Gate(BEFORE, folder, "two");
    Running first = site.start("ingest", one.jvm(), days(1, 1));
    one.awaitReached();
    site.sell(1, "o1,ann,100");
    Running second = site.start("ingest", two.jvm(), days(1, 1));
    two.awaitReached();

    two.open();
    Ended winner = second.end().with(0);
    one.open();
    Ended loser = first.end().with(75);

    assertEquals(1, winner.count("committed"));
    assertEquals(1, loser.count("conflict"));
    assertTrue(loser.err().contains("src_file__orders/2026-11-01 was not committed"), loser::err);
    assertEquals(1, site.lake().entry("src_file__orders", day(1)).orElseThrow().rowsOut());
    assertEquals(1L, site.lake().snapshots().get("src_file__orders"));
  }

  @Test
  void two_processes_that_commit_at_the_same_moment_leave_the_rows_of_one_run() {
    List<Gate> gates = List.of(new Gate(BEFORE, folder, "one"), new Gate(BEFORE, folder, "two"));
    List<Running> running =
        gates.stream().map(g -> site.start("ingest", g.jvm(), days(1, 1))).toList();
    gates.forEach(Gate::awaitReached);

    gates.forEach(Gate::open);

    assertEquals(List.of(0, 75), running.stream().map(r -> r.end().exit()).sorted().toList());
    assertEquals(2, site.lake().entry("src_file__orders", day(1)).orElseThrow().rowsOut());
    assertEquals(1L, site.lake().snapshots().get("src_file__orders"));
  }

  @Test
  void four_processes_on_different_days_of_one_table_all_commit() {
    site.run("ingest", days(1, 4)).with(0);
    List<Gate> gates = new ArrayList<>();
    List<Running> running = new ArrayList<>();
    for (int d = 1; d <= 4; d++) {
      Gate gate = new Gate(BEFORE, folder, "day" + d);
      gates.add(gate);
      running.add(site.start("cleanse", gate.jvm(), days(d, d)));
    }
    gates.forEach(Gate::awaitReached);

    gates.forEach(Gate::open);

    running.forEach(r -> r.end().with(0));
    for (int d = 1; d <= 4; d++) {
      assertEquals(2, site.lake().entry("stg_order", day(d)).orElseThrow().rowsOut());
    }
    assertEquals(4L, site.lake().snapshots().get("stg_file__order"));
  }

  @Test
  void a_range_of_days_makes_one_snapshot_per_dataset() {
    site.run("ingest", days(1, 4)).with(0);
    site.run("cleanse", days(1, 4)).with(0);

    site.lake().snapshots().forEach((dataset, n) -> assertEquals(1, n, dataset));
    assertEquals(
        4,
        site.lake().builders().keySet().stream().filter(p -> p.startsWith("stg_order/")).count());
  }

  @Test
  void a_process_killed_after_the_commit_has_lost_nothing() {
    killed("after-commit", "cleanse");

    Ended next = site.run("cleanse", days(1, 2)).with(0);

    String first = "fraud_rule"; // what this site's cleanse builds before all else
    assertEquals(2, next.report().at("/datasets/" + first + "/unchanged").asInt(), next::out);
    assertEquals(2, next.report().at("/datasets/stg_order/committed").asInt(), next::out);
    assertEquals(1L, site.lake().snapshots().get(first));
  }

  @Test
  void a_process_killed_before_the_commit_has_shown_nothing_and_the_next_run_builds_it() {
    killed(BEFORE, "cleanse");
    assertTrue(site.lake().entry("stg_file__order", day(1)).isEmpty());

    Ended next = site.run("cleanse", days(1, 2)).with(0);

    assertEquals(2, next.report().at("/datasets/stg_file__order/committed").asInt(), next::out);
    assertEquals(1L, site.lake().snapshots().get("stg_file__order"));
  }

  private void killed(String point, String job) {
    site.run("ingest", days(1, 2)).with(0);
    site.start(job, List.of("-Dltv.fault=" + point + "=halt"), days(1, 2)).end().with(137);
  }
}
