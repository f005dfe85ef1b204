package ltv.spark;

import static ltv.dataset.TestSite.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.dataset.Opened;
import ltv.dataset.TestSite;
import ltv.lake.Hold;
import ltv.lake.LakeJdbcCatalog;
import ltv.lake.LedgerEntry;
import ltv.lake.LocalFileIO;
import ltv.lake.Partition;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions built by Spark and committed as DuckDB's are, in one lake under SQLite. */
class SparkStageTest {
  @TempDir private Path folder;
  private TestSite site;
  private SparkEngine spark;

  @BeforeEach
  void open() {
    SiteConfig settings = Sites.below(folder, 7, TestSite.shop());
    site = new TestSite(settings, TestSite.FOLDERS);
    spark =
        LocalSpark.engine(
            Map.of(
                "catalog-impl",
                LakeJdbcCatalog.class.getName(),
                "uri",
                "jdbc:sqlite:" + settings.state().file() + "?busy_timeout=30000",
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file://" + settings.warehouse(),
                "io-impl",
                LocalFileIO.class.getName()));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void gives_what_duckdb_gives_and_each_finds_the_others_work_unchanged() {
    site.sell(D1, "a 1", "a 2", "b 3.5");
    assertEquals(List.of(D1 + " committed"), site.build("stg_sale", D1, spark));
    LedgerEntry built = site.entry("stg_sale", D1);

    assertEquals(3, built.rowsOut());
    assertEquals(Map.of("duplicate", 1L), built.removed());
    assertEquals(1, built.files().size());
    assertEquals(List.of(D1 + " unchanged"), site.build("stg_sale", D1, site.duckDb()));
    assertEquals(List.of(D1 + " verified"), site.verify("stg_sale", D1, site.duckDb()));
    assertEquals(List.of(D1 + " verified"), site.verify("stg_sale", D1, spark));
    assertEquals(built, site.entry("stg_sale", D1));
  }

  @Test
  void a_column_that_the_dataset_no_longer_has_stays_empty() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, site.duckDb());
    try (SparkEngineSession session = spark.open()) {
      session.rows("alter table lake.cleanse.stg_sale add column former string");
    }
    site.sell(D1, "a 1", "b 2");

    assertEquals(List.of(D1 + " committed"), site.build("stg_sale", D1, spark));
    assertEquals(2, site.entry("stg_sale", D1).rowsOut());
    assertEquals(List.of(D1 + " verified"), site.verify("stg_sale", D1, site.duckDb()));
  }

  @Test
  void what_stands_on_a_held_day_is_built_from_its_staged_rows() {
    site.close();
    Map<String, String> folders = new TreeMap<>(TestSite.FOLDERS);
    folders.put(
        "process/fct_sale/schema.yml",
        """
        grain: one row per sale
        partition: sold_on
        key: [sale_id]
        inputs: {stg_sale: {required: true}}
        columns: [{name: sold_on, type: date}, {name: sale_id, type: string}, {name: amount, type: "decimal(18,4)"}]
        usual: {by: sale_id, sums: [amount]}
        """);
    folders.put(
        "process/fct_sale/query.sql",
        "-- one row per sale\nselect sold_on, sale_id, amount from stg_sale where sold_on = run_date()");
    folders.put(
        "process/fct_until/schema.yml",
        """
        grain: one row per day, everything until then
        partition: day
        inputs: {fct_sale: {required: true, lookback: all}}
        columns: [{name: day, type: date}, {name: amount, type: "decimal(18,4)"}]
        """);
    folders.put(
        "process/fct_until/query.sql",
        "-- one row per day\nselect run_date() as day, cast(sum(amount) as decimal(18, 4)) as amount from fct_sale");
    site = new TestSite(Sites.below(folder, 7, TestSite.shop()), folders);
    LocalDate odd = D1.plusDays(14);
    for (LocalDate day = D1; day.isBefore(odd); day = day.plusDays(1)) {
      site.sell(day, "a 10");
    }
    site.sell(odd, "a 80");
    for (String name : List.of("stg_sale", "fct_sale")) {
      site.build(name, D1, odd.minusDays(1));
      site.build(name, odd, odd);
    }

    assertEquals(List.of(odd + " held"), site.build("fct_until", odd, spark));
    for (String name : List.of("fct_sale", "fct_until")) {
      Opened opened = site.opened("process");
      opened
          .lake()
          .table(opened.datasets().get(name).table())
          .release(Partition.of(odd), new Hold.Decision(true, "kim", "a sale", ""), "run");
    }
    assertEquals(List.of(odd + " unchanged"), site.build("fct_until", odd, site.duckDb()));
    assertEquals(List.of(odd + " verified"), site.verify("fct_until", odd, site.duckDb()));
  }

  @Test
  void writes_what_is_computed_without_having_read_a_table() {
    assertEquals(List.of(D1 + " committed"), site.build("stg_rule", D1, spark));
    assertEquals(List.of(D1 + " unchanged"), site.build("stg_rule", D1, site.duckDb()));
    assertEquals(1, site.entry("stg_rule", D1).rowsOut());
  }

  @Test
  void replaces_rows_by_none_and_none_by_rows() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, spark);
    site.sell(D1);

    assertEquals(List.of(D1 + " committed"), site.build("stg_sale", D1, spark));

    assertEquals(LedgerEntry.State.EMPTY, site.entry("stg_sale", D1).state());
    assertEquals(List.of(D1 + " verified"), site.verify("stg_sale", D1, site.duckDb()));
    site.sell(D1, "a 1", "b 2");
    site.build("stg_sale", D1, spark);
    assertEquals(2, site.entry("stg_sale", D1).rowsOut());
    assertEquals(List.of("all committed"), site.build("dim_sale", D1, spark));
    assertEquals(List.of("all verified"), site.verify("dim_sale", D1, site.duckDb()));
  }

  @Test
  void holds_what_a_check_refuses_and_the_old_rows_stay() {
    site.sell(D1, "a 1");
    site.build("stg_sale", D1, spark);
    site.sell(D1, "a -1");

    assertEquals(List.of(D1 + " held"), site.build("stg_sale", D1, spark));

    assertEquals(List.of(D1 + " held"), site.build("stg_sale", D1, site.duckDb()));
    assertEquals(1, site.entry("stg_sale", D1).rowsOut());
    assertEquals(LedgerEntry.State.COMMITTED, site.entry("stg_sale", D1).state());
  }

  @Test
  void tells_a_query_that_is_wrong() {
    try (SparkEngineSession session = spark.open()) {
      for (String wrong : List.of("select nothing_such", "selekt 1", "select 1 / 0")) {
        JobException e = assertThrows(JobException.class, () -> session.rows(wrong));
        assertEquals(ExitCode.BUG, e.exitCode());
        assertTrue(e.getMessage().endsWith("In: " + wrong), e.getMessage());
      }
    }
  }
}
