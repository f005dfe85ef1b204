package ltv.engine;

import java.util.stream.Stream;
import ltv.dataset.DuckDbCases;
import ltv.dataset.FunctionCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DuckDbFunctionsTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return FunctionCases.on(DuckDbCases::open);
  }
}
