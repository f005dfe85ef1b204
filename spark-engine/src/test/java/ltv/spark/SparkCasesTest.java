package ltv.spark;

import java.util.stream.Stream;
import ltv.dataset.FunctionCases;
import ltv.dataset.SqlCases;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the three SQL jobs gives on Spark the rows that it gives on DuckDB. */
class SparkCasesTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return FunctionCases.on(LocalSpark::open);
  }

  @TestFactory
  Stream<DynamicNode> queries() {
    return Stream.of("cleanse", "process", "calculate")
        .flatMap(job -> SqlCases.again(job, LocalSpark::open));
  }
}
