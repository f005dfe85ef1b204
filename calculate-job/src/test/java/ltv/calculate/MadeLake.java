package ltv.calculate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ltv.config.SiteConfig;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.BuiltPartition;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;

/** A site's lake with days of marts that a test makes up. */
final class MadeLake {
  private static final String ROWS = "made";
  private static final String COMMITTED_AT = "2026-11-22T20:00:00Z";

  private final SiteConfig site;

  /** The lake of a site file. */
  MadeLake(Path siteFile) {
    this.site = SiteConfig.read(siteFile, Map.of());
  }

  /**
   * Publishes a day of a mart, as if a run had built it.
   *
   * @param rows values by column; a column that a row does not name is null
   */
  void build(String mart, LocalDate day, String run, List<Map<String, String>> rows) {
    Dataset dataset = Repository.datasets().get(mart);
    List<Column> columns = dataset.schema().columns();
    try (Lake lake = Lake.open(site);
        DuckDbSession session = DuckDbCases.open()) {
      LakeTable table = lake.table(dataset.table());
      session.table(ROWS, columns, rows.stream().map(row -> values(row, columns, day)).toList());
      Partition partition = Partition.of(day);
      LedgerEntry facts =
          new LedgerEntry(
              mart,
              day.toString(),
              LedgerEntry.State.COMMITTED,
              run,
              "recipe",
              "inputs",
              session.content(ROWS, columns).text(),
              -1,
              rows.size(),
              Map.of(),
              Map.of(),
              List.of(),
              Map.of(),
              Map.of(),
              COMMITTED_AT,
              null);
      BuiltPartition built =
          new BuiltPartition(
              partition, facts, session.write(ROWS, table, partition, dataset.schema().key()));
      table.commit(table.pin()).publish(List.of(built));
    }
  }

  private static List<String> values(Map<String, String> row, List<Column> columns, LocalDate day) {
    return Arrays.asList(
        columns.stream()
            .map(c -> c.name().equals("as_of_date") ? day.toString() : row.get(c.name()))
            .toArray(String[]::new));
  }
}
