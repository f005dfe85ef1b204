package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import ltv.config.EngineSettings;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.Engine;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;
import ltv.run.StopSignal;

/** A small site on a temporary folder: one source of sales, a cleaned table, a cumulative mart. */
public final class TestSite implements AutoCloseable {
  /** The first day of the tests. */
  public static final LocalDate D1 = LocalDate.of(2026, 11, 1);

  /** The datasets: paths {@code <job>/<dataset>/schema.yml} or {@code query.sql}, and texts. */
  public static final Map<String, String> FOLDERS =
      new TreeMap<>(
          Map.of(
              "ingest/src_shop__sales/schema.yml",
              """
              grain: one row per sale
              partition: sold_on
              key: [sale_id]
              columns:
                - {name: sold_on, type: date}
                - {name: sale_id, type: string}
                - {name: amount, type: "decimal(18,4)"}
                - {name: raw_ref, type: string, evidence: true}
              checks: [{fail: not_null, columns: [sold_on]}]
              """,
              "ingest/src_shop__sales/query.sql",
              "-- one row per sale\nselect sold_on, sale_id, amount, raw_ref from raw where sold_on = run_date()",
              "cleanse/stg_sale/schema.yml",
              """
              grain: one row per sale
              partition: sold_on
              key: [sale_id]
              inputs: {src_shop__sales: {required: true}}
              columns:
                - {name: sold_on, type: date}
                - {name: sale_id, type: string}
                - {name: amount, type: "decimal(18,4)"}
                - {name: removed_reason, type: string}
              checks:
                - {fail: same_count, input: src_shop__sales}
                - {fail: range, column: amount, min: 0}
                - {fail: share, where: "amount > 900", max: 0.5}
                - {warn: row_count_near, days: 2, within: 0.5}
              """,
              "cleanse/stg_sale/query.sql",
              """
              -- one row per sale
              select sold_on, sale_id, amount,
                case when row_number() over (partition by sale_id order by amount) > 1 then 'duplicate' end as removed_reason
              from src_shop__sales where sold_on = run_date()""",
              "process/fct_total/schema.yml",
              """
              grain: one row per day, everything sold until then
              partition: day
              key: [day]
              inputs: {stg_sale: {required: true, lookback: all}, src_web__visits: {required: true}}
              parameters: [reporting_currency]
              columns:
                - {name: day, type: date}
                - {name: total, type: "decimal(18,4)"}
                - {name: currency, type: string}
              checks: [{fail: unique, columns: [day]}]
              """,
              "process/fct_total/query.sql",
              """
              -- one row per day
              select run_date() as day, cast(sum(amount) as decimal(18, 4)) as total,
                param_reporting_currency() as currency
              from stg_sale where sold_on <= run_date() and removed_reason is null""",
              "ingest/src_web__visits/schema.yml",
              """
              grain: one row per visit
              partition: day
              columns: [{name: day, type: date}, {name: visitor, type: string}]
              """,
              "process/dim_sale/schema.yml",
              """
              grain: one row per sale ever
              key: [sale_id]
              inputs: {stg_sale: {required: true, lookback: all}}
              columns: [{name: sale_id, type: string}, {name: first_day, type: date}]
              checks: [{fail: unique, columns: [sale_id]}]
              """,
              "process/dim_sale/query.sql",
              """
              -- one row per sale ever
              select sale_id, min(sold_on) as first_day from stg_sale group by sale_id"""));

