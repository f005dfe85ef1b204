package ltv.dataset;

import java.nio.file.Path;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;

/** Opens DuckDB sessions for {@link SqlCases}. */
public final class DuckDbCases {
  private DuckDbCases() {}

  /** A small session whose scratch lies below {@code target}. */
  public static DuckDbSession open() {
    return new DuckDb(new EngineSettings(1, "500MB"), Path.of("target/scratch")).open();
  }
}
