package ltv.calculate.bi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Meaning;
import ltv.calculate.catalogue.Numbers;
import ltv.calculate.catalogue.Words;

/** Charts of {@code dashboard.yml} as Superset reads them, in one language. */
final class SupersetCharts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> LANGUAGES = Set.of("en", "ko");
  private static final String SQL = "sql";
  private static final String LABEL = "label";

  private final SupersetDatasets datasets;
  private final Numbers numbers;
  private final Words words;
  private final Map<String, BiTable> tables;

  SupersetCharts(
      SupersetDatasets datasets, Numbers numbers, Words words, Map<String, BiTable> tables) {
    this.datasets = datasets;
    this.numbers = numbers;
    this.words = words;
    this.tables = tables;
  }

  /** The dataset that a chart reads. */
  static String dataset(JsonNode chart) {
    String table = chart.path("table").asText();
    return isNewest(chart) ? SupersetDatasets.newest(table) : table;
  }

  /** Whether it reads the newest as-of day only. */
  static boolean isNewest(JsonNode chart) {
    return chart.path("newest").asBoolean();
  }

  /** A chart as a file of the import. */
  ObjectNode chart(JsonNode chart) {
    String name = chart.path("name").asText();
    ObjectNode params = (ObjectNode) resolved(chart.path("params"));
    params.put("viz_type", chart.path("viz").asText());
    filters(chart, params);
    if (chart.path("viz").asText().equals("table")) {
      params.set("column_config", columnConfig(chart));
    }
    ObjectNode node = JSON.objectNode();
    node.put("slice_name", text(chart.path("title")));
    node.put("description", text(chart.path("note")));
    node.put("viz_type", chart.path("viz").asText());
    node.set("params", params);
    node.put("dataset_uuid", datasets.uuid("dataset", dataset(chart)));
    return datasets.finish(node, "chart", name);
  }

  /** What a chart shows of its table, and the days that the dashboard chooses. */
  private static void filters(JsonNode chart, ObjectNode params) {
    ArrayNode filters = params.withArray("/adhoc_filters");
    chart
        .path("where")
        .forEach(
            condition ->
                filters.add(
                    JSON.objectNode()
                        .put("clause", "WHERE")
                        .put("expressionType", "SQL")
                        .put("sqlExpression", condition.asText())));
    if (chart.has("day")) {
      ObjectNode days =
          JSON.objectNode()
              .put("clause", "WHERE")
              .put("expressionType", "SIMPLE")
              .put("operator", "TEMPORAL_RANGE")
              .put("subject", chart.path("day").asText())
              .put("comparator", "No filter");
      filters.add(days);
      if (params.has("metrics_b")) {
        params.withArray("/adhoc_filters_b").add(days.deepCopy());
      }
    }
  }

  /** Texts of this language, numbers by SQL as Superset spells them, everything else as it is. */
  private JsonNode resolved(JsonNode node) {
    if (node.isArray()) {
      ArrayNode all = JSON.arrayNode();
      node.forEach(each -> all.add(resolved(each)));
      return all;
    }
    if (!node.isObject()) {
      return node;
    }
    if (isText(node)) {
      return JSON.textNode(text(node));
    }
    if (node.has(SQL)) {
      return JSON.objectNode()
          .put("expressionType", "SQL")
          .put("sqlExpression", resolved(node.path(SQL)).asText())
          .put(LABEL, text(node.path(LABEL)))
          .put("hasCustomLabel", true);
    }
    ObjectNode all = JSON.objectNode();
    node.properties().forEach(field -> all.set(field.getKey(), resolved(field.getValue())));
    return all;
  }

  private static boolean isText(JsonNode node) {
    return node.size() == LANGUAGES.size() && LANGUAGES.stream().allMatch(node::has);
  }

  /** A text of the template in this language. */
  String text(JsonNode byLanguage) {
    return byLanguage
        .path(words.language())
        .asText("")
        .strip()
        .replace("{currency}", numbers.code());
  }

  /** How each number of a table looks, by what it means. */
  private ObjectNode columnConfig(JsonNode chart) {
    BiTable table = tables.get(chart.path("table").asText());
    Map<String, Meaning> meanings = new LinkedHashMap<>(table.meanings());
    table.metrics().forEach(m -> meanings.put(m.name(), m.meaning(table.meanings())));
    ObjectNode config = JSON.objectNode();
    for (String list : new String[] {"all_columns", "metrics"}) {
      for (JsonNode shown : chart.path("params").path(list)) {
        String name = shown.isTextual() ? shown.asText() : text(shown.path(LABEL));
        Meaning meaning =
            shown.isTextual() ? meanings.get(name) : shown.has("format") ? Meaning.COUNT : null;
        Optional.ofNullable(meaning)
            .flatMap(numbers::d3)
            .ifPresent(format -> config.putObject(name).put("d3NumberFormat", format));
      }
    }
    return config;
  }
}