  static {
    FOLDERS.put(
        "ingest/src_web__visits/query.sql",
        "-- one row per visit\nselect day, visitor from raw where day = run_date()");
    FOLDERS.put(
        "cleanse/stg_seen/schema.yml",
        """
        grain: one row per sale, as far as there is any
        partition: sold_on
        inputs: {src_shop__sales: {required: false}, src_web__visits: {required: false}}
        columns: [{name: sold_on, type: date}, {name: sale_id, type: string}]
        """);
    FOLDERS.put(
        "cleanse/stg_seen/query.sql",
        "-- one row per sale\nselect sold_on, sale_id from src_shop__sales where sold_on = run_date()");
    FOLDERS.put(
        "cleanse/stg_near/schema.yml",
        """
        grain: one row per day, what was sold on it and the days beside it
        partition: sold_on
        inputs: {src_shop__sales: {required: true, lookback: 1, lookahead: 1}}
        columns: [{name: sold_on, type: date}, {name: sales, type: long}]
        """);
    FOLDERS.put(
        "cleanse/stg_near/query.sql",
        "-- one row per day\nselect run_date() as sold_on, count(*) as sales from src_shop__sales");
    FOLDERS.put(
        "cleanse/stg_rule/schema.yml",
        """
        grain: one row per day, how many exceptions there are
        partition: day
        standing: true
        inputs: {src_shop__sales: {required: false}}
        columns: [{name: day, type: date}, {name: exceptions, type: long}]
        """);
    FOLDERS.put(
        "cleanse/stg_rule/query.sql",
        "-- one row per day\nselect run_date() as day, count(*) as exceptions from src_shop__sales");
    FOLDERS.put(
        "process/fct_seen/schema.yml",
        """
        grain: one row per day, everything seen until then
        partition: day
        inputs: {stg_seen: {required: true, lookback: all}}
        columns: [{name: day, type: date}, {name: seen, type: long}]
        """);
    FOLDERS.put(
        "process/fct_seen/query.sql",
        "-- one row per day\nselect run_date() as day, count(*) as seen from stg_seen");
  }

  final Datasets datasets;
  final Lake lake;
  private final SiteConfig site;
  private final DuckDb duckDb;

  TestSite(Path folder) {
    this(Sites.below(folder, 7, shop()), FOLDERS);
  }

  /** A site of any settings with the datasets of these folders. */
  public TestSite(SiteConfig site, Map<String, String> folders) {
    this(site, Datasets.of(folders));
  }

  /** A site of any settings with these datasets. */
  public TestSite(SiteConfig site, Datasets datasets) {
    this.site = site;
    this.datasets = datasets;
    this.duckDb = new DuckDb(new EngineSettings(1, "500MB"), site.scratch().resolve("engine"));
    this.lake = Lake.open(site);
  }

  /** The channel that the sales come from. */
  public static Map<String, JsonNode> shop() {
    return Map.of("shop", new ObjectMapper().createObjectNode());
  }

  /** A second process's view of the same site. */
  TestSite again() {
    return new TestSite(site, FOLDERS);
  }

  /** Everything that a run of this job has open. */
  public Opened opened(String job) {
    return new Opened(run(job), site, lake, datasets);
  }

  static Run run(String job) {
    return Run.start(job, Clock.systemUTC(), new StopSignal());
  }

  /** Commits one day of sales; each sale is {@code id amount}. */
  public List<? extends PartitionOutcome> sell(LocalDate day, String... sales) {
    return land(
        "src_shop__sales",
        day,
        IntStream.range(0, sales.length)
            .mapToObj(
                i ->
                    List.of(
                        day.toString(),
                        sales[i].split(" ")[0],
                        sales[i].split(" ")[1],
                        "landing#" + UUID.randomUUID()))
            .toList());
  }

  /** Commits one visit of a day. */
  void visit(LocalDate day) {
    land("src_web__visits", day, List.of(List.of(day.toString(), "v")));
  }

