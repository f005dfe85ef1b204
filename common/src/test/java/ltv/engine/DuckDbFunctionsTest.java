package ltv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.dataset.DuckDbCases;
import ltv.dataset.FunctionCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DuckDbFunctionsTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return FunctionCases.on(DuckDbCases::open);
  }

  @Test
  void statements_have_the_functions_that_they_call_and_no_other() {
    assertEquals(List.of(), names(DuckDb.functionsOf("select day_in, a.ages from t where f(1)")));
    assertEquals(
        List.of("digits_of", "day_in"),
        names(DuckDb.functionsOf("select day_in (t, 'UTC') from t where digits_of(a) = '1'")));
    assertEquals(
        List.of("ages", "week_start"),
        names(DuckDb.functionsOf("select week_start(d) from (select age from ages(\n3))")));
  }

  private static List<String> names(String definitions) {
    return Pattern.compile("create macro (\\w+)")
        .matcher(definitions)
        .results()
        .map(m -> m.group(1))
        .toList();
  }
}
