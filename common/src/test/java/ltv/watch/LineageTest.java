package ltv.watch;

import static ltv.watch.WatchedSite.DAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs print their last line. */
@ResourceLock(Resources.SYSTEM_OUT)
class LineageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final ObjectMapper CLIENT =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  @TempDir private Path folder;

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("events.jsonl"))) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private WatchedSite site() throws IOException {
    return new WatchedSite(
        folder,
        "lineage: {openlineage: {file: %s, namespace: shops}}"
            .formatted(folder.resolve("events.jsonl")),
        Map.of());
  }

  @Test
  void a_run_tells_what_was_built_from_what() throws IOException {
    try (WatchedSite site = site().sell(DAY)) {
      site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale");

      List<JsonNode> events = events();
      assertEquals(
          List.of(
              "START cleanse",
              "START cleanse.stg_sale",
              "COMPLETE cleanse.stg_sale",
              "COMPLETE cleanse"),
          events.stream()
              .map(e -> e.path("eventType").asText() + " " + e.at("/job/name").asText())
              .toList());
      JsonNode built = events.get(2);
      assertEquals("shops", built.at("/job/namespace").asText());
      assertEquals(events.get(1).at("/run/runId"), built.at("/run/runId"));
      assertEquals(events.get(0).at("/run/runId"), built.at("/run/facets/parent/run/runId"));
      assertEquals(
          "2026-10-31T15:00:00Z", built.at("/run/facets/nominalTime/nominalStartTime").asText());
      String warehouse = site.home().resolve("warehouse").toString();
      JsonNode input = built.at("/inputs/0");
      assertEquals(
          "file " + warehouse + "/ingest/src_shop__sales",
          input.path("namespace").asText() + " " + input.path("name").asText());
      assertTrue(Files.isDirectory(Path.of(input.path("name").asText())), "the table lies there");
      JsonNode output = built.at("/outputs/0");
      assertEquals(warehouse + "/cleanse/stg_sale", output.path("name").asText());
      assertEquals(
          site.report().at("/datasets/stg_sale/snapshot"),
          output.at("/facets/version/datasetVersion"));
      assertEquals(
          site.report().at("/datasets/stg_sale/inputs/src_shop__sales"),
          input.at("/facets/version/datasetVersion"));
      assertEquals("cleanse.stg_sale", output.at("/facets/symlinks/identifiers/0/name").asText());
      assertEquals(
          "{\"name\":\"amount\",\"type\":\"decimal(18,4)\"}",
          output.at("/facets/schema/fields/2").toString());
      assertEquals(3, output.at("/outputFacets/outputStatistics/rowCount").asLong());
      assertEquals(1, output.at("/outputFacets/outputStatistics/fileCount").asLong());
      JsonNode reason = output.at("/facets/dataQualityMetrics/columnMetrics/removed_reason");
      assertEquals(
          "2 null, 1.0 not", reason.path("nullCount") + " null, " + reason.path("count") + " not");
    }
  }

  @Test
  void what_is_unchanged_is_no_event_and_what_failed_says_why() throws IOException {
    try (WatchedSite site = site().sell(DAY)) {
      site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale");
      site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale");
      site.site().sell(DAY.plusDays(1), "a 1000", "b 2000");
      site.cleanse("--date", DAY.plusDays(1).toString(), "--dataset", "stg_sale");

      List<JsonNode> events = events();
      assertEquals(
          List.of(
              "START cleanse",
              "COMPLETE cleanse",
              "START cleanse",
              "START cleanse.stg_sale",
              "FAIL cleanse.stg_sale",
              "FAIL cleanse"),
          events.subList(4, events.size()).stream()
              .map(e -> e.path("eventType").asText() + " " + e.at("/job/name").asText())
              .toList());
      String why = events.get(8).at("/run/facets/errorMessage/message").asText();
      assertTrue(
          why.startsWith("a check failed") && why.contains("stg_sale/" + DAY.plusDays(1)), why);
    }
  }

  /** The classes are made from the schema: what they do not know, it does not have. */
  @Test
  void every_event_and_facet_is_one_that_openlineage_knows() throws Exception {
    try (WatchedSite site = site().sell(DAY)) {
      site.cleanse("--date", DAY.toString());
      site.cleanse(WatchedSite.failing("away"), "--date", DAY.toString());
    }
    Map<String, String> kinds = new TreeMap<>();
    for (JsonNode event : events()) {
      OpenLineage.RunEvent read = CLIENT.treeToValue(event, OpenLineage.RunEvent.class);
      assertEquals(event.path("schemaURL").asText(), read.getSchemaURL().toString());
      assertEquals(event.path("eventType").asText(), read.getEventType().name());
      assertEquals(event.at("/run/runId").asText(), read.getRun().getRunId().toString());
      facets(event, kinds);
    }

    assertEquals(
        List.of(
            "dataQualityMetrics",
            "dataSource",
            "errorMessage",
            "jobType",
            "nominalTime",
            "outputStatistics",
            "parent",
            "schema",
            "symlinks",
            "tags",
            "version"),
        List.copyOf(kinds.keySet()));
  }

  private static void facets(JsonNode node, Map<String, String> kinds) throws Exception {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().equals("facets") || field.getKey().equals("outputFacets")) {
        for (Map.Entry<String, JsonNode> facet : field.getValue().properties()) {
          kinds.put(facet.getKey(), known(facet.getValue()));
        }
      } else {
        facets(field.getValue(), kinds);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        facets(element, kinds);
      }
    }
  }

  /** Reads a facet as the class that its schema is named for. */
  private static String known(JsonNode facet) throws Exception {
    String schema = facet.path("_schemaURL").asText();
    Class<?> type =
        Class.forName(
            OpenLineage.class.getName() + "$" + schema.substring(schema.lastIndexOf('/') + 1));
    Object read = CLIENT.treeToValue(facet, type);
    Map<?, ?> unknown = (Map<?, ?>) type.getMethod("getAdditionalProperties").invoke(read);
    unknown.remove("_schemaURL"); // the class has its own
    assertEquals(Map.of(), unknown, schema);
    String own = type.getMethod("get_schemaURL").invoke(read).toString();
    // a later fix of a schema does not matter
    assertEquals(own.replaceFirst("-\\d+/", "/"), schema.replaceFirst("-\\d+/", "/"));
    ObjectNode again = CLIENT.valueToTree(read);
    again.put("_schemaURL", schema);
    assertEquals(JSON.writeValueAsString(sorted(facet)), JSON.writeValueAsString(sorted(again)));
    return schema;
  }

  private static JsonNode sorted(JsonNode node) throws IOException {
    return JSON.readTree(SORTED.writeValueAsString(SORTED.treeToValue(node, Object.class)));
  }
}