  /**
   * Commits one day of a source as if ingest had typed it.
   *
   * @param csv names of columns, then a line per row; an empty cell is null, as is a column without
   *     a name here; the day is filled in
   */
  public void landTyped(String source, LocalDate day, String csv) {
    Dataset dataset = datasets.get(source);
    List<List<String>> lines = csv.lines().map(l -> List.of(l.split(",", -1))).toList();
    List<String> header = lines.get(0);
    List<Column> columns = dataset.schema().columns();
    String partition = dataset.schema().partition();
    List<List<String>> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      List<String> row = new ArrayList<>();
      for (Column column : columns) {
        int at = header.indexOf(column.name());
        String cell = at < 0 || line.get(at).isEmpty() ? null : line.get(at);
        row.add(column.name().equals(partition) ? day.toString() : cell);
      }
      rows.add(row);
    }
    land(dataset.builtBy("select * from raw"), day, rows);
  }

  /** Runs a job for a day and what before it has changed; what its report says. */
  public RunReport runDaily(String job, LocalDate day) {
    RunReport report = new RunReport();
    Days days = new Days(day, day, Days.Reach.WITH_LOOKBACK);
    for (Dataset dataset : datasets.present(job, site, List.of())) {
      report.add(stage(dataset, duckDb).run(dataset, days, BuildMode.CHANGED));
    }
    return report;
  }

  private List<? extends PartitionOutcome> land(
      String source, LocalDate day, List<List<String>> rows) {
    return land(datasets.get(source), day, rows);
  }

  private List<? extends PartitionOutcome> land(
      Dataset dataset, LocalDate day, List<List<String>> rows) {
    LakeTable table = lake.table(dataset.table());
    Pin base = table.pin();
    try (DuckDbSession session = duckDb.open()) {
      session.define("run_date", day);
      session.table("raw", dataset.schema().columns(), rows);
      PartitionBuild.Built built =
          new PartitionBuild(run("ingest"), dataset, datasets, table, base)
              .build(
                  session,
                  Partition.of(day),
                  new PartitionBuild.Origin("recipe", "inputs", rows.size(), List.of(), Map.of()));
      assertEquals(List.of(), built.checks().failures(), dataset.name());
      return table.commit(base).publish(List.of(built.written()));
    }
  }

  List<PartitionOutcome> build(String dataset, Days days, BuildMode mode) {
    Dataset found = datasets.get(dataset);
    return stage(found, duckDb).run(found, days, mode);
  }

  /** What a run would do with these days of a dataset. */
  List<PartitionPlan> plan(String dataset, Days days) {
    return stage(datasets.get(dataset), duckDb)
        .plan(datasets.get(dataset), days, BuildMode.CHANGED);
  }

  private SqlStage stage(Dataset dataset, Engine engine) {
    return new SqlStage(run(dataset.job()), site, lake, engine, datasets);
  }

  /** Outcomes of one day built by another engine, as {@code 2026-11-01 committed}. */
  public List<String> build(String dataset, LocalDate day, Engine engine) {
    Dataset found = datasets.get(dataset);
    Days one = new Days(day, day, Days.Reach.EXACT);
    return states(stage(found, engine).run(found, one, BuildMode.CHANGED));
  }

  /** The same of a day that is built again and compared. */
  public List<String> verify(String dataset, LocalDate day, Engine engine) {
    Dataset found = datasets.get(dataset);
    Days one = new Days(day, day, Days.Reach.EXACT);
    return states(stage(found, engine).verify(found, one, new HashMap<>()));
  }

  /** Builds exactly these days of a dataset. */
  public List<PartitionOutcome> build(String dataset, LocalDate from, LocalDate to) {
    return build(dataset, new Days(from, to, Days.Reach.EXACT), BuildMode.CHANGED);
  }

  /** Outcome states by partition, as {@code 2026-11-01 committed}. */
  public static List<String> states(List<? extends PartitionOutcome> outcomes) {
    return outcomes.stream().map(o -> o.partition() + " " + o.state()).toList();
  }

  /** The engine of this process. */
  public DuckDb duckDb() {
    return duckDb;
  }

  /** What the ledger says of a published day. */
  public LedgerEntry entry(String dataset, LocalDate day) {
    return lake.table(datasets.get(dataset).table()).pin().published().get(Partition.of(day));
  }

  long snapshots(String dataset) {
    return lake.table(datasets.get(dataset).table()).snapshots();
  }

  @Override
  public void close() {
    lake.close();
    duckDb.close();
  }
}
