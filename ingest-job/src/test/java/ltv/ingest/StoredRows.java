package ltv.ingest;

import java.nio.file.Path;
import java.util.List;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Lake;
import ltv.lake.LakeTable;

/** The rows of a source table that readers see. */
final class StoredRows {
  private StoredRows() {}

  /** Rows of a query over the dataset, which is named {@code t}. */
  static List<List<Object>> of(Path home, String name, String query) {
    Dataset dataset = Repository.datasets().get(name);
    try (Lake lake = Lake.open(Sites.below(home));
        DuckDbSession session = DuckDbCases.open()) {
      LakeTable table = lake.existing(dataset.table()).orElseThrow();
      session.read("t", table, table.pin(), dataset.schema().columns());
      return session.rows(query);
    }
  }
}
