package ltv.sandbox.chain;

import java.util.List;
import ltv.config.EngineSettings;
import ltv.config.SiteConfig;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Lake;
import ltv.lake.LakeTable;

/** The rows that readers of a table of the lake see. */
final class TableRows {
  private final SiteConfig site;

  TableRows(SiteConfig site) {
    this.site = site;
  }

  /** Rows of a query over the table, which is named {@code t}, as texts. */
  List<List<String>> of(String name, String query) {
    Dataset dataset = Repository.datasets().get(name);
    try (Lake lake = Lake.open(site);
        DuckDb engine =
            new DuckDb(new EngineSettings(1, "500MB"), site.scratch().resolve("reader"));
        DuckDbSession session = engine.open()) {
      LakeTable table = lake.existing(dataset.table()).orElseThrow();
      session.read("t", table, table.pin(), dataset.schema().columns());
      return session.rows(query).stream()
          .map(row -> row.stream().map(String::valueOf).toList())
          .toList();
    }
  }
}
