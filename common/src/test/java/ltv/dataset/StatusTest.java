package ltv.dataset;

import static ltv.dataset.TestSite.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.RunFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How partitions are, and which commands mend them. */
class StatusTest {
  private static final LocalDate D2 = D1.plusDays(1);
  private static final List<String> DATASETS =
      List.of("src_shop__sales", "stg_sale", "stg_near", "dim_sale");

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

  private List<PartitionStatus> look(LocalDate from, LocalDate to) {
    Days days = new Days(from, to, Days.Reach.EXACT);
    List<Dataset> datasets = DATASETS.stream().map(site.datasets::get).toList();
    return Status.of(datasets, dataset -> seen(dataset, days), 7).found();
  }

  private Status.Seen seen(Dataset dataset, Days days) {
    Pin pin = site.lake.pin(dataset.table());
    return new Status.Seen(
        dataset,
        pin,
        dataset.isSource() ? Status.ofSource(dataset, pin, days) : site.plan(dataset.name(), days));
  }

  private static List<String> states(List<PartitionStatus> found) {
    return found.stream().map(s -> s.name() + " " + s.state()).toList();
  }

  private static RunFlags flags(String config, LocalDate from, LocalDate to) {
    return CommandLine.populateCommand(
        new RunFlags(), "--config", config, "--from", "" + from, "--to", "" + to);
  }

  private static List<String> commands(List<PartitionStatus> found) {
    return Mending.of(found, flags("shop.yaml", D1, D2), Map.of()).stream()
        .map(m -> m.state() + " " + m.command().orElseThrow())
        .toList();
  }

  @Test
  void a_missing_source_is_mended_first_and_then_each_job_that_stands_on_it() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);
    site.build("stg_near", D1, D1);
    site.build("dim_sale", D1, D1);

    List<PartitionStatus> found = look(D1, D2);

    assertEquals(
        List.of(
            "src_shop__sales/2026-11-01 built",
            "src_shop__sales/2026-11-02 missing",
            "stg_sale/2026-11-01 built",
            "stg_sale/2026-11-02 waiting",
            "stg_near/2026-11-01 built",
            "stg_near/2026-11-02 waiting",
            "dim_sale/all built"),
        states(found));
    assertEquals(
        List.of(
            "missing ./ltv ingest --config shop.yaml --channel shop --from 2026-11-02 --to 2026-11-02",
            "waiting ./ltv cleanse --config shop.yaml --from 2026-11-01 --to 2026-11-02",
            "follows ./ltv process --config shop.yaml --from 2026-11-01 --to 2026-11-02"),
        commands(found),
        "stg_near of the first day sees the second");
  }

  @Test
  void who_asks_about_one_date_is_told_to_run_that_date_with_its_lookback() {
    RunFlags daily =
        CommandLine.populateCommand(
            new RunFlags(), "--config", "shop.yaml", "--date", D2.toString());

    assertEquals(
        List.of(
            "./ltv ingest --config shop.yaml --channel shop --date 2026-11-02",
            "./ltv cleanse --config shop.yaml --date 2026-11-02",
            "./ltv process --config shop.yaml --date 2026-11-02"),
        Mending.of(look(D1, D2), daily, Map.of()).stream()
            .map(m -> m.command().orElseThrow())
            .toList());
  }

  @Test
  void a_day_that_was_not_read_says_why_and_what_is_mixed_is_counted() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);
    site.sell(D1, "a 2");

    List<Mending> toDo =
        Mending.of(
            look(D1, D2),
            flags("shop.yaml", D1, D2),
            Map.of(
                "src_shop__sales/2026-11-01", "was not read: an old story",
                "src_shop__sales/2026-11-02 of account 1", "was not read: the token is refused."));

    assertEquals(
        List.of(
            "shop, src_shop__sales/2026-11-02: never read;"
                + " the last run: was not read: the token is refused.",
            "stg_near/2026-11-01 to 2026-11-02 (2), stg_sale/2026-11-01 to 2026-11-02 (2)"
                + " (1 missing, 1 stale, 2 waiting): never built"),
        toDo.stream().limit(2).map(Mending::what).toList());
  }

  @Test
  void when_all_is_built_there_is_nothing_to_do() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);
    site.build("stg_near", D1, D1);
    site.build("dim_sale", D1, D1);

    assertEquals(List.of(), commands(look(D1, D1)));
  }

  @Test
  void a_day_that_a_check_holds_is_for_a_person_and_comes_before_all_else() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, D1);
    site.sell(D1, "a -1");
    site.build("stg_sale", D1, D1);
    site.sell(D2, "b 1");

    List<Mending> toDo = Mending.of(look(D1, D2), flags("my shop's.yaml", D1, D2), Map.of());

    Mending held = toDo.get(0);
    assertEquals("held", held.state());
    assertEquals(ExitCode.HELD, held.exit());
    assertEquals(
        "./ltv cleanse --config 'my shop'\\''s.yaml' --dataset stg_sale --from 2026-11-01 --to 2026-11-01",
        held.command().orElseThrow());
    assertTrue(
        held.what().startsWith("stg_sale/2026-11-01: range: 1 rows have amount < 0"), held.what());
    assertTrue(held.what().contains("readers keep what run "), held.what());
    assertEquals(
        List.of(ExitCode.NOT_READY), toDo.stream().skip(1).map(Mending::exit).distinct().toList());
  }

  @Test
  void a_held_day_whose_input_has_changed_since_is_built_again_without_asking() {
    site.sell(D1, "a -1");
    site.build("stg_sale", D1, D1);
    site.sell(D1, "a 1");

    assertTrue(
        commands(look(D1, D1))
            .contains("held ./ltv cleanse --config shop.yaml --from 2026-11-01 --to 2026-11-01"));
  }

  @Test
  void many_days_of_a_dataset_are_named_together() {
    site.sell(D1, "a 1");
    site.sell(D2, "b 1");
    site.sell(D2.plusDays(1), "c 1");

    List<PartitionStatus> found = look(D1, D2.plusDays(1));

    assertEquals(
        "src_shop__sales/2026-11-01 to 2026-11-03 (3), stg_sale/2026-11-01 to 2026-11-03 (3),"
            + " stg_near/2026-11-01 to 2026-11-03 (3) and 1 more",
        Mending.names(found));
  }
}
