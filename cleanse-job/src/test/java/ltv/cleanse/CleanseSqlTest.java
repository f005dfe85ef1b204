package ltv.cleanse;

import java.util.stream.Stream;
import ltv.dataset.DuckDbCases;
import ltv.dataset.SqlCases;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class CleanseSqlTest {
  @TestFactory
  Stream<DynamicNode> queries() {
    return SqlCases.of("cleanse", DuckDbCases::open);
  }
}
