package ltv.calculate.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ltv.calculate.trace.Step;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
  private static final String[] ROW = {"day=2026-11-01", "name=all"};

  @TempDir private Path folder;
  private ShopLake lake;

  @BeforeEach
  void open() throws IOException {
    lake = new ShopLake(folder);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void a_sum_ends_at_the_lines_that_give_it() {
    Explanation told = lake.explain("mart_shop", "amount", ROW);

    assertTrue(told.isWhole());
    assertEquals(0, new BigDecimal("105").compareTo(told.linesBring()));
    assertEquals(
        "mart_shop.amount, stg_sale.amount, stg_sale.local, src_shop__sales.cents", path(told));
    assertEquals(
        List.of("s2,\"2500\" 2500 75", "s1,1000 1000 30"),
        told.shown().stream()
            .map(l -> l.text() + " " + l.own() + " " + ExplanationText.number(l.brings()))
            .toList());
  }

  @Test
  void the_rule_that_left_a_row_out_is_named_with_what_it_saw() {
    Explanation told = lake.explain("shop", "amount", ROW);

    List<Step.Removed> removed = told.top().removed();
    assertEquals("duplicate", removed.get(0).reason());
    assertEquals(1, removed.get(0).rows());
    assertEquals("copy", removed.get(0).shown().get(0).observed());
    assertEquals(ShopLake.PAGE + "#3", removed.get(0).shown().get(0).rawRef());
    assertTrue(
        new ExplanationText(told)
            .lines()
            .contains("Left out on the way: 1 row by duplicate, 75; see below mart_shop."),
        new ExplanationText(told).lines());
  }

  @Test
  void a_row_that_does_not_count_says_so_itself() {
    Explanation told =
        lake.explain("stg_sale", "amount", "sale_id=s2", "raw_ref=" + ShopLake.PAGE + "#3");

    assertEquals(Optional.of("duplicate: copy"), told.removed());
  }

  @Test
  void rows_are_counted_by_their_lines() {
    Explanation told = lake.explain("mart_shop", "sales", ROW);

    assertTrue(told.isWhole());
    assertEquals(2, told.lines());
    assertEquals("mart_shop.sales, stg_sale.row, src_shop__sales.row", path(told));
  }

  @Test
  void a_share_has_its_part_of_every_line() {
    Explanation told = lake.explain("mart_shop", "share_a", ROW);

    assertTrue(told.isWhole());
    assertEquals(
        List.of("22.5", "9"),
        told.shown().stream().map(l -> ExplanationText.number(l.brings())).toList());
  }

  @Test
  void a_formula_is_told_with_the_numbers_that_it_is_made_of() {
    Explanation told = lake.explain("mart_shop", "each", ROW);

    assertFalse(told.isWhole());
    assertEquals(
        List.of("amount", "sales"), told.top().below().stream().map(Step::column).toList());
    assertTrue(told.top().below().get(0).isAside());
    assertEquals("mart_shop.each", path(told));
    assertTrue(new ExplanationText(told).lines().contains("It is no sum over lines"));
  }

  @Test
  void what_a_model_makes_and_what_nobody_traced_say_so() {
    Step guess = lake.explain("mart_shop", "guess", ROW).top();
    Step beyond = lake.explain("mart_shop", "beyond", ROW).top();

    assertTrue(guess.end().startsWith("guess is no sum"), guess.end());
    assertEquals("amount", guess.below().get(0).column());
    assertEquals(
        "beyond is no sum that is traced; it was made of stg_sale, fct_share.", beyond.end());
  }

  @Test
  void a_number_that_was_made_before_its_input_says_what_to_run() {
    lake.sellAgain();

    Explanation told = lake.explain("mart_shop", "amount", ROW);

    assertFalse(told.isWhole());
    assertEquals("72", ExplanationText.number(told.top().difference()));
    assertEquals(
        "stg_sale was built again since; run calculate to follow",
        ExplanationText.because(told.top()));
  }

  @Test
  void a_line_that_is_kept_no_more_is_told_as_gone() throws IOException {
    lake.forgetLanding();

    Explanation told = lake.explain("mart_shop", "amount", ROW);

    assertTrue(told.isWhole(), "the sum does not need the texts");
    assertTrue(told.shown().stream().noneMatch(Step.Line::there));
    assertTrue(told.shown().get(0).text().startsWith("not in the landing"));
  }

  @Test
  void what_is_not_there_is_refused_with_what_is_near() {
    assertRefused(
        "There is no dataset mart_shp in the lake; nearest are mart_shop", "mart_shp", "amount");
    assertRefused("has no column amuont; nearest are amount", "mart_shop", "amuont");
    assertRefused("has no column nmae; nearest are name", "mart_shop", "amount", "nmae=all");
    assertRefused("--key day is no column=value", "mart_shop", "amount", "day");
    assertRefused("--key yesterday is no day", "mart_shop", "amount", "day=yesterday");
    assertRefused("name has all, every", "mart_shop", "amount", "name=al");
    assertRefused("is no number; numbers are amount", "mart_shop", "name", ROW);
  }

  @Test
  void a_key_of_several_rows_lists_what_tells_them_apart() {
    JobException refused =
        assertThrows(
            JobException.class, () -> lake.explain("mart_shop", "amount", "day=2026-11-01"));

    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(
        refused.getMessage().contains("has 2 rows")
            && refused.getMessage().contains("\n  --key name=all\n  --key name=every"),
        refused.getMessage());
  }

  private void assertRefused(String message, String dataset, String column, String... keys) {
    JobException refused =
        assertThrows(JobException.class, () -> lake.explain(dataset, column, keys));

    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void programs_get_the_same_as_one_line() throws IOException {
    String line = new ExplanationJson(lake.explain("mart_shop", "amount", ROW)).line();

    JsonNode told = new ObjectMapper().readTree(line);
    JsonNode below = told.at("/step/below/0");
    assertEquals(1, line.lines().count());
    assertEquals(105, told.path("number").asInt());
    assertTrue(told.path("whole").asBoolean());
    assertEquals("duplicate", told.at("/step/removed/0/rule").asText());
    assertEquals("stg_sale", below.path("dataset").asText());
    assertEquals(1, below.at("/built/0/removed/duplicate").asInt());
    assertEquals("s2,\"2500\"", below.at("/below/0/below/0/lines/0/text").asText());
  }

  @Test
  void a_drawing_has_every_dataset_with_what_it_reads() {
    Lineage all = Lineage.of(lake.tables(), Optional.empty());
    Lineage upstream = Lineage.of(lake.tables(), lake.tables().find("fct_share"));

    assertEquals(
        """
        flowchart LR
          subgraph cleanse
            stg_sale
          end
          subgraph ingest
            src_shop__sales
          end
          subgraph process
            fct_share
          end
          stg_sale --> fct_share
          src_shop__sales --> stg_sale""",
        upstream.drawn(Lineage.Format.mermaid));
    assertEquals(4, all.edges());
    assertTrue(all.drawn(Lineage.Format.dot).contains("  fct_share -> mart_shop;"));
  }

  private static String path(Explanation told) {
    return told.steps().stream()
        .map(s -> s.dataset() + "." + s.column())
        .collect(Collectors.joining(", "));
  }
}
