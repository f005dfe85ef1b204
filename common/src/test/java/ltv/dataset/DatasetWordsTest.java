package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.Sites;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWordsTest {
  private static final Days D1 = new Days(TestSite.D1, TestSite.D1, Days.Reach.EXACT);

  @TempDir private Path folder;

  @Test
  void the_words_of_every_dataset_are_read_as_they_were_written() {
    for (Dataset dataset : Repository.datasets().all()) {
      String json = DatasetWords.of(dataset).json();

      DatasetWords read = DatasetWords.parse(json, dataset.name());

      assertEquals(json, read.json(), dataset.name());
      assertEquals(dataset.schema().trace(), read.trace(), dataset.name());
      assertTrue(json.length() < 20_000, dataset.name() + " has many words: " + json.length());
    }
  }

  @Test
  void what_is_no_words_is_refused() {
    assertThrows(JobException.class, () -> DatasetWords.parse("[]", "stg_sale"));
  }

  @Test
  void a_table_tells_what_it_holds_and_new_words_build_nothing() {
    try (TestSite site = new TestSite(folder)) {
      site.sell(TestSite.D1, "a 10");
      site.build("stg_sale", TestSite.D1, TestSite.D1);
    }
    Map<String, String> folders = new TreeMap<>(TestSite.FOLDERS);
    folders.computeIfPresent(
        "cleanse/stg_sale/schema.yml",
        (path, text) ->
            text
                + "trace: {sums: [{columns: [amount], input: src_shop__sales, on: [sold_on, sale_id]}]}\n");

    try (TestSite site = new TestSite(Sites.below(folder, 7, TestSite.shop()), folders)) {
      LakeTable before = site.lake.tables().find("stg_sale").orElseThrow();
      Pin pinned = before.pin();
      var outcomes = site.build("stg_sale", D1, BuildMode.CHANGED);

      LakeTable after = site.lake.tables().find("stg_sale").orElseThrow();
      assertEquals("[2026-11-01 unchanged]", TestSite.states(outcomes).toString());
      assertEquals(pinned.snapshotName(), after.pin().snapshotName());
      assertEquals(Trace.nothing(), words(before).trace());
      assertEquals(
          "src_shop__sales", words(after).trace().sumsOf("amount").get(0).input(), "new words");
      assertEquals("cleanse", words(after).job());
      assertEquals(
          "[2026-11-01 committed]",
          TestSite.states(site.build("stg_sale", D1, BuildMode.FORCE)).toString());
    }
  }

  private static DatasetWords words(LakeTable table) {
    return DatasetWords.parse(table.words().orElseThrow(), "stg_sale");
  }
}
