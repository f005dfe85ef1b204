package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule, kept and broken, over two rows of a day beside the three that its input has. */
class ChecksTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final List<Column> COLUMNS =
      List.of(Column.of("day", "date"), Column.of("id", "string"), Column.of("n", "decimal(18,4)"));

  private record Rule(String yaml, String complaint) {}

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(
            new Rule("fail: unique, columns: [id]", ""),
            new Rule(
                "fail: unique, columns: [day]",
                "unique: 1 keys (day) occur more than once; none may"),
            new Rule("fail: not_null, columns: [day]", ""),
            new Rule(
                "fail: not_null, columns: [day, id]",
                "not_null: 1 rows have no day or id; every row must"),
            new Rule("fail: range, column: n, min: 1, max: 2.5", ""),
            new Rule(
                "fail: range, column: n, min: 1.5, max: 2",
                "range: 2 rows have n < 1.5 or n > 2; none may"),
            new Rule("fail: accepted_values, column: id, values: [a, \"it's\"]", ""),
            new Rule(
                "fail: accepted_values, column: id, values: [b]",
                "accepted_values: 1 rows have a id that is none of [b]"),
            new Rule("fail: relationship, column: id, input: src", ""),
            new Rule(
                "fail: relationship, column: id, input: nothing",
                "relationship: 1 rows have a id that nothing does not know"),
            new Rule("fail: share, where: \"id is null\", max: 0.5", ""),
            new Rule(
                "fail: share, where: \"id is null\", max: 0.4",
                "share: 1 of 2 rows have id is null; at most a share of 0.4 may"),
            new Rule(
                "fail: share, where: \"id is null\", max: 0, say: name them",
                "share: 1 of 2 rows have id is null; at most a share of 0 may; name them"),
            new Rule("fail: same_total, column: n, input: src, input_where: \"id <> 'c'\"", ""),
            new Rule(
                "fail: same_total, column: n, input: src",
                "same_total: the sum of n is 3.5000, the input's is 13.5000; they must be equal"),
            new Rule("fail: same_count, input: src, input_where: \"id <> 'c'\"", ""),
            new Rule(
                "fail: same_count, input: src",
                "same_count: the number of rows is 2, the input's is 3; they must be equal"),
            new Rule("fail: row_count_near, days: 3, within: 0.5", ""))
        .map(rule -> dynamicTest(rule.yaml, () -> check(rule)));
  }

  private static void check(Rule rule) {
    CheckReport report = run(rule.yaml);

    assertEquals(rule.complaint, String.join("; ", report.failures()));
    CheckReport warned = run(rule.yaml.replace("fail:", "warn:"));
    assertEquals(List.of(), warned.failures());
    assertEquals(report.failures(), warned.warnings());
  }

  @Test
  void an_unknown_rule_is_a_fault_of_the_schema() {
    JobException e = assertThrows(JobException.class, () -> run("fail: uniqe, columns: [id]"));

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertEquals("stg/schema.yml names the check uniqe, which is not known", e.getMessage());
  }

  private static CheckReport run(String check) {
    String columns =
        "columns: [{name: day, type: date}, {name: id, type: string}, {name: n, type:"
            + " \"decimal(18,4)\"}]\npartition: day\ngrain: one row\n";
    Datasets datasets =
        Datasets.of(
            Map.of(
                "ingest/src/schema.yml",
                columns,
                "ingest/nothing/schema.yml",
                columns,
                "cleanse/stg/schema.yml",
                columns + "inputs: {src: {required: true}}\nchecks: [{" + check + "}]"));
    try (DuckDbSession session = DuckDbCases.open()) {
      session.define("run_date", DAY);
      String day = DAY.toString();
      session.table(
          "stg",
          COLUMNS,
          List.of(List.of(day, "a", "1"), java.util.Arrays.asList(day, null, "2.5")));
      session.table("nothing", COLUMNS, List.of());
      session.table(
          "src",
          COLUMNS,
          List.of(
              List.of(day, "a", "1"),
              List.of(day, "b", "2.5"),
              List.of(day, "c", "10"),
              List.of(DAY.minusDays(1).toString(), "d", "99")));
      Numbers numbers = new Numbers();
      Supplier<CheckReport> report =
          new Checks(numbers, datasets.get("stg"), "stg", datasets)
              .ask(Partition.of(DAY), Pin.nothing());
      numbers.answer(session);
      return report.get();
    }
  }
}
