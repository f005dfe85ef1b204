package ltv.calculate.bi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import ltv.config.DatabaseSettings;
import ltv.config.Secret;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What BI tools import of the packed marts. */
class BiFilesTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String PASSWORD = "s3cret-of-the-writer";

  @TempDir private Path folder;

  private static List<Dataset> marts() {
    return Repository.datasets().all().stream().filter(d -> d.schema().publish() != null).toList();
  }

  private SiteConfig site() {
    return Sites.serving(
        Sites.below(folder),
        new DatabaseSettings(
            null, "jdbc:mariadb://db.example.kr/ltv_mart", "ltv_writer", new Secret(PASSWORD)));
  }

  private Map<String, byte[]> files(List<Dataset> marts, String language) {
    SiteConfig site = site();
    try (DuckDbSession session = DuckDbCases.open()) {
      Place place = Place.of(site.marts(), "ltv_reader", null);
      return BiFiles.of(site, marts, session, place, language);
    }
  }

  /** The files of a zip, each read as YAML. */
  private static Map<String, JsonNode> unpacked(byte[] zip) throws IOException {
    Map<String, JsonNode> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), YAML.readTree(in.readAllBytes()));
      }
    }
    return files;
  }

  private static List<JsonNode> below(Map<String, JsonNode> files, String folder) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith("ltv/" + folder + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void the_same_marts_give_the_same_bytes_in_any_zone() {
    Map<String, byte[]> once = files(marts(), "ko");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      Map<String, byte[]> again = files(marts(), "ko");

      assertEquals(once.keySet(), again.keySet());
      once.forEach((path, bytes) -> assertArrayEquals(bytes, again.get(path), path));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void everything_that_superset_imports_refers_to_what_is_there(String language)
      throws IOException {
    Map<String, JsonNode> files = unpacked(files(marts(), language).get("superset.zip"));

    assertEquals("Dashboard", files.get("ltv/metadata.yaml").path("type").asText());
    assertEquals("1.0.0", files.get("ltv/metadata.yaml").path("version").asText());
    Set<String> uuids = new HashSet<>();
    files.forEach(
        (path, file) ->
            assertTrue(
                path.endsWith("metadata.yaml") || uuids.add(file.path("uuid").asText()), path));
    String database = below(files, "databases").get(0).path("uuid").asText();
    Set<String> datasets = new HashSet<>();
    for (JsonNode dataset : below(files, "datasets")) {
      assertEquals(database, dataset.path("database_uuid").asText());
      datasets.add(dataset.path("uuid").asText());
    }
    Set<String> charts = new HashSet<>();
    for (JsonNode chart : below(files, "charts")) {
      assertTrue(datasets.contains(chart.path("dataset_uuid").asText()), chart.toString());
      assertFalse(chart.path("slice_name").asText().isBlank());
      charts.add(chart.path("uuid").asText());
    }
    JsonNode dashboard = below(files, "dashboards").get(0);
    Set<String> placed = new HashSet<>();
    dashboard.path("position").findValues("uuid").forEach(uuid -> placed.add(uuid.asText()));
    assertEquals(charts, placed);
    for (JsonNode part : dashboard.path("position")) {
      part.path("children")
          .forEach(child -> assertTrue(dashboard.path("position").has(child.asText())));
    }
    dashboard
        .findValues("datasetUuid")
        .forEach(uuid -> assertTrue(datasets.contains(uuid.asText()), uuid.asText()));
  }

  @Test
  void what_a_program_imports_differs_in_nothing_but_its_type() throws IOException {
    Map<String, byte[]> files = files(marts(), "ko");
    Map<String, JsonNode> people = unpacked(files.get("superset.zip"));
    Map<String, JsonNode> program = unpacked(files.get("superset-assets.zip"));

    assertEquals("assets", program.remove("ltv/metadata.yaml").path("type").asText());
    people.remove("ltv/metadata.yaml");
    assertEquals(people, program);
  }

  /**
   * A renamed column breaks this test, and so does one that Superset would ask both servers for.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void every_chart_asks_for_what_its_mart_has(String language) throws IOException {
    Map<String, JsonNode> files = unpacked(files(marts(), language).get("superset.zip"));
    Map<String, JsonNode> datasets = new TreeMap<>();
    below(files, "datasets").forEach(d -> datasets.put(d.path("uuid").asText(), d));
    try (DuckDbSession session = DuckDbCases.open()) {
      marts().forEach(m -> session.table(m.name(), m.schema().columns(), List.of()));
      session.execute(
          "create temp table mart_status (dataset varchar, part varchar, state varchar, row_count bigint, missing varchar, problem varchar, run_id varchar)");
      for (JsonNode chart : below(files, "charts")) {
        JsonNode dataset = datasets.get(chart.path("dataset_uuid").asText());
        session.rows(ChartQuery.of(chart.path("params"), dataset));
      }
    }
    assertTrue(below(files, "charts").size() >= 15);
  }

  @Test
  void a_site_without_some_marts_has_a_dashboard_of_the_others() throws IOException {
    List<Dataset> some =
        marts().stream().filter(d -> d.name().matches("mart_channel_daily|mart_model")).toList();
    Map<String, JsonNode> files = unpacked(files(some, "en").get("superset.zip"));

    List<String> charts = new ArrayList<>();
    files.keySet().stream().filter(path -> path.contains("/charts/")).forEach(charts::add);
    assertEquals(
        List.of(
            "ltv/charts/channel_table.yaml",
            "ltv/charts/data_until.yaml",
            "ltv/charts/days_held.yaml",
            "ltv/charts/days_waiting.yaml",
            "ltv/charts/spend_and_revenue.yaml",
            "ltv/charts/status.yaml"),
        charts);
    List<String> filters = new ArrayList<>();
    below(files, "dashboards")
        .get(0)
        .path("metadata")
        .path("native_filter_configuration")
        .forEach(filter -> filters.add(filter.path("name").asText()));
    assertEquals(List.of("Days", "Channel"), filters);
  }

  @Test
  void no_file_holds_a_password_and_the_reader_is_named() throws IOException {
    Map<String, byte[]> files = files(marts(), "en");
    for (byte[] bytes : files.values()) {
      assertFalse(new String(bytes, StandardCharsets.UTF_8).contains(PASSWORD));
    }
    JsonNode database = unpacked(files.get("superset.zip")).get("ltv/databases/ltv_marts.yaml");

    assertEquals(
        "mysql://ltv_reader:XXXXXXXXXX@db.example.kr:3306/ltv_mart?charset=utf8mb4",
        database.path("sqlalchemy_uri").asText());
    assertFalse(database.toString().contains(PASSWORD));
  }

  @Test
  void tableau_reads_each_table_with_its_words_and_numbers() throws Exception {
    Map<String, byte[]> files = files(marts(), "ko");
    for (Dataset mart : marts()) {
      Document tds = xml(files.get("tableau/" + mart.name() + ".tds"));
      List<Element> columns = elements(tds, "column");
      List<String> plain =
          columns.stream()
              .filter(c -> c.getElementsByTagName("calculation").getLength() == 0)
              .map(c -> c.getAttribute("name"))
              .toList();
      assertEquals(mart.schema().columns().stream().map(c -> "[" + c.name() + "]").toList(), plain);
      assertEquals("[" + mart.name() + "]", elements(tds, "relation").get(0).getAttribute("table"));
    }
    Document channels = xml(files.get("tableau/mart_channel_daily.tds"));
    assertEquals(
        "SUM([revenue] + [ad_revenue]) / SUM([spend])",
        elements(channels, "calculation").get(12).getAttribute("formula"));
    Element spend = elements(channels, "column").get(4);
    assertEquals("measure", spend.getAttribute("role"));
    assertEquals("광고비", spend.getAttribute("caption"));
    assertEquals("n#,##0", spend.getAttribute("default-format"));
    assertEquals("매체비. 무상 유입은 0.", spend.getTextContent().strip());
    Element server = elements(channels, "connection").get(1);
    assertEquals("db.example.kr", server.getAttribute("server"));
    assertEquals("3306", server.getAttribute("port"));
    assertEquals("ltv_reader", server.getAttribute("username"));
    Document values = xml(files.get("tableau/mart_ltv_campaign.tds"));
    assertTrue(
        elements(values, "calculation").stream()
            .anyMatch(c -> c.getAttribute("formula").equals("[as_of_date] = {MAX([as_of_date])}")));
  }

  private static Document xml(byte[] bytes) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void metabase_is_told_labels_and_meanings_by_a_manifest_of_dbt() throws IOException {
    JsonNode manifest = YAML.readTree(files(marts(), "ko").get("manifest.json"));

    JsonNode model = manifest.path("nodes").path("model.ltv.mart_ltv_campaign");
    assertEquals("model", model.path("resource_type").asText());
    assertEquals("ltv_mart", model.path("schema").asText());
    assertEquals("캠페인 가치(LTV)", model.path("meta").path("metabase.display_name").asText());
    JsonNode cost = model.path("columns").path("cost").path("meta");
    assertEquals("type/Currency", cost.path("metabase.semantic_type").asText());
    assertEquals("KRW", cost.path("metabase.currency").asText());
    assertEquals(0, cost.path("metabase.decimals").asInt(-1));
    JsonNode roas = model.path("columns").path("proas").path("meta");
    assertEquals("percent", roas.path("metabase.number_style").asText());
    assertEquals(manifest.path("nodes").size(), manifest.path("child_map").size());
  }
}
