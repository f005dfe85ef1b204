package ltv.calculate.report.type.site;

import static ltv.calculate.report.type.Marts.section;
import static ltv.calculate.report.type.Marts.table;
import static ltv.calculate.report.type.Marts.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Table;
import ltv.calculate.report.Verdict;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.type.ReportType;
import org.junit.jupiter.api.Test;

class SiteReportTest {
  @Test
  void the_finding_says_which_factor_moved_revenue() {
    try (Marts marts = SiteWorld.whole()) {
      Content content = marts.content(ReportType.SITE, "en");

      assertEquals(
          "Revenue was ₩1,260,000, +26.0% from the week before."
              + " Most of the change is the number of visitors (+20.0%).",
          content.finding());
      assertEquals(
          List.of(
              "1,200 people visited (+20.0%). More than chance would.",
              "5.0% of visitors ordered (0.0 pts). Chance alone moves as much.",
              "An order was worth ₩10,500 on average (+5.0%)."),
          content.changed());
      assertEquals(
          "By channel, Meta moved most: revenue ₩900,000 (+50.0%).", content.reasons().get(0));
      assertEquals(
          "매출은 1,260,000원, 지난주 대비 +26.0%입니다. 변화의 가장 큰 몫은 방문자 수(+20.0%)입니다.",
          marts.content(ReportType.SITE, "ko").finding());
    }
  }

  @Test
  void headlines_have_the_week_before_and_the_weeks_up_to_it() {
    try (Marts marts = SiteWorld.whole()) {
      Headline revenue = marts.content(ReportType.SITE, "en").headlines().get(3);

      assertEquals(1_260_000.0, revenue.value());
      assertEquals(1_000_000.0, revenue.before());
      assertEquals(12, revenue.past().size());
      assertNull(revenue.past().get(8));
      assertEquals(List.of(900_000.0, 1_000_000.0, 1_260_000.0), revenue.past().subList(9, 12));
    }
  }

  @Test
  void a_change_from_days_that_were_not_seen_is_left_out() {
    try (Marts marts = SiteWorld.whole()) {
      Table weeks = table(marts.content(ReportType.SITE, "en"), "weeks");

      assertEquals(3, weeks.rows().size());
      assertNull(values(weeks, "11.02 ~ 11.08").get(9));
      assertEquals(.26, values(weeks, "11.16 ~ 11.22").get(9));
    }
  }

  @Test
  void a_week_whose_days_are_missing_says_so_first() {
    try (Marts marts = SiteWorld.whole()) {
      Map<String, String> week = SiteWorld.week("all", "all", "all", 0, 10, 5, 5, "5000", "-0.9");
      week.put("days_seen", "2");
      marts.give("mart_site_weekly", week);

      Content content = marts.content(ReportType.SITE, "en");

      assertEquals(
          "Visits were seen on 2 of the week's 7 days only: its numbers are too low to compare.",
          content.finding());
      assertNull(content.headlines().get(0).before());
      assertEquals("Seen on 2 of 7 days only", table(content, "weeks").rows().get(0).get(1).note());
    }
  }

  /** Its changes are from as many days of the week before, and so is what headlines compare. */
  @Test
  void a_running_week_is_compared_with_as_many_days() {
    try (Marts marts = new Marts(LocalDate.of(2026, 11, 18), ReportType.SITE)) {
      Map<String, String> week =
          SiteWorld.week("all", "all", "all", 0, 300, 30, 30, "300000", "0.5");
      week.put("week_state", "partial");
      week.put("days", "3");
      week.put("days_seen", "3");
      week.put("days_seen_before", "3");
      marts.give(
          "mart_site_weekly",
          week,
          SiteWorld.week("all", "all", "all", -1, 900, 90, 90, "900000", null));

      Content content = marts.content(ReportType.SITE, "en");

      assertEquals(
          "The week is running: it is compared with the same days of the week before.",
          content.changed().get(0));
      assertEquals(200.0, content.headlines().get(0).before(), 1e-9);
      assertNull(
          content.headlines().get(0).past().get(11), "the line ends with the last whole week");
      assertEquals(
          "Final on Sun, 22 Nov 2026", table(content, "weeks").rows().get(1).get(1).note());
    }
  }

