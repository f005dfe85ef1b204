package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;

/** A trace that lies must not pass: the proof is what every dataset's cases rest on. */
class TraceProofTest {
  private static final List<Column> SALES =
      List.of(
          Column.of("day", "date"),
          Column.of("buyer", "string"),
          Column.of("amount", "decimal(18,4)"),
          Column.of("removed_reason", "string"));

  @Test
  void what_holds_passes() {
    assertEquals("", proof("{columns: {total: amount}, input: stg_sale, on: [day]}", ""));
    assertEquals(
        "", proof("{columns: {buyers: 1}, input: stg_sale, on: [day], distinct: buyer}", ""));
    assertEquals("", proof("{columns: {row: 1}, input: stg_sale, on: [day]}", ""));
    assertEquals("", proof("", "formulas: {each: cast(total as double) / buyers}"));
    assertEquals("", proof("", "converted: {twice: total * 2}"));
  }

  @Test
  void two_sums_of_a_column_add_up() {
    assertEquals(
        "",
        proof(
            "{columns: {total: amount}, input: stg_sale, on: [day], where: buyer = 'a'},"
                + " {columns: {total: amount}, input: stg_sale, on: [day], where: buyer <> 'a'}",
            ""));
  }

  @Test
  void another_sum_is_told_with_both_numbers_and_the_row() {
    String lie =
        proof("{columns: {total: amount}, input: stg_sale, on: [day], where: buyer = 'a'}", "");

    assertEquals(
        "fct_day.total is 60.000000, but its trace gives 30.000000, in [2026-11-01, 60.0000, 2, 30.0, 120.0000]",
        lie);
  }

  @Test
  void rows_that_were_removed_count_only_when_it_is_said() {
    String counted =
        proof("{columns: {total: amount}, input: stg_sale, on: [day], with_removed: true}", "");

    assertTrue(counted.contains("its trace gives 67.000000"), counted);
  }

  @Test
  void a_row_that_comes_from_nowhere_a_wrong_count_and_a_wrong_formula_are_lies() {
    String nowhere =
        proof("{columns: {row: 1}, input: stg_sale, on: [day], where: buyer = 'z'}", "");
    String count = proof("{columns: {buyers: 1}, input: stg_sale, on: [day]}", "");
    String formula = proof("", "formulas: {each: cast(total as double)}");
    String converted = proof("", "converted: {twice: total * 3}");

    assertTrue(nowhere.startsWith("fct_day.row is 1, but its trace gives 0"), nowhere);
    assertTrue(count.startsWith("fct_day.buyers is 2.000000, but its trace gives 3"), count);
    assertTrue(formula.startsWith("fct_day.each is 30.0, but its formula gives 60.0"), formula);
    assertTrue(converted.startsWith("fct_day.twice is 120.0000, but its formula"), converted);
  }

  @Test
  void a_trace_over_something_that_is_no_input_is_refused() {
    JobException refused =
        assertThrows(
            JobException.class,
            () -> proof("{columns: {total: amount}, input: stg_other, on: [day]}", ""));

    assertTrue(refused.getMessage().contains("trace sums over stg_other, which is no input"));
  }

  private static String proof(String sums, String rest) {
    Datasets datasets =
        Datasets.of(
            Map.of(
                "cleanse/stg_sale/schema.yml",
                "grain: one row per sale\nkey: [buyer]\ncolumns:\n"
                    + "  - {name: day, type: date}\n  - {name: buyer, type: string}\n"
                    + "  - {name: amount, type: \"decimal(18,4)\"}\n  - {name: removed_reason, type: string}\n",
                "process/fct_day/schema.yml",
                """
                grain: one row per day
                inputs: {stg_sale: {required: true}}
                columns:
                  - {name: day, type: date}
                  - {name: total, type: "decimal(18,4)"}
                  - {name: buyers, type: long}
                  - {name: each, type: double}
                  - {name: twice, type: "decimal(18,4)"}
                trace:
                  sums: [%s]
                  %s
                """
                    .formatted(sums, rest)));
    Dataset dataset = datasets.get("fct_day");
    dataset.schema();
    try (DuckDbSession session = DuckDbCases.open()) {
      session.table(
          "stg_sale",
          SALES,
          List.of(
              sale("a", "10", null),
              sale("a", "20", null),
              sale("b", "30", null),
              sale("b", "7", "duplicate")));
      session.keep(
          "actual",
          "select date '2026-11-01' as day, cast(60 as decimal(18, 4)) as total, cast(2 as bigint) as buyers,"
              + " 30e0 as each, cast(120 as decimal(18, 4)) as twice");
      return new TraceProof(dataset, datasets).of(session, "actual");
    }
  }

  private static List<String> sale(String buyer, String amount, String removed) {
    return java.util.Arrays.asList("2026-11-01", buyer, amount, removed);
  }
}
