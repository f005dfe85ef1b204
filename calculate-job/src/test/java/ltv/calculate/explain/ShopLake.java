package ltv.calculate.explain;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import ltv.calculate.trace.KnownTables;
import ltv.calculate.trace.LandingLines;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.dataset.Opened;
import ltv.dataset.TestSite;
import ltv.engine.DuckDbSession;

/** A lake of a shop: what was sold, cleaned, converted, shared among buyers and added up. */
final class ShopLake implements AutoCloseable {
  static final LocalDate DAY = TestSite.D1;
  static final String PAGE = "shop/sales/account=1/date=2026-11-01/run=r/page-000001.csv.gz";

  private static final Map<String, String> FOLDERS = new TreeMap<>();

  static {
    put(
        "ingest/src_shop__sales",
        """
        grain: one row per line
        partition: sold_on
        key: [sale_id, raw_ref]
        columns:
          - {name: sold_on, type: date}
          - {name: sale_id, type: string}
          - {name: cents, type: long, unit: cents, description: {en: "As sent."}}
          - {name: fetched_at, type: timestamp, evidence: true}
          - {name: raw_ref, type: string, evidence: true}
        checks: [{fail: not_null, columns: [sold_on]}]
        raw: {format: csv}
        """,
        "select * from raw");
    put(
        "cleanse/stg_sale",
        """
        grain: one row per line, kept or removed
        partition: sold_on
        key: [sale_id, raw_ref]
        inputs: {src_shop__sales: {required: true}}
        columns:
          - {name: sold_on, type: date}
          - {name: sale_id, type: string}
          - {name: local, type: "decimal(18,4)"}
          - {name: amount, type: "decimal(18,4)", unit: won}
          - {name: removed_reason, type: string}
          - {name: observed_value, type: string}
          - {name: raw_ref, type: string, evidence: true}
        checks: [{fail: not_null, columns: [sold_on]}]
        trace:
          sums:
            - columns: {row: 1, local: "cast(cents * 0.01 as decimal(18, 4))"}
              input: src_shop__sales
              on: [sold_on, raw_ref]
          converted:
            amount: cast(round(local * 3, 4) as decimal(18, 4))
        """,
        """
        -- one row per line
        select sold_on, sale_id, cast(cents * 0.01 as decimal(18, 4)) as local,
          cast(round(cast(cents * 0.01 as decimal(18, 4)) * 3, 4) as decimal(18, 4)) as amount,
          case when row_number() over (partition by sale_id order by raw_ref) > 1 then 'duplicate' end as removed_reason,
          case when row_number() over (partition by sale_id order by raw_ref) > 1 then 'copy' end as observed_value,
          raw_ref
        from src_shop__sales where sold_on = run_date()""");
    put(
        "process/fct_share",
        """
        grain: one row per buyer, who bear the day's sales together
        partition: day
        key: [buyer]
        inputs: {stg_sale: {required: true}}
        columns: [{name: day, type: date}, {name: buyer, type: string}, {name: share, type: "decimal(18,4)"}]
        checks: [{fail: unique, columns: [buyer]}]
        trace:
          sums:
            - {columns: {share: amount}, input: stg_sale, on: {sold_on: day}, shared: true}
        """,
        """
        -- one row per buyer
        select run_date() as day, b.buyer, cast(sum(s.amount) * b.part as decimal(18, 4)) as share
        from stg_sale as s cross join (values ('a', 0.3), ('b', 0.7)) as b(buyer, part)
        where s.removed_reason is null group by b.buyer, b.part""");
    put(
        "calculate/mart_shop",
        """
        grain: one row per day and name
        description: {en: "The shop."}
        partition: day
        key: [name]
        inputs: {stg_sale: {required: true}, fct_share: {required: true}}
        columns:
          - {name: day, type: date}
          - {name: name, type: string}
          - {name: amount, type: "decimal(18,4)", unit: won, description: {en: "What was sold."}}
          - {name: sales, type: long}
          - {name: share_a, type: "decimal(18,4)"}
          - {name: each, type: double}
          - {name: guess, type: double}
          - {name: beyond, type: double}
        checks: [{fail: unique, columns: [name]}]
        trace:
          sums:
            - {columns: {amount: amount, sales: 1}, input: stg_sale, on: {sold_on: day}}
            - {columns: {share_a: share}, input: fct_share, on: [day], where: buyer = 'a'}
          formulas: {each: cast(amount as double) / nullif(sales, 0)}
          made_of: {guess: [amount]}
        """,
        """
        -- one row per day and name
        select run_date() as day, n.name, cast(sum(s.amount) as decimal(18, 4)) as amount, count(*) as sales,
          (select share from fct_share where buyer = 'a') as share_a,
          cast(sum(s.amount) as double) / count(*) as each, 1.5e0 as guess, 2.5e0 as beyond
        from stg_sale as s cross join (values ('all'), ('every')) as n(name)
        where s.removed_reason is null group by n.name""");
  }

  private final TestSite site;
  private final SiteConfig config;
  private final DuckDbSession session;

  private static void put(String folder, String schema, String query) {
    FOLDERS.put(folder + "/schema.yml", schema);
    FOLDERS.put(folder + "/query.sql", query);
  }

  /** Three lines, one of them twice; built by all jobs. */
  ShopLake(Path folder) throws IOException {
    this.config = Sites.below(folder, 7, TestSite.shop());
    this.site = new TestSite(config, FOLDERS);
    land("sale,cents\ns1,1000\ns2,\"2500\"\ns2,\"2500\"\n");
    site.landTyped(
        "src_shop__sales",
        DAY,
        """
        sale_id,cents,fetched_at,raw_ref
        s1,1000,2026-11-02T00:00,%1$s#1
        s2,2500,2026-11-02T00:00,%1$s#2
        s2,2500,2026-11-02T00:00,%1$s#3"""
            .formatted(PAGE));
    List.of("cleanse", "process", "calculate").forEach(job -> site.runDaily(job, DAY));
    this.session = site.duckDb().open();
  }

  /** Writes the page of the day. */
  void land(String text) throws IOException {
    Path page = Path.of(config.landing()).resolve(PAGE);
    Files.createDirectories(page.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(page))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void forgetLanding() throws IOException {
    Files.delete(Path.of(config.landing()).resolve(PAGE));
  }

  /** Sells something else on the day, of which no other job knows yet. */
  void sellAgain() {
    site.landTyped(
        "src_shop__sales",
        DAY,
        "sale_id,cents,fetched_at,raw_ref\ns1,1100,2026-11-02T00:00," + PAGE + "#1");
    site.runDaily("cleanse", DAY);
  }

  Opened opened() {
    return site.opened("calculate");
  }

  KnownTables tables() {
    return new KnownTables(opened().lake().tables(), session);
  }

  /** Asks about a number of a dataset. */
  Explanation explain(String dataset, String column, String... keys) {
    KnownTables tables = tables();
    try (LandingLines landing = new LandingLines(config, 0)) {
      return new Explainer(opened(), tables, session, landing)
          .of(Question.of(tables, dataset, List.of(keys), column));
    }
  }

  @Override
  public void close() {
    session.close();
    site.close();
  }
}
