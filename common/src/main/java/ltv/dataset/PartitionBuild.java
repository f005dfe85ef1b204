package ltv.dataset;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.ContentHash;
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;
import ltv.engine.Session;
import ltv.gate.Judge;
import ltv.gate.Usual;
import ltv.lake.BuiltPartition;
import ltv.lake.Column;
import ltv.lake.Hold;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.WrittenRows;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;
import ltv.run.Run;

/**
 * Builds one partition in a session whose inputs and parameters are set: query, compare columns,
 * check. Nothing is written before the rows are asked for, and nothing is visible to readers.
 */
public final class PartitionBuild {
  /** The table in the session that holds the rows that were built last. */
  public static final String RESULT = "ltv_result";

  private static final String REASON = "removed_reason";

  private final Run run;
  private final Dataset dataset;
  private final Datasets datasets;
  private final LakeTable table;
  private final Pin base;
  private final Set<LocalDate> specialDays;

  /** For a dataset whose days are not compared with each other. */
  public PartitionBuild(Run run, Dataset dataset, Datasets datasets, LakeTable table, Pin base) {
    this(run, dataset, datasets, table, base, Set.of());
  }

  PartitionBuild(
      Run run,
      Dataset dataset,
      Datasets datasets,
      LakeTable table,
      Pin base,
      Set<LocalDate> specialDays) {
    this.run = run;
    this.dataset = dataset;
    this.datasets = datasets;
    this.table = table;
    this.base = base;
    this.specialDays = specialDays;
  }

  /**
   * What a partition is built from, for the ledger.
   *
   * @param recipe hash of everything but the inputs
   * @param inputs hash of the inputs
   * @param rowsIn rows that the dataset accounts for, -1 where it does not
   * @param missing what it is built without
   * @param sources what it is read from outside the lake, with its sha256
   * @param held the held partitions that it is built on, as {@code dataset/day}
   */
  public record Origin(
      String recipe,
      String inputs,
      long rowsIn,
      List<String> missing,
      Map<String, String> sources,
      List<String> held) {
    /** Built on nothing that is held. */
    public Origin(
        String recipe,
        String inputs,
        long rowsIn,
        List<String> missing,
        Map<String, String> sources) {
      this(recipe, inputs, rowsIn, missing, sources, List.of());
    }
  }

  /**
   * A partition in its session and what its checks said.
   *
   * @param rows writes them; asked before the session builds anything else, or never
   */
  public record Built(
      Partition partition, LedgerEntry facts, CheckReport checks, Supplier<WrittenRows> rows) {
    BuiltPartition written() {
      return new BuiltPartition(partition, facts, rows.get());
    }
  }

  /** Builds and checks; the caller commits, holds or only looks. */
  public Built build(Session session, Partition partition, Origin origin) {
    Optional<WrittenRows> streamed = result(session);
    FaultPoint.at("after-query");
    Numbers numbers = new Numbers();
    Supplier<Long> foreign = numbers.count(RESULT, foreignDay());
    Supplier<CheckReport> asked =
        new Checks(numbers, dataset, RESULT, datasets).ask(partition, base);
    numbers.answer(session);
    refuseForeignRows(foreign.get(), partition);
    Map<String, String> totals = Totals.of(session, dataset.schema(), RESULT, partition);
    CheckReport checks = judged(asked.get(), partition, totals);
    ContentHash content = content(session);
    Hold hold = hold(checks, origin, partition);
    LedgerEntry.State state =
        hold != null && hold.decided().isEmpty()
            ? LedgerEntry.State.HELD
            : content.rows() == 0 ? LedgerEntry.State.EMPTY : LedgerEntry.State.COMMITTED;
    LedgerEntry facts =
        new LedgerEntry(
            dataset.name(),
            partition.toString(),
            state,
            run.id(),
            origin.recipe(),
            origin.inputs(),
            content.text(),
            origin.rowsIn(),
            content.rows(),
            removed(session),
            totals,
            origin.missing(),
            Map.of(),
            origin.sources(),
            Clock.systemUTC().instant().toString(),
            hold);
    return new Built(
        partition,
        facts,
        checks,
        () -> streamed.orElseGet(() -> session.write(RESULT, table, partition, sortedBy())));
  }

