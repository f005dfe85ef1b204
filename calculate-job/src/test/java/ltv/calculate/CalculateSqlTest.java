package ltv.calculate;

import java.util.stream.Stream;
import ltv.dataset.DuckDbCases;
import ltv.dataset.SqlCases;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class CalculateSqlTest {
  @TestFactory
  Stream<DynamicNode> queries() {
    return SqlCases.of("calculate", DuckDbCases::open);
  }
}
