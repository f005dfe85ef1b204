package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @TempDir private Path folder;

  @Test
  void a_dataset_comes_after_its_inputs_whatever_its_name() {
    Datasets datasets =
        Datasets.of(
            Map.of(
                "process/a/schema.yml", schema("inputs: {z: {required: true}}"),
                "process/m/schema.yml", schema("inputs: {a: {required: true}}"),
                "process/z/schema.yml", schema("inputs: {stg: {required: true}}"),
                "cleanse/stg/schema.yml", schema("")));

    assertEquals(
        List.of("z", "a", "m"), datasets.inOrder("process").stream().map(Dataset::name).toList());
  }

  @Test
  void datasets_that_read_each_other_are_refused_with_their_names() {
    Datasets datasets =
        Datasets.of(
            Map.of(
                "process/a/schema.yml", schema("inputs: {b: {required: true}}"),
                "process/b/schema.yml", schema("inputs: {a: {required: true}}")));

    JobException e = assertThrows(JobException.class, () -> datasets.inOrder("process"));

    assertEquals("Datasets read each other in a circle: [a, b]", e.getMessage());
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
  }

  @Test
  void a_folder_of_the_site_adds_datasets_and_may_not_replace_packed_ones() throws IOException {
    Datasets packed = Datasets.of(Map.of("cleanse/stg/schema.yml", schema("")));
    write("mine/schema.yml", schema("inputs: {stg: {required: true}}"));
    write("mine/query.sql", "-- one row\nselect day from stg\n");

    Dataset mine = packed.withFolder("calculate", folder).get("mine");

    assertEquals("calculate", mine.job());
    assertEquals("-- one row\nselect day from stg", mine.query());
    write("stg/schema.yml", schema(""));
    JobException clash =
        assertThrows(JobException.class, () -> packed.withFolder("calculate", folder));
    assertTrue(clash.getMessage().contains("has the name of a packed dataset; rename the folder"));
    write("mine/schema.yml", "grain: g\ncolumns: []");
    JobException broken =
        assertThrows(JobException.class, () -> packed.withFolder("calculate", folder));
    assertTrue(broken.getMessage().startsWith("calculate/mine/schema.yml"), broken.getMessage());
    JobException nowhere =
        assertThrows(
            JobException.class, () -> packed.withFolder("calculate", folder.resolve("nowhere")));
    assertEquals(ExitCode.USAGE, nowhere.exitCode());
  }

  @Test
  void a_source_on_request_is_there_only_where_the_site_asks_for_it() throws IOException {
    Datasets datasets =
        Datasets.of(
            Map.of(
                "ingest/src_shop__sales/schema.yml", schema(""),
                "ingest/src_shop__visits/schema.yml", schema("on_request: true"),
                "cleanse/stg_visit/schema.yml",
                    schema("inputs: {src_shop__visits: {required: true}}")));

    assertEquals(List.of("src_shop__sales"), present(datasets, "{\"a\":1}"));
    assertEquals(
        List.of("stg_visit", "src_shop__visits"), present(datasets, "{\"reports\":[\"visits\"]}"));
  }

  private static List<String> present(Datasets datasets, String shop) throws IOException {
    SiteConfig site =
        Sites.below(Path.of("home"), null, Map.of("shop", new ObjectMapper().readTree(shop)));
    return Stream.of("cleanse", "ingest")
        .flatMap(job -> datasets.present(job, site, List.of()).stream())
        .map(Dataset::name)
        .toList();
  }

  @Test
  void a_dataset_that_settles_has_all_three_queries_for_it() {
    JobException e =
        assertThrows(
            JobException.class,
            () ->
                Datasets.of(
                    Map.of("cleanse/stg/schema.yml", schema(""), "cleanse/stg/start.sql", "x")));

    assertEquals(
        "cleanse/stg has some of links.sql, start.sql and step.sql; a dataset that settles has all",
        e.getMessage());
  }

  @Test
  void an_unknown_name_is_answered_with_the_known_ones() {
    JobException e =
        assertThrows(
            JobException.class,
            () -> Datasets.of(Map.of("cleanse/stg/schema.yml", schema(""))).get("stgg"));

    assertEquals("There is no dataset stgg; known are stg", e.getMessage());
  }

  @Test
  void a_schema_that_contradicts_itself_is_refused_by_its_file() {
    Map<String, String> wrong = new TreeMap<>();
    wrong.put("columns: [{name: day, type: date}]", "grain and columns are owed");
    wrong.put(
        "grain: g\npartition: nix\ncolumns: [{name: day, type: date}]", "partition nix is not");
    wrong.put("grain: g\nkey: [nix]\ncolumns: [{name: day, type: date}]", "key [nix] names");
    wrong.put("grain: g\ncolumns: [{name: day, type: dat}]", "'dat' is not a type; known are");
    wrong.put(
        "grain: g\ncolums: []\ncolumns: [{name: day, type: date}]",
        "Unrecognized field \"colums\"");
    wrong.put(
        "grain: g\ncolumns: [{name: day, type: date}]\nchecks: [{column: day}]",
        "a check starts with either fail: RULE or warn: RULE");
    wrong.put(
        "grain: g\ncolumns: [{name: day, type: date}]\ninputs: {a: {lookback: 3}}",
        "an input says whether it is required");

    wrong.forEach(
        (yaml, complaint) -> {
          Dataset broken = Datasets.of(Map.of("process/a/schema.yml", yaml)).get("a");
          JobException e = assertThrows(JobException.class, broken::schema);
          assertTrue(e.getMessage().contains(complaint), e.getMessage());
          assertTrue(e.getMessage().startsWith("process/a/schema.yml"), e.getMessage());
        });
  }

  @Test
  void every_dataset_of_the_repository_is_explained_and_publishes_only_marts() {
    for (Dataset dataset : Repository.datasets().all()) {
      DatasetSchema schema = dataset.schema();
      assertFalse(schema.description().getOrDefault("en", "").isBlank(), dataset.name());
      boolean mart = dataset.name().startsWith("mart_");
      assertFalse(mart && schema.description().getOrDefault("ko", "").isBlank(), dataset.name());
      assertEquals(mart, schema.publish() != null, dataset.name());
      schema.columns().forEach(c -> explained(dataset.name(), c.name(), c.description(), mart));
    }
  }

  private static void explained(
      String dataset, String column, Map<String, String> description, boolean mart) {
    for (String language : mart ? List.of("en", "ko") : List.of("en")) {
      assertFalse(
          description.getOrDefault(language, "").isBlank(),
          () -> dataset + "." + column + " owes a description in " + language);
    }
  }

  private static String schema(String more) {
    return "grain: one row\ncolumns: [{name: day, type: date}]\n" + more;
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }
}
