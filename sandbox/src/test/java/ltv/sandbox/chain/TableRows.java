package ltv.sandbox.chain;

import java.nio.file.Path;
import java.util.List;
import ltv.config.EngineSettings;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.ParquetInput;
import ltv.lake.Lake;
import ltv.lake.LakeTable;

/** The rows that readers of a table of the lake see. */
final class TableRows {
  private final Path home;

  TableRows(Path home) {
    this.home = home;
  }

  /** Rows of a query over the table, which is named {@code t}, as texts. */
  List<List<String>> of(String name, String query) {
    Dataset dataset = Repository.datasets().get(name);
    try (Lake lake = Lake.open(Sites.below(home));
        DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), home.resolve("scratch/reader"));
        DuckDbSession session = engine.open()) {
      LakeTable table = lake.existing(dataset.table()).orElseThrow();
      ParquetInput.define(session, "t", table, table.pin(), dataset.schema().columns());
      return session.rows(query).stream()
          .map(row -> row.stream().map(String::valueOf).toList())
          .toList();
    }
  }
}
