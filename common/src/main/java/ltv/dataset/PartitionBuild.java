package ltv.dataset;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.engine.ContentHash;
import ltv.engine.DuckDbSession;
import ltv.engine.ParquetFile;
import ltv.engine.ResultColumn;
import ltv.lake.BuiltPartition;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;
import ltv.run.Run;

/**
 * Builds one partition in a session whose inputs and parameters are set: query, compare columns,
 * check, write to scratch. Nothing is visible to readers yet.
 */
public final class PartitionBuild {
  private static final String RESULT = "ltv_result";
  private static final String REASON = "removed_reason";

  private final Run run;
  private final Dataset dataset;
  private final Datasets datasets;
  private final LakeTable table;
  private final Pin base;

  public PartitionBuild(Run run, Dataset dataset, Datasets datasets, LakeTable table, Pin base) {
    this.run = run;
    this.dataset = dataset;
    this.datasets = datasets;
    this.table = table;
    this.base = base;
  }

  /**
   * What a partition is built from, for the ledger.
   *
   * @param recipe hash of everything but the inputs
   * @param inputs hash of the inputs
   * @param rowsIn rows that the dataset accounts for, -1 where it does not
   * @param missing what it is built without
   * @param sources what it is read from outside the lake, with its sha256
   */
  public record Origin(
      String recipe,
      String inputs,
      long rowsIn,
      List<String> missing,
      Map<String, String> sources) {}

  /** A partition on scratch and what its checks said. */
  public record Built(BuiltPartition partition, CheckReport checks) {}

  /** Builds and checks; the caller commits or holds. */
  public Built build(DuckDbSession session, Partition partition, Origin origin) {
    List<ResultColumn> columns = session.build(RESULT, dataset.query());
    compareColumns(columns);
    compareDay(session, partition);
    FaultPoint.at("after-query");
    CheckReport checks = new Checks(session, dataset, RESULT, datasets).run(partition, base);
    ParquetFile file = ParquetFile.write(session, RESULT, table.schema(Pin.nothing()), sortedBy());
    long rows = file.statistics().rows();
    LedgerEntry.State state =
        !checks.passed()
            ? LedgerEntry.State.HELD
            : rows == 0 ? LedgerEntry.State.EMPTY : LedgerEntry.State.COMMITTED;
    LedgerEntry facts =
        new LedgerEntry(
            dataset.name(),
            partition.toString(),
            state,
            run.id(),
            origin.recipe(),
            origin.inputs(),
            ContentHash.of(session, RESULT, dataset.schema().columns()),
            origin.rowsIn(),
            rows,
            removed(session),
            origin.missing(),
            Map.of(),
            origin.sources(),
            Clock.systemUTC().instant().toString());
    return new Built(new BuiltPartition(partition, facts, file.path(), file.statistics()), checks);
  }

  /** The key first, then everything else: equal rows then always make an equal file. */
  private List<String> sortedBy() {
    List<String> names = new java.util.ArrayList<>(dataset.schema().key());
    dataset.schema().columns().stream()
        .map(c -> c.name())
        .filter(c -> !names.contains(c))
        .forEach(names::add);
    return names;
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

  private void compareDay(DuckDbSession session, Partition partition) {
    String column = dataset.schema().partition();
    if (column == null) {
      return;
    }
    long foreign =
        (Long)
            session
                .rows(
                    "select count(*) from "
                        + RESULT
                        + " where "
                        + column
                        + " is distinct from run_date()")
                .get(0)
                .get(0);
    if (foreign > 0) {
      throw new JobException(
          ExitCode.BUG,
          dataset.name()
              + "/query.sql returns "
              + foreign
              + " rows whose "
              + column
              + " is not "
              + partition
              + "; bound it by run_date()");
    }
  }

  private Map<String, Long> removed(DuckDbSession session) {
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
