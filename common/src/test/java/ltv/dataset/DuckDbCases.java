package ltv.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;

/** DuckDB sessions for {@link SqlCases} and for tests that make worlds up. */
public final class DuckDbCases {
  /** One for all, until the JVM ends: sessions of it are cheap. */
  private static final DuckDb ENGINE =
      new DuckDb(new EngineSettings(1, "500MB"), Path.of("target/scratch"));

  private DuckDbCases() {}

  /** A small session whose scratch lies below {@code target}. */
  public static DuckDbSession open() {
    return ENGINE.open();
  }

  /**
   * Gives a session a dataset's rows.
   *
   * @param rows values by column; a column that a row does not name is null
   */
  public static void give(DuckDbSession session, String dataset, List<Map<String, String>> rows) {
    List<Column> columns = Repository.datasets().get(dataset).schema().columns();
    session.table(
        dataset,
        columns,
        rows.stream()
            .map(
                r ->
                    Arrays.asList(
                        columns.stream().map(c -> r.get(c.name())).toArray(String[]::new)))
            .toList());
  }
}
