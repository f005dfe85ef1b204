package ltv.calculate.report.type.product;

import static ltv.calculate.report.type.Marts.section;
import static ltv.calculate.report.type.Marts.table;
import static ltv.calculate.report.type.Marts.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Table;
import ltv.calculate.report.Verdict;
import ltv.calculate.report.drawing.Lines;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.type.ReportType;
import org.junit.jupiter.api.Test;

class ProductReportTest {
  private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 17);

  @Test
  void the_finding_names_the_product_that_moved_most() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Content content = marts.content(ReportType.PRODUCT, "en");

      assertEquals(
          "Products took ₩3,745,000, +37.2% from the week before."
              + " The largest move is of riser: from ₩1,120,000 to ₩2,800,000.",
          content.finding());
      assertEquals(
          List.of(
              "riser rose from ₩1,120,000 to ₩2,800,000, with more orders than chance explains.",
              "faller fell from ₩840,000 to ₩210,000, with fewer orders than chance explains.",
              "What rose and fell at the same time is no proof of cause."),
          content.reasons());
      assertEquals(
          "상품 매출은 3,745,000원, 지난주 대비 +37.2%입니다."
              + " 가장 크게 움직인 상품은 riser입니다(1,120,000원 → 2,800,000원).",
          marts.content(ReportType.PRODUCT, "ko").finding());
    }
  }

  @Test
  void headlines_are_sums_of_days() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      List<Headline> headlines = marts.content(ReportType.PRODUCT, "en").headlines();

      assertEquals(3_745_000.0, headlines.get(0).value());
      assertEquals(2_730_000.0, headlines.get(0).before());
      assertEquals(7.0 * (10 + 20 + 3 + 1), headlines.get(1).value());
      assertEquals(65.0 / 501, headlines.get(2).value());
      assertEquals(3.0 / 19, headlines.get(3).value());
    }
  }

  @Test
  void products_stand_by_revenue_with_their_rates() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Table products = table(marts.content(ReportType.PRODUCT, "en"), "products");

      assertEquals(
          List.of("riser", "plain", "faller", "unsold", "seen"),
          products.rows().stream().map(row -> row.get(0).value()).toList());
      assertEquals(
          List.of(2_800_000.0, 1.5, 700L, 700L, 140L, 140L, 147L, .2, .2),
          values(products, "riser").subList(1, 10));
      assertTrue(products.rows().get(3).get(9).few(), "7 buyers are few");
      assertEquals(0.0, values(products, "seen").get(1), "nothing bought is no money");
      assertNull(values(products, "seen").get(2), "from nothing there is no change");
      assertNull(values(products, "seen").get(9));
    }
  }

  @Test
  void risers_and_fallers_say_whether_chance_explains_them() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Content content = marts.content(ReportType.PRODUCT, "en");

      assertEquals(
          List.of("riser"),
          table(content, "risers").rows().stream().map(row -> row.get(0).value()).toList());
      assertEquals(new Verdict(1, "more orders"), values(table(content, "risers"), "riser").get(6));
      Table fallers = table(content, "fallers");
      assertEquals(new Verdict(-1, "fewer orders"), values(fallers, "faller").get(6));
      assertEquals(new Verdict(0, "within chance"), values(fallers, "unsold").get(6));
    }
  }

  /** Its looks would have brought 7 × 200 × 33 / 301 orders at the rate of the others. */
  @Test
  void what_is_looked_at_and_not_bought_is_beyond_chance() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Content content = marts.content(ReportType.PRODUCT, "en");
      Table unsold = table(content, "unsold");

      assertEquals(
          List.of("unsold", "faller"),
          unsold.rows().stream().map(row -> row.get(0).value()).toList());
      assertEquals(1400.0 * 231 / 2107, (double) values(unsold, "unsold").get(4), 1e-9);
      assertTrue(
          content.actions().stream().anyMatch(a -> a.contains("1,400 looks and 7 orders")),
          content.actions().toString());
    }
  }

  @Test
  void a_pair_is_told_once_and_the_surest_first() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Table pairs = table(marts.content(ReportType.PRODUCT, "en"), "pairs");

      assertEquals(2, pairs.rows().size());
      assertEquals(
          List.of("plain", "riser", 30L, .3, 2.5, 1.4, new Verdict(1, "above the rest")),
          pairs.rows().get(0).stream().map(Cell::value).toList());
      assertEquals(new Verdict(0, "no clear difference"), pairs.rows().get(1).get(6).value());
    }
  }

  @Test
  void the_chart_has_the_numbers_of_the_table_under_it() {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      Content content = marts.content(ReportType.PRODUCT, "en");
      Chart chart = section(content, "weeks").chart().orElseThrow();
      Lines lines = (Lines) chart.data();

      assertEquals("lines", chart.kind());
      assertEquals(List.of("11.09", "11.16"), lines.labels());
      assertEquals(
          new Lines.Line(
              "riser", List.of(1_120_000.0, 2_800_000.0), List.of("₩1,120,000", "₩2,800,000")),
          lines.lines().get(0));
      assertEquals(
          List.of("riser", 1_120_000.0, 2_800_000.0), values(table(content, "best"), "riser"));
      assertEquals(4, lines.lines().size(), "what took nothing has no line");
    }
  }

  /** Two days of it are compared with Monday and Tuesday of the week before. */
  @Test
  void a_running_week_is_compared_with_as_many_days() {
    try (Marts marts = ProductWorld.until(TUESDAY)) {
      Content content = marts.content(ReportType.PRODUCT, "en");

      assertEquals(
          "The week is running: it is compared with the same days of the week before.",
          content.changed().get(0));
      assertEquals(2 * 535_000.0, content.headlines().get(0).value());
      assertEquals(2 * 390_000.0, content.headlines().get(0).before());
      assertEquals(1.5, values(table(content, "products"), "riser").get(2));
      assertEquals(
          "Final on Sun, 22 Nov 2026", table(content, "weeks").rows().get(1).get(1).note());
      assertNull(content.headlines().get(0).past().get(11));
    }
  }

  /** What matters is that Monday and Tuesday were seen, however many days came after them. */
  @Test
  void a_running_week_needs_the_same_days_of_the_week_before() {
    try (Marts marts = new Marts(TUESDAY, ReportType.PRODUCT)) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (int day = -6; day < 2; day++) {
        rows.add(
            ProductWorld.day(
                Marts.WEEK.monday().plusDays(day), "plain", 100, 20, 10, 10, 2, 100_000));
      }
      marts.give("mart_product_daily", rows);

      assertNull(marts.content(ReportType.PRODUCT, "en").headlines().get(0).before());
    }
  }

  @Test
  void where_days_of_the_week_before_are_missing_nothing_is_said_to_move() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.PRODUCT)) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (int day = -3; day < 7; day++) {
        rows.add(
            ProductWorld.day(
                Marts.WEEK.monday().plusDays(day), "plain", 100, 20, 10, 10, 2, 100_000));
      }
      marts.give("mart_product_daily", rows);

      Content content = marts.content(ReportType.PRODUCT, "en");

      assertEquals(
          "Products took ₩700,000. There is no whole week before it to compare with.",
          content.finding());
      assertNull(values(table(content, "products"), "plain").get(2));
      assertEquals(
          "The week before is not known whole: nothing can be said of who rose and fell.",
          section(content, "movers").introduction());
    }
  }

  @Test
  void a_site_whose_sources_name_no_products_is_told_what_to_send() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.PRODUCT)) {
      Content content = marts.content(ReportType.PRODUCT, "en", "mart_product_pair");

      assertEquals(
          "No source of this site names products: nothing can be said of them.", content.finding());
      assertTrue(content.actions().get(0).startsWith("Send product_id"));
      assertEquals(
          "Not known for this site: mart_product_pair is not built as of 2026-11-22.",
          section(content, "pairs").introduction());
      assertTrue(
          ReportFiles.of(marts.report(ReportType.PRODUCT, "en"), Marts.text("en"))
              .containsKey("product-en.xlsx"));
    }
  }

  @Test
  void revenue_that_events_do_not_tell_is_missing_and_not_nothing() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.PRODUCT)) {
      marts.give(
          "mart_product_daily",
          Collections.singletonList(ProductWorld.day(Marts.SUNDAY, "plain", 10, 2, 1, 1, 0, null)));

      Content content = marts.content(ReportType.PRODUCT, "en");

      assertNull(content.headlines().get(0).value());
      assertNull(values(table(content, "products"), "plain").get(1));
    }
  }
}
