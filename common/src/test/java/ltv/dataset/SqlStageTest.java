package ltv.dataset;

import static ltv.dataset.TestSite.D1;
import static ltv.dataset.TestSite.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.lake.LedgerEntry.State;
import ltv.lake.Partition;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.PartitionOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlStageTest {
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void open() {
    site = new TestSite(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_day_is_built_once_and_then_unchanged_without_a_new_snapshot() {
    site.sell(D1, "a 1", "b 2", "b 2");

    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_sale", D1, D1)));
    long snapshots = site.snapshots("stg_sale");
    assertEquals(List.of("2026-11-01 unchanged"), states(site.build("stg_sale", D1, D1)));

    assertEquals(snapshots, site.snapshots("stg_sale"));
    assertEquals(3, site.entry("stg_sale", D1).rowsIn());
    assertEquals(3, site.entry("stg_sale", D1).rowsOut());
    assertEquals(Map.of("duplicate", 1L), site.entry("stg_sale", D1).removed());
  }

  @Test
  void force_writes_a_new_snapshot_with_the_same_content_hash() {
    site.sell(D1, "a 1", "b 2");
    site.build("stg_sale", D1, D1);
    String content = site.entry("stg_sale", D1).content();
    String run = site.entry("stg_sale", D1).runId();
    long snapshots = site.snapshots("stg_sale");

    site.build("stg_sale", new Days(D1, D1, Days.Reach.EXACT), BuildMode.FORCE);

    assertEquals(snapshots + 1, site.snapshots("stg_sale"));
    assertEquals(content, site.entry("stg_sale", D1).content());
    assertNotEquals(run, site.entry("stg_sale", D1).runId());
  }

  @Test
  void evidence_does_not_change_the_content_so_what_follows_stays() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);

    site.sell(D1, "a 1");

    assertEquals(List.of("2026-11-01 unchanged"), states(site.build("stg_sale", D1, D1)));
  }

  @Test
  void a_day_that_becomes_empty_replaces_the_full_one() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);

    site.sell(D1);

    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_sale", D1, D1)));
    assertEquals(State.EMPTY, site.entry("stg_sale", D1).state());
    assertEquals(0, site.entry("stg_sale", D1).rowsOut());
  }

  @Test
  void an_empty_day_is_built_and_a_missing_day_is_not_ready() {
    site.sell(D1);

    List<PartitionOutcome> outcomes = site.build("stg_sale", D1, D2);

    assertEquals(List.of("2026-11-02 not_ready", "2026-11-01 committed"), states(outcomes));
    assertEquals(ExitCode.NOT_READY, outcomes.get(0).exitCode());
    assertTrue(
        outcomes.get(0).explain().contains("partition src_shop__sales/2026-11-02 is not committed"),
        outcomes.get(0).explain());
  }

  @Test
  void a_range_commits_once_per_dataset() {
    site.sell(D1, "a 1");
    site.sell(D2, "b 1");
    site.sell(D3, "c 1");

    assertEquals(3, site.build("stg_sale", D1, D3).size());

    assertEquals(1, site.snapshots("stg_sale"));
  }

  @Test
  void a_day_that_looks_ahead_is_built_again_when_the_next_one_comes() {
    site.sell(D1, "a 1");
    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_near", D1, D1)));
    String alone = site.entry("stg_near", D1).content();
    site.sell(D2, "b 1");

    List<PartitionOutcome> outcomes =
        site.build("stg_near", new Days(D2, D2, Days.Reach.WITH_LOOKBACK), BuildMode.CHANGED);

    assertEquals(List.of("2026-11-01 committed", "2026-11-02 committed"), states(outcomes));
    assertNotEquals(alone, site.entry("stg_near", D1).content());
    site.sell(D3, "c 1");
    site.build("stg_near", new Days(D3, D3, Days.Reach.WITH_LOOKBACK), BuildMode.CHANGED);
    site.sell(D3.plusDays(1), "d 1");
    outcomes =
        site.build(
            "stg_near",
            new Days(D3.plusDays(1), D3.plusDays(1), Days.Reach.WITH_LOOKBACK),
            BuildMode.CHANGED);
    assertEquals(
        List.of("2026-11-03 committed", "2026-11-04 committed"), states(outcomes), "no others");
  }

  @Test
  void rebuilding_one_past_day_changes_only_that_day() {
    fill(3);
    site.build("stg_sale", D1, D3);
    String before = site.entry("stg_sale", D3).runId();

    site.sell(D2, "x 9");
    site.build("stg_sale", D2, D2);

    assertEquals(before, site.entry("stg_sale", D3).runId());
    assertEquals(1, site.entry("stg_sale", D2).rowsOut());
  }

  @Test
  void a_day_is_restated_when_readers_had_other_rows_of_it() {
    site.sell(D1, "a 1");
    assertEquals(List.of(false), restated(site.build("stg_sale", D1, D1)));
    site.sell(D1, "a 1", "b 2");
    assertEquals(List.of(true), restated(site.build("stg_sale", D1, D1)));

    assertEquals(
        List.of(false),
        restated(site.build("stg_sale", new Days(D1, D1, Days.Reach.EXACT), BuildMode.FORCE)));
  }

  private static List<Boolean> restated(List<PartitionOutcome> outcomes) {
    return outcomes.stream().map(o -> ((PartitionOutcome.Committed) o).restated()).toList();
  }

  @Test
  void a_daily_run_rebuilds_lookback_days_whose_inputs_changed_and_only_those() {
    fill(3);
    site.build("stg_sale", D1, D3);
    site.sell(D2, "x 9");

    List<PartitionOutcome> outcomes =
        site.build("stg_sale", new Days(D3, D3, Days.Reach.WITH_LOOKBACK), BuildMode.CHANGED);

    assertEquals(List.of("2026-11-03 unchanged", "2026-11-02 committed"), states(outcomes));
  }

  @Test
  void a_daily_run_does_not_reach_before_the_first_day_ever_built() {
    fill(3);
    site.build("stg_sale", D2, D2);

    List<PartitionOutcome> outcomes =
        site.build("stg_sale", new Days(D3, D3, Days.Reach.WITH_LOOKBACK), BuildMode.CHANGED);

    assertEquals(List.of("2026-11-03 committed"), states(outcomes));
  }

  @Test
  void a_cumulative_day_sees_everything_up_to_it_and_nothing_later() {
    fill(3);
    site.build("stg_sale", D1, D3);

    site.build("fct_total", D1, D2);
    site.build("fct_total", D3, D3);

    assertNotEquals(site.entry("fct_total", D1).content(), site.entry("fct_total", D2).content());
    String alone = site.entry("fct_total", D2).content();
    site.build("fct_total", new Days(D2, D2, Days.Reach.EXACT), BuildMode.FORCE);
    assertEquals(alone, site.entry("fct_total", D2).content(), "alone or in a range: the same");
  }

  @Test
  void a_source_that_the_site_lacks_counts_as_empty() {
    fill(1);
    site.build("stg_sale", D1, D1);

    assertEquals(List.of("2026-11-01 committed"), states(site.build("fct_total", D1, D1)));
  }

  @Test
  void a_day_of_which_no_optional_input_is_there_waits_too() {
    fill(1);

    List<PartitionOutcome> outcomes = site.build("stg_seen", D1, D2);

    assertEquals(List.of("2026-11-02 not_ready", "2026-11-01 committed"), states(outcomes));
    assertTrue(
        outcomes.get(0).explain().contains("src_shop__sales/2026-11-02 is not committed"),
        outcomes.get(0).explain());
  }

  @Test
  void what_stands_is_built_on_a_day_that_no_input_has() {
    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_rule", D1, D1)));
    site.sell(D1, "a 1");

    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_rule", D1, D1)));
  }

  @Test
  void a_dateless_dataset_is_replaced_whole_and_waits_for_the_last_day() {
    fill(2);
    site.build("stg_sale", D1, D1);

    assertEquals(List.of("all not_ready"), states(site.build("dim_sale", D1, D2)));
    site.build("stg_sale", D2, D2);
    assertEquals(List.of("all committed"), states(site.build("dim_sale", D1, D2)));
    assertEquals(List.of("all unchanged"), states(site.build("dim_sale", D1, D2)));
  }

  @Test
  void a_broken_check_holds_the_day_and_readers_keep_the_old_rows() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);
    String before = site.entry("stg_sale", D1).content();
    site.sell(D1, "a -1");

    List<PartitionOutcome> first = site.build("stg_sale", D1, D1);
    List<PartitionOutcome> second = site.build("stg_sale", D1, D1);

    assertEquals(List.of("2026-11-01 held"), states(first));
    assertTrue(
        first.get(0).explain().contains("range: 1 rows have amount < 0; none may"),
        first.get(0).explain());
    assertEquals(List.of("2026-11-01 held"), states(second), "and is not built again");
    assertEquals(before, site.entry("stg_sale", D1).content());

    site.sell(D1, "a 5");
    assertEquals(List.of("2026-11-01 committed"), states(site.build("stg_sale", D1, D1)));
  }

  @Test
  void a_day_with_too_large_a_share_of_bad_rows_is_held_and_an_empty_one_is_fine() {
    site.sell(D1, "a 999", "b 999", "c 1");
    site.sell(D2, "a 999", "b 1");
    site.sell(D3);

    List<PartitionOutcome> outcomes = site.build("stg_sale", D1, D3);

    assertEquals(
        List.of("2026-11-02 committed", "2026-11-03 committed", "2026-11-01 held"),
        states(outcomes));
    assertTrue(
        outcomes
            .get(2)
            .explain()
            .contains("share: 2 of 3 rows have amount > 900; at most a share of 0.5 may"),
        outcomes.get(2).explain());
  }

  @Test
  void only_missing_leaves_changed_days_alone() {
    fill(2);
    site.build("stg_sale", D1, D1);
    site.sell(D1, "x 9");

    List<PartitionOutcome> outcomes =
        site.build("stg_sale", new Days(D1, D2, Days.Reach.EXACT), BuildMode.ONLY_MISSING);

    assertEquals(List.of("2026-11-01 unchanged", "2026-11-02 committed"), states(outcomes));
  }

  @Test
  void the_ledger_is_found_again_by_another_process() {
    fill(1);
    site.build("stg_sale", D1, D1);
    try (TestSite other = site.again()) {
      assertEquals(List.of("2026-11-01 unchanged"), states(other.build("stg_sale", D1, D1)));
      assertTrue(
          other
              .lake
              .table(other.datasets.get("stg_sale").table())
              .pin()
              .published()
              .containsKey(Partition.of(D1)));
    }
  }

  private void fill(int days) {
    for (int i = 0; i < days; i++) {
      site.sell(D1.plusDays(i), "s" + i + " " + (i + 1));
    }
  }
}
