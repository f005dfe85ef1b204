package ltv.calculate.bi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where charts stand on the dashboard, and what a reader may choose. */
final class SupersetDashboard {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ROOT = "ROOT_ID";
  private static final String GRID = "GRID_ID";
  private static final int WIDTH = 12;
  private static final int WORDS_HEIGHT = 11;

  private final JsonNode template;
  private final SupersetCharts charts;
  private final SupersetDatasets datasets;

  /** Charts that are there, by name, each with its number on this dashboard. */
  private final Map<String, JsonNode> present = new LinkedHashMap<>();

  private final ObjectNode position = JSON.objectNode();

  SupersetDashboard(
      JsonNode template, List<JsonNode> present, SupersetCharts charts, SupersetDatasets datasets) {
    this.template = template;
    this.charts = charts;
    this.datasets = datasets;
    present.forEach(chart -> this.present.put(name(chart), chart));
  }

  private static String name(JsonNode node) {
    return node.path("name").asText();
  }

  private int number(String chart) {
    return 1 + new ArrayList<>(present.keySet()).indexOf(chart);
  }

  /** The dashboard as a file of the import. */
  ObjectNode dashboard(String site, String language) {
    ObjectNode node = JSON.objectNode();
    node.put("dashboard_title", "%s · %s".formatted(charts.text(template.path("title")), site));
    node.put("description", charts.text(template.path("words")));
    node.put("slug", "ltv-%s-%s".formatted(site, language));
    node.put("css", "");
    node.put("published", true);
    node.set("position", position());
    ObjectNode metadata = node.putObject("metadata");
    metadata.set("native_filter_configuration", filters());
    metadata.put("cross_filters_enabled", true);
    metadata.put("color_scheme", "d3Category20");
    metadata.set("label_colors", template.path("colors"));
    metadata.put("refresh_frequency", 0);
    return datasets.finish(node, "dashboard", "main");
  }

  private ObjectNode position() {
    position.put("DASHBOARD_VERSION_KEY", "v2");
    part("ROOT", ROOT, List.of()).putArray("children").add(GRID);
    ArrayNode grid = part("GRID", GRID, List.of(ROOT)).putArray("children");
    part("HEADER", "HEADER_ID", List.of())
        .putObject("meta")
        .put("text", charts.text(template.path("title")));
    words(grid);
    int at = 0;
    for (JsonNode row : template.path("rows")) {
      row(row, ++at, grid);
    }
    return position;
  }

  private void words(ArrayNode grid) {
    List<String> inRow = row("ROW-words", grid);
    part("MARKDOWN", "MARKDOWN-words", inRow)
        .putObject("meta")
        .put("code", charts.text(template.path("words")))
        .put("width", WIDTH)
        .put("height", WORDS_HEIGHT);
    ((ArrayNode) position.path("ROW-words").path("children")).add("MARKDOWN-words");
  }

  private List<String> row(String id, ArrayNode grid) {
    grid.add(id);
    ObjectNode row = part("ROW", id, List.of(ROOT, GRID));
    row.putArray("children");
    row.putObject("meta").put("background", "BACKGROUND_TRANSPARENT");
    return List.of(ROOT, GRID, id);
  }

  /** A row of charts below its heading; one of which nothing is there is left out. */
  private void row(JsonNode row, int at, ArrayNode grid) {
    List<String> names = new ArrayList<>();
    row.path("charts").forEach(chart -> names.add(chart.asText()));
    names.retainAll(present.keySet());
    if (names.isEmpty()) {
      return;
    }
    if (row.has("head")) {
      String id = "HEADER-" + at;
      grid.add(id);
      part("HEADER", id, List.of(ROOT, GRID))
          .putObject("meta")
          .put("text", charts.text(row.path("head")))
          .put("headerSize", "MEDIUM_HEADER")
          .put("background", "BACKGROUND_TRANSPARENT");
    }
    String id = "ROW-" + at;
    List<String> parents = row(id, grid);
    ArrayNode children = (ArrayNode) position.path(id).path("children");
    for (String name : names) {
      children.add("CHART-" + name);
      JsonNode chart = present.get(name);
      part("CHART", "CHART-" + name, parents)
          .putObject("meta")
          .put("chartId", number(name))
          .put("uuid", datasets.uuid("chart", name))
          .put("sliceName", charts.text(chart.path("title")))
          .put("width", chart.path("size").path(0).asInt())
          .put("height", chart.path("size").path(1).asInt());
    }
  }

  private ObjectNode part(String type, String id, List<String> parents) {
    ObjectNode part = position.putObject(id).put("type", type).put("id", id);
    ArrayNode above = part.putArray("parents");
    parents.forEach(above::add);
    return part;
  }

  /** Filters of what is there, each for its charts alone. */
  private ArrayNode filters() {
    ArrayNode filters = JSON.arrayNode();
    for (JsonNode filter : template.path("filters")) {
      List<String> chosen = new ArrayList<>();
      filter.path("charts").forEach(chart -> chosen.add(chart.asText()));
      chosen.retainAll(present.keySet());
      if (!chosen.isEmpty() && isThere(filter)) {
        filters.add(filter(filter, chosen));
      }
    }
    return filters;
  }

  /** Whether something on the dashboard reads what a filter takes its values from. */
  private boolean isThere(JsonNode filter) {
    return !filter.has("table")
        || present.values().stream().anyMatch(c -> c.path("table").equals(filter.path("table")));
  }

  private ObjectNode filter(JsonNode filter, List<String> chosen) {
    boolean ofTime = filter.path("kind").asText().equals("time");
    ObjectNode node = JSON.objectNode();
    node.put("id", "NATIVE_FILTER-" + name(filter));
    node.put("name", charts.text(filter.path("title")));
    node.put("type", "NATIVE_FILTER");
    node.put("filterType", ofTime ? "filter_time" : "filter_select");
    ObjectNode target = node.putArray("targets").addObject();
    ObjectNode mask = node.putObject("defaultDataMask");
    ObjectNode form = mask.putObject("extraFormData");
    ObjectNode state = mask.putObject("filterState");
    JsonNode preset = filter.path("default");
    if (ofTime) {
      form.put("time_range", preset.asText());
      state.put("value", preset.asText());
    } else {
      String column = filter.path("column").asText();
      target.putObject("column").put("name", column);
      target.put("datasetUuid", datasets.uuid("dataset", SupersetCharts.dataset(filter)));
      if (!preset.isMissingNode()) {
        state.set("value", preset);
        form.putArray("filters").addObject().put("col", column).put("op", "IN").set("val", preset);
      }
      node.putObject("controlValues")
          .put("multiSelect", true)
          .put("enableEmptyFilter", false)
          .put("searchAllOptions", false)
          .put("inverseSelection", false);
    }
    node.putArray("cascadeParentIds");
    ObjectNode scope = node.putObject("scope");
    scope.putArray("rootPath").add(ROOT);
    ArrayNode excluded = scope.putArray("excluded");
    present.keySet().stream()
        .filter(chart -> !chosen.contains(chart))
        .forEach(chart -> excluded.add(number(chart)));
    return node;
  }
}
