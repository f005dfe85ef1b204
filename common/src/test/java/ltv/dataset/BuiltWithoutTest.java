package ltv.dataset;

import static ltv.dataset.TestSite.D1;
import static ltv.dataset.TestSite.states;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.run.Days;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition knows what it was built without, through any number of datasets. */
class BuiltWithoutTest {
  @TempDir private Path folder;

  @Test
  void what_an_input_was_built_without_is_told_downstream_until_it_is_there() throws Exception {
    Map<String, JsonNode> channels = new TreeMap<>(TestSite.shop());
    channels.put("web", new ObjectMapper().createObjectNode());
    SiteConfig both = Sites.below(folder.resolve("both"), 7, channels);
    try (TestSite two = new TestSite(both, TestSite.FOLDERS)) {
      two.sell(D1, "a 1");
      two.sell(D1.plusDays(1), "b 1");
      two.build("stg_seen", D1, D1.plusDays(1));
      two.build("fct_seen", D1.plusDays(1), D1.plusDays(1));

      assertEquals(List.of("src_web__visits/2026-11-01"), two.entry("stg_seen", D1).missing());
      assertEquals(
          List.of("src_web__visits/2026-11-01", "src_web__visits/2026-11-02"),
          two.entry("fct_seen", D1.plusDays(1)).missing());

      two.visit(D1);
      two.visit(D1.plusDays(1));
      two.build("stg_seen", D1, D1.plusDays(1));
      assertEquals(
          List.of("2026-11-02 committed"),
          states(two.build("fct_seen", D1.plusDays(1), D1.plusDays(1))),
          "the same rows, but nothing is missing any more");
      assertEquals(List.of(), two.entry("fct_seen", D1.plusDays(1)).missing());
    }
  }

  @Test
  void of_a_source_whose_past_cannot_be_read_only_the_newest_day_can_be_missing() throws Exception {
    Map<String, JsonNode> channels = new TreeMap<>(TestSite.shop());
    channels.put("web", new ObjectMapper().createObjectNode());
    Map<String, String> folders = new TreeMap<>(TestSite.FOLDERS);
    folders.merge(
        "ingest/src_web__visits/schema.yml",
        "snapshot: true\nraw: {format: json}\n",
        String::concat);
    try (TestSite site = new TestSite(Sites.below(folder.resolve("snap"), 7, channels), folders)) {
      site.sell(D1, "a 1");
      site.sell(D1.plusDays(1), "b 1");
      site.build("stg_seen", D1, D1.plusDays(1));

      assertEquals(List.of(), site.entry("stg_seen", D1).missing());
      assertEquals(
          List.of("src_web__visits/2026-11-02"), site.entry("stg_seen", D1.plusDays(1)).missing());

      assertEquals(1, asked(site, D1).size(), "it could still be read for that day");
      site.visit(D1.plusDays(1));
      assertEquals(List.of(), asked(site, D1), "nobody can tell any more");
    }
  }

  private static List<PartitionPlan> asked(TestSite site, LocalDate day) {
    Dataset visits = site.datasets.get("src_web__visits");
    Days days = new Days(day, day, Days.Reach.EXACT);
    return Status.ofSource(visits, site.lake.pin(visits.table()), days);
  }

  @Test
  void what_is_of_no_single_source_owes_no_day() throws Exception {
    Map<String, String> folders = new TreeMap<>(TestSite.FOLDERS);
    folders.put("ingest/src_note/schema.yml", folders.get("ingest/src_web__visits/schema.yml"));
    folders.put("ingest/src_note/query.sql", folders.get("ingest/src_web__visits/query.sql"));
    folders.computeIfPresent(
        "cleanse/stg_seen/schema.yml", (f, text) -> text.replace("src_web__visits", "src_note"));
    try (TestSite site = new TestSite(Sites.below(folder, 7, TestSite.shop()), folders)) {
      site.sell(D1, "a 1");
      site.build("stg_seen", D1, D1);

      assertEquals(List.of(), site.entry("stg_seen", D1).missing());
    }
  }
}
