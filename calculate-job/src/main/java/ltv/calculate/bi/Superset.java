package ltv.calculate.bi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Numbers;
import ltv.calculate.catalogue.Words;

/** Everything that Superset imports: the connection, all marts, the charts and their dashboard. */
final class Superset {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();
  private static final String FOLDER = "ltv/";

  private final String site;
  private final Words words;
  private final Map<String, BiTable> tables;
  private final SupersetDatasets datasets;
  private final SupersetCharts charts;

  Superset(String site, Words words, List<BiTable> tables, Place place, Numbers numbers) {
    this.site = site;
    this.words = words;
    this.tables =
        tables.stream()
            .collect(
                Collectors.toMap(
                    BiTable::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    this.datasets = new SupersetDatasets(site, words, place, numbers);
    this.charts = new SupersetCharts(datasets, numbers, words, this.tables);
  }

  /** The dashboard's template. */
  static JsonNode template() {
    try (InputStream in = Superset.class.getResourceAsStream("dashboard.yml")) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Charts whose tables are there. */
  private List<JsonNode> present(JsonNode template) {
    List<JsonNode> present = new ArrayList<>();
    for (JsonNode chart : template.path("charts")) {
      if (tables.containsKey(chart.path("table").asText())) {
        present.add(chart);
      }
    }
    return present;
  }

  /**
   * The files by path.
   *
   * @param type Dashboard for what people import, assets for what a program imports to replace
   *     everything that is there
   */
  Map<String, String> files(String type) {
    JsonNode template = template();
    List<JsonNode> present = present(template);
    Map<String, String> files = new LinkedHashMap<>();
    ObjectNode metadata = YAML.createObjectNode();
    put(files, "metadata", metadata.put("version", "1.0.0").put("type", type));
    put(files, "databases/ltv_marts", datasets.database());
    for (BiTable table : tables.values()) {
      put(files, "datasets/ltv_marts/" + table.name(), datasets.dataset(table, false));
      if (table.asOf() != null) {
        String newest = SupersetDatasets.newest(table.name());
        put(files, "datasets/ltv_marts/" + newest, datasets.dataset(table, true));
      }
    }
    for (JsonNode chart : present) {
      put(files, "charts/" + chart.path("name").asText(), charts.chart(chart));
    }
    put(
        files,
        "dashboards/main",
        new SupersetDashboard(template, present, charts, datasets)
            .dashboard(site, words.language()));
    return files;
  }

  private static void put(Map<String, String> files, String path, ObjectNode content) {
    try {
      files.put(FOLDER + path + ".yaml", YAML.writeValueAsString(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
