package ltv.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One local Spark per test JVM. */
final class LocalSpark {
  private static final SparkSession APPLICATION =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "1")
          .config("spark.default.parallelism", "1")
          .config("spark.sql.adaptive.enabled", "false")
          // generated code costs seconds per small query: it is run by hand
          .config("spark.sql.codegen.wholeStage", Boolean.getBoolean("ltv.spark.codegen"))
          .config(
              "spark.sql.codegen.factoryMode",
              Boolean.getBoolean("ltv.spark.codegen") ? "FALLBACK" : "NO_CODEGEN")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  private LocalSpark() {}

  static SparkEngineSession open() {
    return engine(Map.of()).open();
  }

  /** An engine over a catalog; it is not to be closed, since all tests share its application. */
  static SparkEngine engine(Map<String, String> catalog) {
    return new SparkEngine(() -> APPLICATION, catalog);
  }
}
