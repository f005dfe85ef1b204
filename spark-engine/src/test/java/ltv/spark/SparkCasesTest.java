package ltv.spark;

import java.util.stream.Stream;
import ltv.dataset.FunctionCases;
import ltv.dataset.SqlCases;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Cases of the three SQL jobs give on Spark the rows that they give on DuckDB: two of each dataset,
 * and every one where somebody asks for {@code all}, which takes a quarter of an hour.
 */
class SparkCasesTest {
  private static final String ASKED = System.getProperty("ltv.spark.cases", "2");
  private static final int FIRST =
      ASKED.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(ASKED);

  @TestFactory
  Stream<DynamicTest> functions() {
    return FunctionCases.on(LocalSpark::open);
  }

  @TestFactory
  Stream<DynamicNode> queries() {
    return Stream.of("cleanse", "process", "calculate")
        .flatMap(job -> SqlCases.again(job, LocalSpark::open, FIRST));
  }
}
