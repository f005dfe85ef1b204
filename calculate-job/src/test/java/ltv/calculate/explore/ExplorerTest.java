package ltv.calculate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.calculate.report.words.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorerTest {
  private static final int MOST_BYTES = 5_000_000;

  @TempDir private Path folder;

  @Test
  void a_small_shop_is_told_as_its_marts_have_it() throws IOException {
    try (ExploreWorld world = new ExploreWorld(folder, 6, 9, 3, 2)) {
      JsonNode data = ExploreWorld.data(world.page("en"));

      assertEquals("[0,1,3,7,14,30,60,90,180,360]", data.get("ages").toString());
      assertEquals(9, data.get("weeks").size());
      assertEquals("2026-09-14", data.get("weeks").get(0).asText());
      assertEquals(6, data.get("campaigns").size());
      assertEquals(0, data.get("folded_campaigns").asInt());
      assertEquals(0, data.get("left_weeks").asInt());
      assertSumsOf(world, data);
      assertEquals(
          world.number("select sum(orders) from mart_ltv_curve where age_days = 7"),
          ExploreWorld.sum(data, "cohorts", "orders", 3));
      assertEquals(
          world.number(
              "select sum(pltv_low_80 * users) from mart_roas_cohort where horizon_days = 90"),
          ExploreWorld.sum(data, "cohorts", "low", 7),
          .5);
    }
  }

  /** What all have reached is told by how many ages from the first that are. */
  @Test
  void a_cohort_says_how_many_ages_it_has_reached() throws IOException {
    try (ExploreWorld world = new ExploreWorld(folder, 1, 9, 1, 1)) {
      JsonNode data = ExploreWorld.data(world.page("en"));

      List<Integer> reached = new ArrayList<>();
      data.get("cohorts").get("reached").forEach(n -> reached.add(n.asInt()));
      // the oldest is 56 days old, the newest's last day is the as-of day
      assertEquals(List.of(6, 6, 6, 6, 5, 5, 5, 4, 1), reached);
    }
  }

  @Test
  void small_campaigns_become_the_others_of_their_channel() throws IOException {
    try (ExploreWorld world = new ExploreWorld(folder, 500, 60, 4, 9)) {
      String page = world.page("ko");
      JsonNode data = ExploreWorld.data(page);

      assertTrue(ExploreWorld.rows(data) <= 50_000, "rows " + ExploreWorld.rows(data));
      assertTrue(ExploreWorld.rows(data) > 45_000, "rows " + ExploreWorld.rows(data));
      int bytes = page.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= MOST_BYTES, "bytes " + bytes);
      int own = data.get("campaigns").size() - 4;
      assertEquals(500, own + data.get("folded_campaigns").asInt());
      JsonNode last = data.get("campaigns").get(own);
      assertEquals("~other", last.get("id").asText());
      assertTrue(last.get("name").asText().contains("작은 캠페인"), last.toString());
      assertEquals(60, data.get("weeks").size());
      assertSumsOf(world, data);
      // one that is shown by itself costs no less than one that is not
      assertEquals(
          0,
          world.number(
              "select count(*) from ranked_campaign a, ranked_campaign b where a.is_own and not b.is_own and a.cost < b.cost"));
      Path shown = Files.createDirectories(Path.of("target", "explore"));
      Files.writeString(shown.resolve("large-ko.html"), page);
    }
  }

  @Test
  void old_weeks_are_left_out_where_channels_alone_are_too_many() throws IOException {
    try (ExploreWorld world = new ExploreWorld(folder, 150, 60, 100, 1)) {
      JsonNode data = ExploreWorld.data(world.page("en"));

      assertTrue(ExploreWorld.rows(data) <= 50_000, "rows " + ExploreWorld.rows(data));
      assertTrue(data.get("left_weeks").asInt() > 0);
      assertEquals(60, data.get("weeks").size() + data.get("left_weeks").asInt());
      assertEquals("2026-11-09", data.get("weeks").get(data.get("weeks").size() - 1).asText());
    }
  }

  @Test
  void small_countries_become_one() throws IOException {
    try (ExploreWorld world = new ExploreWorld(folder, 40, 8, 4, 120)) {
      JsonNode data = ExploreWorld.data(world.page("en"));

      assertTrue(ExploreWorld.rows(data) <= 50_000, "rows " + ExploreWorld.rows(data));
      assertTrue(data.get("folded_countries").asInt() > 0);
      JsonNode countries = data.get("countries");
      assertEquals("~other", countries.get(countries.size() - 1).get("id").asText());
      assertEquals(120, countries.size() - 1 + data.get("folded_countries").asInt());
      assertSumsOf(world, data);
    }
  }

  @Test
  void the_same_marts_give_the_same_bytes() throws IOException {
    try (ExploreWorld first = new ExploreWorld(folder.resolve("a"), 30, 10, 4, 3);
        ExploreWorld second = new ExploreWorld(folder.resolve("b"), 30, 10, 4, 3)) {
      assertEquals(first.page("ko"), second.page("ko"));
    }
  }

  @Test
  void hostile_names_are_only_names() throws IOException {
    List<String> names =
        List.of(
            "<script>alert(1)</script>",
            "</script><!--<script>",
            "=HYPERLINK(\"http://x\",\"a\")",
            "\u202Egnp.exe",
            "가을 🍂 신상",
            "x".repeat(300));
    try (ExploreWorld world = new ExploreWorld(folder, 6, 9, 3, 2)) {
      for (int i = 0; i < names.size(); i++) {
        world.session.execute(
            "update mart_ltv_campaign set campaign_name = '%s' where campaign_id = 'c%d'"
                .formatted(names.get(i).replace("'", "''"), i));
      }
      world.session.execute("update mart_ltv_campaign set country = '<b>' where country = 'c1'");
      String page = world.page("en");

      JsonNode campaigns = ExploreWorld.data(page).get("campaigns");
      List<String> read = new ArrayList<>();
      campaigns.forEach(c -> read.add(c.get("name").asText()));
      assertEquals(Set.copyOf(names), Set.copyOf(read));
      assertEquals(3, Pattern.compile("<script[ >]").matcher(page).results().count());
      assertFalse(page.contains("<!--"));
      Path shown = Files.createDirectories(Path.of("target", "explore"));
      Files.writeString(shown.resolve("hostile-en.html"), page);
    }
  }

  /** A word that a script asks for and no bundle has would be seen only by a reader. */
  @Test
  void the_script_asks_only_for_words_that_are_there() throws IOException {
    Path folderOfScripts = Path.of("src/main/resources/ltv/calculate/explore");
    String script = Files.readString(folderOfScripts.resolve("explore.js"));
    Set<String> asked =
        Pattern.compile("(?:words\\.|say\\('|column\\('|setting\\(')([a-z_]+)")
            .matcher(script)
            .results()
            .map(r -> r.group(1))
            .collect(Collectors.toSet());
    Set<String> words = new Text("ko", "KRW", ZoneId.of("Asia/Seoul")).all("explore").keySet();
    asked.removeAll(words);
    assertEquals(Set.of(), asked);
  }

  private static void assertSumsOf(ExploreWorld world, JsonNode data) {
    for (int age : new int[] {0, 3, 9}) {
      String at = " where horizon_days = " + data.get("ages").get(age).asInt();
      for (String column : List.of("observed", "expected")) {
        double whole =
            world.number("select sum(%s_value) from mart_roas_cohort".formatted(column) + at);
        assertEquals(whole, ExploreWorld.sum(data, "cohorts", column, age), whole * 1e-6 + .5);
        double segments =
            world.number(
                "select sum(%s_value) from mart_ltv_campaign".formatted(column)
                    + at
                    + " and level = 'segment'");
        assertEquals(
            segments, ExploreWorld.sum(data, "segments", column, age), segments * 1e-5 + 5);
      }
    }
  }
}