  /** An order's visit may be unseen, as may all of them. */
  @Test
  void money_without_visitors_has_no_factors() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.SITE)) {
      Map<String, String> week = SiteWorld.week("all", "all", "all", 0, 0, 0, 5, "5000", "4");
      week.put("conversion_rate", null);
      marts.give(
          "mart_site_weekly",
          week,
          SiteWorld.week("all", "all", "all", -1, 10, 1, 1, "1000", null));

      Content content = marts.content(ReportType.SITE, "en");

      assertEquals("Revenue was ₩5,000, +400.0% from the week before.", content.finding());
      assertEquals(
          "– of visitors ordered (–). There is nothing to compare it with.",
          content.changed().get(1));
    }
  }

  @Test
  void a_channel_that_is_gone_is_told_of() {
    try (Marts marts = SiteWorld.whole()) {
      Table channels = table(marts.content(ReportType.SITE, "en"), "channels");

      assertEquals(3, channels.rows().size());
      List<Object> gone = values(channels, "Naver Search");
      assertEquals(0L, gone.get(1));
      assertEquals(-1.0, gone.get(2));
      assertNull(gone.get(6), "of nobody there is no conversion");
      assertEquals(-1.0, gone.get(9));
    }
  }

  @Test
  void a_week_that_nobody_saw_is_a_page_that_says_so() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.SITE)) {
      Content content = marts.content(ReportType.SITE, "en");

      assertEquals("Nobody was seen to visit or order in this week.", content.finding());
      assertNull(content.headlines().get(0).value());
      assertTrue(content.sections().stream().allMatch(s -> s.tables().isEmpty()));
      assertTrue(
          ReportFiles.of(marts.report(ReportType.SITE, "ko"), Marts.text("ko"))
              .containsKey("site-ko.xlsx"));
    }
  }

  @Test
  void a_mart_that_is_not_built_is_a_sentence() {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.SITE)) {
      String[] unknown = ReportType.SITE.optional().toArray(String[]::new);
      Content content = marts.content(ReportType.SITE, "en", unknown);

      assertEquals(
          "Not known for this site: mart_path is not built as of 2026-11-22."
              + " Not known for this site: mart_path_step is not built as of 2026-11-22.",
          section(content, "path").introduction());
      assertEquals(
          "Not known for this site: mart_frequent_behaviour is not built as of 2026-11-22.",
          section(content, "behaviour").introduction());
      assertEquals(
          "Not known for this site: mart_segment_movement is not built as of 2026-11-22.",
          section(content, "movement").introduction());
    }
  }

  @Test
  void a_step_is_worth_an_experiment_where_even_the_lower_end_is_above_one() {
    try (Marts marts = SiteWorld.whole()) {
      Content content = marts.content(ReportType.SITE, "en");
      Table steps = table(content, "steps");

      assertEquals(new Verdict(1, "worth an experiment"), values(steps, "Add to cart").get(6));
      assertEquals(new Verdict(0, "no clear difference"), values(steps, "View item").get(6));
      assertEquals(new Verdict(-1, "below the rest"), values(steps, "help").get(6));
      assertEquals(new Estimate(1.8, 1.2, 2.6), values(steps, "Add to cart").get(5));
      assertTrue(
          content.actions().stream()
              .anyMatch(a -> a.contains("Add to cart") && a.contains("only an experiment tells")),
          content.actions().toString());
    }
  }

  @Test
  void paths_stand_with_their_lift_and_what_it_means() {
    try (Marts marts = SiteWorld.whole()) {
      Content content = marts.content(ReportType.SITE, "en");
      Table paths = table(content, "paths");

      List<Object> first = values(paths, "Search → View item → Add to cart");
      assertEquals(
          List.of(
              400L, 80L, .2, new Estimate(2.0, 1.5, 2.6), new Verdict(1, "above the rest"), 30.5),
          first.subList(1, 7));
      assertNull(values(paths, "Search → help → Search → help → View item").get(5));
      assertTrue(
          section(content, "path")
              .introduction()
              .contains("120 of 150 first orders, 950 of 2,000 people"));
    }
  }

  @Test
  void only_behaviours_of_enough_are_told() {
    try (Marts marts = SiteWorld.whole()) {
      Table behaviours = table(marts.content(ReportType.SITE, "en"), "behaviours");

      assertEquals(
          List.of("Purchase", "Visited on 3 days or more"),
          behaviours.rows().stream().map(row -> row.get(0).value()).toList());
      assertEquals(new Verdict(1, "above the rest"), values(behaviours, "Purchase").get(6));
    }
  }

  @Test
  void customers_who_moved_add_up() {
    try (Marts marts = SiteWorld.whole()) {
      Table movement = table(marts.content(ReportType.SITE, "en"), "movement");

      assertEquals(List.of("New", 300L, 20L, 0L, 0L, 320L, 90L), values(movement, "New"));
      assertEquals(
          List.of("Now", 340L, 20L, 0L, 5L, 365L, 93L),
          movement.foot().orElseThrow().stream().map(Cell::value).toList());
    }
  }
}
