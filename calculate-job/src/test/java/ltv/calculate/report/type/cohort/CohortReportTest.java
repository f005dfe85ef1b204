package ltv.calculate.report.type.cohort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.file.SameNumbers;
import ltv.calculate.report.type.ReportType;
import ltv.calculate.report.words.Text;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cohorts of the week of 9 to 15 November, told on its Sunday or on its Wednesday. */
class CohortReportTest {
  private static final Week WEEK = Week.of("2026-W46");
  private static final Text TEXT = new Text("en", "KRW", ZoneId.of("Asia/Seoul"));

  private final List<Map<String, String>> rows = new ArrayList<>();
  private DuckDbSession session;

  @BeforeEach
  void open() {
    session = DuckDbCases.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** A cohort that began some weeks before, and how many were active each week after. */
  private void cohort(String kind, String channel, int weeksBefore, long users, long... active) {
    LocalDate start = WEEK.monday().minusWeeks(weeksBefore);
    for (int age = 0; age < active.length; age++) {
      LocalDate end = start.plusWeeks(age).plusDays(6);
      Map<String, String> row = new HashMap<>();
      row.put("as_of_date", asOf.toString());
      row.put("cohort_kind", kind);
      row.put("period", "week");
      row.put("level", channel.equals("all") ? "all" : "channel");
      row.put("channel", channel);
      row.put("row_kind", "cohort");
      row.put("cohort_start", start.toString());
      row.put("periods_after", "" + age);
      row.put("cell_end", end.toString());
      row.put("cell_state", end.isAfter(asOf) ? "partial" : "complete");
      row.put("users", "" + users);
      row.put("is_small", "" + (users < 30));
      row.put("active_users", "" + active[age]);
      row.put("retention", "" + (double) active[age] / users);
      rows.add(row);
    }
  }

  private LocalDate asOf = WEEK.sunday();

  private Content content() {
    DuckDbCases.give(session, "mart_retention_cohort", rows);
    return ReportType.COHORT.content(new Facts(session, WEEK, asOf), TEXT);
  }

  private static Table visits(Content content) {
    return content.sections().get(0).tables().get(0);
  }

  /** 300 of 1,000 came again after 200 of 1,000: five standard errors. */
  @Test
  void what_moved_beyond_chance_is_the_finding() {
    cohort("visit_to_visit", "all", 2, 1000, 1000, 200, 100);
    cohort("visit_to_visit", "all", 1, 1000, 1000, 300);
    cohort("visit_to_visit", "meta", 2, 500, 500, 50);
    cohort("visit_to_visit", "meta", 1, 500, 500, 150);
    cohort("visit_to_visit", "naver_search_ad", 2, 500, 500, 150);
    cohort("visit_to_visit", "naver_search_ad", 1, 500, 500, 150);
    Content content = content();

    assertEquals(
        "30.0% of those who first visited last week came again this week (+10.0 pts from the week before). More than chance would.",
        content.finding());
    assertEquals(
        List.of(
            "Visit → visit again: of those whom Meta brought it is 30.0% (+20.0 pts), the largest move of a channel. They moved together; that is no proof of cause."),
        content.reasons());
    assertEquals(List.of(TEXT.of("cohort.no_action")), content.actions());
    Headline headline = content.headlines().get(0);
    assertEquals(.3, headline.value());
    assertEquals(.2, headline.before());
    assertEquals(12, headline.past().size());
  }

  @Test
  void a_fall_beyond_chance_says_what_to_look_at() {
    cohort("order_to_order", "all", 2, 400, 400, 200);
    cohort("order_to_order", "all", 1, 400, 400, 100);

    Content content = content();

    assertEquals(List.of(TEXT.of("cohort.act_order_to_order")), content.actions());
    assertEquals(List.of(TEXT.of("cohort.no_reason")), content.reasons());
  }

  @Test
  void what_chance_does_is_no_finding() {
    cohort("visit_to_visit", "all", 2, 100, 100, 20);
    cohort("visit_to_visit", "all", 1, 100, 100, 22);

    Content content = content();

    assertEquals(TEXT.of("cohort.calm"), content.finding());
    assertTrue(content.changed().get(0).endsWith("Chance alone moves as much."));
  }

  /** The mean leaves out who is few and what is running; nothing yet is no dash. */
  @Test
  void cells_that_are_final_running_of_few_or_to_come() {
    asOf = WEEK.monday().plusDays(2);
    cohort("visit_to_visit", "all", 3, 20, 20, 10, 10, 5);
    cohort("visit_to_visit", "all", 2, 100, 100, 40, 10);
    cohort("visit_to_visit", "all", 1, 200, 200, 20);
    cohort("visit_to_visit", "all", 0, 50, 50);
    Table table = visits(content());

    assertEquals(
        List.of("10.19 ~ 10.25", "10.26 ~ 11.01", "11.02 ~ 11.08", "11.09 ~ 11.15"),
        table.rows().stream().map(row -> row.get(0).value()).toList());
    Cell few = table.rows().get(0).get(2);
    assertEquals(.5, few.value());
    assertTrue(few.few());
    assertEquals(-1, few.shade());
    Cell whole = table.rows().get(1).get(2);
    assertEquals(Cell.heat(.4, false, null), whole);
    Cell running = table.rows().get(2).get(2);
    assertEquals("Final on Sun, 15 Nov 2026", running.note());
    assertEquals(.1, running.value());
    Cell future = table.rows().get(3).get(2);
    assertEquals(Cell.noted(null, TEXT.of("common.not_yet")), future);
    assertEquals(350L, table.foot().orElseThrow().get(1).value());
    assertEquals(.4, table.foot().orElseThrow().get(2).value());
    assertEquals(null, table.foot().orElseThrow().get(3).value());
  }

  @Test
  void without_a_complete_week_there_is_nothing_to_compare() {
    Content content = content();

    assertEquals(TEXT.of("cohort.nothing"), content.finding());
    assertEquals(List.of(), content.changed());
    assertEquals(List.of(), visits(content).rows());
  }

  @Test
  void page_workbook_and_csv_say_the_same_and_the_same_bytes() throws IOException {
    cohort("visit_to_visit", "all", 2, 1000, 1000, 200, 100);
    cohort("visit_to_visit", "all", 1, 1000, 1000, 300);

    Map<String, byte[]> first = SameNumbers.of("cohort", content(), TEXT);
    Map<String, byte[]> second = SameNumbers.of("cohort", content(), TEXT);

    assertEquals(6, first.size());
    first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
  }
}
