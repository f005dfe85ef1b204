package ltv.calculate.report.type;

import static ltv.calculate.report.type.Marts.HOSTILE;
import static ltv.calculate.report.type.Marts.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.calculate.report.file.ReadBack;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.file.SameNumbers;
import ltv.calculate.report.type.product.ProductWorld;
import ltv.calculate.report.type.site.SiteWorld;
import org.junit.jupiter.api.Test;

/** Page, workbook and CSV have the same names and numbers, whatever the names are. */
class SameNumbersTest {
  private static final int SCRIPTS = 3;

  @Test
  void of_a_site() throws IOException {
    try (Marts marts = SiteWorld.whole()) {
      assertSame(marts, ReportType.SITE);
    }
  }

  @Test
  void of_products() throws IOException {
    try (Marts marts = ProductWorld.until(Marts.SUNDAY)) {
      assertSame(marts, ReportType.PRODUCT);
    }
  }

  @Test
  void of_a_site_with_hostile_names() throws IOException {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.SITE)) {
      giveHostile(marts);
      assertSame(marts, ReportType.SITE);
      assertHarmless(marts, ReportType.SITE, "channels");
      assertEquals(
          "\u2068\u202Egnp.eman\u2069 → Search → \u2068\u202Egnp.eman\u2069",
          Marts.table(marts.content(ReportType.SITE, "en"), "paths").rows().get(2).get(0).value());
    }
  }

  @Test
  void of_products_with_hostile_names() throws IOException {
    try (Marts marts = new Marts(Marts.SUNDAY, ReportType.PRODUCT)) {
      giveHostile(marts);
      assertSame(marts, ReportType.PRODUCT);
      assertHarmless(marts, ReportType.PRODUCT, "products");
    }
  }

  @Test
  void the_same_marts_give_the_same_bytes() {
    for (ReportType type : List.of(ReportType.SITE, ReportType.PRODUCT)) {
      try (Marts marts =
              type == ReportType.SITE ? SiteWorld.whole() : ProductWorld.until(Marts.SUNDAY);
          Marts again =
              type == ReportType.SITE ? SiteWorld.whole() : ProductWorld.until(Marts.SUNDAY)) {
        Map<String, byte[]> files = ReportFiles.of(marts.report(type, "ko"), Marts.text("ko"));
        Map<String, byte[]> others = ReportFiles.of(again.report(type, "ko"), Marts.text("ko"));
        assertEquals(files.keySet(), others.keySet());
        files.forEach((name, bytes) -> assertArrayEquals(bytes, others.get(name), name));
      }
    }
  }

  private static void giveHostile(Marts marts) {
    List<Map<String, String>> weeks = new ArrayList<>();
    List<Map<String, String>> paths = new ArrayList<>();
    List<Map<String, String>> days = new ArrayList<>();
    List<Map<String, String>> pairs = new ArrayList<>();
    for (int i = 0; i < HOSTILE.size(); i++) {
      String name = HOSTILE.get(i);
      weeks.add(SiteWorld.week("channel", name, "all", 0, 100 + i, 5, 9, "12345.5", "-0.5"));
      paths.add(SiteWorld.path(i + 1, 90 + i, 9, "2", "1.5", "2.5", name, "search", name));
      for (LocalDate day = Marts.WEEK.monday().minusWeeks(1);
          !day.isAfter(Marts.SUNDAY);
          day = day.plusDays(1)) {
        days.add(
            ProductWorld.day(
                day, name, 100 * (i + 1), 20, i * 3 + day.getDayOfMonth(), 3, 1, 7777));
      }
      String next = HOSTILE.get((i + 1) % HOSTILE.size());
      pairs.add(ProductWorld.pair(name, next, 20 + i, .25, "1.5", "1.2"));
    }
    weeks.add(SiteWorld.week("all", "all", "all", 0, 1000, 50, 90, "99999.5", "-0.5"));
    weeks.add(SiteWorld.week("all", "all", "all", -1, 2000, 90, 99, "199999.5", null));
    marts.give("mart_site_weekly", weeks);
    marts.give("mart_path", paths);
    marts.give("mart_path_step", SiteWorld.step(1, HOSTILE.get(0), 99, 9, 9, 1, "3", "2", "4"));
    marts.give(
        "mart_frequent_behaviour",
        row(
            "window_days",
            7,
            "behaviour_kind",
            "event",
            "behaviour",
            HOSTILE.get(1),
            "users",
            50,
            "rate",
            .5,
            "other_rate",
            .25,
            "lift",
            2,
            "lift_low",
            1.1,
            "lift_high",
            3,
            "coverage",
            .5,
            "is_enough",
            true));
    marts.give("mart_product_daily", days);
    marts.give("mart_product_pair", pairs);
  }

  private static void assertSame(Marts marts, ReportType type) throws IOException {
    for (String language : List.of("ko", "en")) {
      SameNumbers.of(marts.report(type, language), Marts.text(language));
    }
  }

  private static void assertHarmless(Marts marts, ReportType type, String table)
      throws IOException {
    Map<String, byte[]> files = ReportFiles.of(marts.report(type, "en"), Marts.text("en"));
    String page = new String(files.get(type.code() + "-en.html"), StandardCharsets.UTF_8);
    String csv =
        new String(files.get(type.code() + "-en-" + table + ".csv"), StandardCharsets.UTF_8);
    String book =
        ReadBack.parts(files.get(type.code() + "-en.xlsx")).entrySet().stream()
            .filter(part -> part.getKey().startsWith("xl/worksheets"))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining());

    assertEquals(SCRIPTS, page.split("<script", -1).length - 1, "the page's own scripts");
    assertFalse(
        page.substring(0, page.indexOf("<script")).contains("style=\""), "the policy forbids it");
    assertTrue(csv.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\""), csv);
    assertFalse(book.contains("<f>"), "no formula");
    List<List<String>> rows = ReadBack.csv(files.get(type.code() + "-en-" + table + ".csv"));
    assertEquals(
        HOSTILE.stream().sorted().toList(),
        rows.stream().map(row -> unguarded(row.get(0))).sorted().toList(),
        "every name whole");
    // nobody's direction reaches beyond their name
    assertTrue(
        IntStream.range(0, page.length())
            .filter(i -> page.charAt(i) == '\u202E')
            .allMatch(i -> isolated(page, i)));
  }

  private static String unguarded(String name) {
    return name.startsWith("'=") ? name.substring(1) : name;
  }

  private static boolean isolated(String page, int at) {
    String before = page.substring(Math.max(0, at - 40), at);
    return before.contains("<bdi") || before.contains("\u2068") || before.contains("\"");
  }
}
