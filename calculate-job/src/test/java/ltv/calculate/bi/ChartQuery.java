package ltv.calculate.bi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a chart asks a database for, as Superset would: a column or number that is gone fails. */
public final class ChartQuery {
  private static final List<String> COLUMNS = List.of("x_axis", "groupby", "all_columns");
  private static final List<String> NUMBERS =
      List.of("metric", "metrics", "metrics_b", "timeseries_limit_metric");

  private ChartQuery() {}

  /** One statement for all of it. */
  public static String of(JsonNode params, JsonNode dataset) {
    Map<String, String> metrics = new TreeMap<>();
    dataset
        .path("metrics")
        .forEach(m -> metrics.put(m.path("metric_name").asText(), m.path("expression").asText()));
    List<String> columns = new ArrayList<>();
    dataset.path("columns").forEach(c -> columns.add(c.path("column_name").asText()));
    List<String> by = new ArrayList<>();
    COLUMNS.forEach(list -> each(params.path(list)).forEach(c -> by.add(column(c, columns))));
    List<String> selected = new ArrayList<>(by);
    for (String list : NUMBERS) {
      for (JsonNode number : each(params.path(list))) {
        selected.add(number.isTextual() ? known(number, metrics) : sql(number));
      }
    }
    List<String> where = new ArrayList<>(List.of("true"));
    params
        .path("adhoc_filters")
        .forEach(
            f ->
                where.add(
                    f.has("sqlExpression") ? sql(f) : f.path("subject").asText() + " is not null"));
    String from =
        dataset.path("sql").isTextual()
            ? "(" + dataset.path("sql").asText() + ") as v"
            : dataset.path("table_name").asText();
    String groups =
        by.isEmpty() ? "" : " group by " + by.stream().collect(Collectors.joining(", "));
    return "select %s from %s where (%s)%s"
        .formatted(String.join(", ", selected), from, String.join(") and (", where), groups);
  }

  private static List<JsonNode> each(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else if (!node.isMissingNode()) {
      all.add(node);
    }
    return all;
  }

  private static String column(JsonNode column, List<String> columns) {
    if (!column.isTextual()) {
      return sql(column);
    }
    if (!columns.contains(column.asText())) {
      throw new AssertionError(column + " is no column of the dataset: " + columns);
    }
    return column.asText();
  }

  private static String known(JsonNode name, Map<String, String> metrics) {
    if (!metrics.containsKey(name.asText())) {
      throw new AssertionError(name + " is no metric of the dataset: " + metrics.keySet());
    }
    return metrics.get(name.asText());
  }

  private static String sql(JsonNode node) {
    return node.path("sqlExpression").asText();
  }
}
