package ltv.calculate.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two hundred small worlds: the mart has the rows of the reference, and no others. */
class RetentionPropertyTest {
  private static final int WORLDS = 200;
  private static final Dataset ACTIVITY = Repository.datasets().get("retention_activity");
  private static final Dataset MART = Repository.datasets().get("mart_retention_cohort");

  private static DuckDbSession session;

  @BeforeAll
  static void open() {
    session = DuckDbCases.open(); // one for all, since opening takes longer than a world
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @TestFactory
  Stream<DynamicTest> worlds() {
    return IntStream.rangeClosed(1, WORLDS)
        .mapToObj(
            seed -> DynamicTest.dynamicTest("world " + seed, () -> equal(WorldMaker.make(seed))));
  }

  private static void equal(RetentionWorld world) {
    session.define("run_date", world.asOf());
    ACTIVITY
        .schema()
        .inputs()
        .keySet()
        .forEach(input -> DuckDbCases.give(session, input, world.facts().get(input)));
    ACTIVITY.build(session, ACTIVITY.name());
    MART.build(session, "built");
    String columns =
        MART.schema().columns().stream().map(Column::name).collect(Collectors.joining(", "));

    List<String> expected = lines(RetentionReference.rows(world));
    List<String> actual = lines(session.rows("select " + columns + " from built"));

    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  private static List<String> lines(List<List<Object>> rows) {
    return rows.stream().map(Object::toString).sorted().toList();
  }
}