  /** Rows that broke a rule are not compared: what is held anyway would only be told twice. */
  private CheckReport judged(CheckReport checks, Partition partition, Map<String, String> totals) {
    Usual usual = dataset.schema().usual();
    return usual == null || !checks.sound()
        ? checks
        : checks.with(
            Judge.unusual(
                usual, partition.day().orElseThrow(), specialDays, totals, base.published()));
  }

  /** Why it is held; a release of the day before this build still teaches the days after it. */
  private Hold hold(CheckReport checks, Origin origin, Partition partition) {
    if (!checks.passed() || !origin.held().isEmpty()) {
      List<String> reasons =
          Stream.concat(checks.failures().stream(), checks.unusual().stream()).toList();
      return Hold.open(reasons, origin.held(), !checks.sound());
    }
    LedgerEntry before = base.published().get(partition);
    return dataset.schema().usual() == null || before == null ? null : before.hold();
  }

  /** Runs the query, when its columns are as declared; what may be large is written by that. */
  private Optional<WrittenRows> result(Session session) {
    if (dataset.schema().isLarge() && session instanceof DuckDbSession duckDb) {
      compareColumns(duckDb.bind(RESULT, dataset.query()));
      List<String> order = dataset.schema().streamed() ? List.of() : sortedBy();
      return Optional.of(duckDb.stream(RESULT, table, order));
    }
    compareColumns(dataset.build(session, RESULT));
    return Optional.empty();
  }

  private ContentHash content(Session session) {
    List<Column> columns = dataset.schema().columns();
    // a source's rows are never Spark's
    return dataset.isSource()
            && dataset.schema().streamed()
            && session instanceof DuckDbSession duckDb
        ? ContentHash.ofMany(duckDb, RESULT, columns)
        : session.content(RESULT, columns);
  }

  /** The key, which tells rows apart: to sort by more costs most of a large day. */
  private List<String> sortedBy() {
    List<String> key = dataset.schema().key();
    if (dataset.schema().clusteredBy() != null) {
      return List.of(
          "hash(" + dataset.schema().clusteredBy() + ")", "hash(" + String.join(", ", key) + ")");
    }
    return key.isEmpty() ? dataset.schema().columns().stream().map(Column::name).toList() : key;
  }

  /** Parquet of another type than the table's is misread in silence by some engines. */
  private void compareColumns(List<ResultColumn> actual) {
    List<ResultColumn> declared =
        dataset.schema().columns().stream()
            .map(c -> new ResultColumn(c.name(), c.type().toString()))
            .toList();
    if (!actual.equals(declared)) {
      throw new JobException(
          ExitCode.BUG,
          dataset.name()
              + "/query.sql returns ("
              + text(actual)
              + ") but schema.yml declares ("
              + text(declared)
              + "); write the casts in the final select");
    }
  }

  private static String text(List<ResultColumn> columns) {
    return columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
  }

  private String foreignDay() {
    String column = dataset.schema().partition();
    return column == null ? "false" : column + " is distinct from run_date()";
  }

  private void refuseForeignRows(long foreign, Partition partition) {
    if (foreign > 0) {
      throw new JobException(
          ExitCode.BUG,
          dataset.name()
              + "/query.sql returns "
              + foreign
              + " rows whose "
              + dataset.schema().partition()
              + " is not "
              + partition
              + "; bound it by run_date()");
    }
  }

  private Map<String, Long> removed(Session session) {
    if (dataset.schema().columns().stream().noneMatch(c -> c.name().equals(REASON))) {
      return Map.of();
    }
    Map<String, Long> removed = new TreeMap<>();
    session
        .rows(
            "select "
                + REASON
                + ", count(*) from "
                + RESULT
                + " where "
                + REASON
                + " is not null group by "
                + REASON)
        .forEach(row -> removed.put((String) row.get(0), (Long) row.get(1)));
    return removed;
  }
}
