package ltv.calculate.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;
import ltv.lake.Column;
import ltv.lake.ColumnType;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What readers find where marts are served, in one language: marts as {@code schema.yml} has them,
 * their views as an engine describes them, and the state of it all.
 */
public final class Catalogue {
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final String STATUS = "mart_status";

  private final DuckDbSession session;
  private final Words words;

  /**
   * A catalogue.
   *
   * @param session describes views; it gets an empty table for each mart
   */
  public Catalogue(DuckDbSession session, Words words) {
    this.session = session;
    this.words = words;
  }

  /** The tables of these marts, each before its views, and the marts' state. */
  public List<BiTable> tables(List<Dataset> marts) {
    List<BiTable> tables = new ArrayList<>();
    for (Dataset mart : marts) {
      BiTable table = table(mart);
      tables.add(table);
      session.table(mart.name(), mart.schema().columns(), List.of());
      mart.views().forEach((name, query) -> tables.add(view(name, query, mart, table)));
    }
    tables.add(status());
    return tables;
  }

  private BiTable table(Dataset mart) {
    String asOf = mart.schema().asOf() ? mart.schema().partition() : null;
    return table(
        mart.name(),
        words.text(mart.schema().description()),
        mart.schema().key(),
        asOf,
        mart.schema().columns(),
        metrics(mart));
  }

  private static List<Metric> metrics(Dataset mart) {
    JsonNode declared = mart.schema().publish().path("metrics");
    if (declared.isMissingNode()) {
      return List.of();
    }
    Set<String> columns =
        mart.schema().columns().stream().map(Column::name).collect(Collectors.toSet());
    try {
      List<Metric> metrics = YAML.convertValue(declared, new TypeReference<List<Metric>>() {});
      metrics.forEach(metric -> check(mart, metric, columns));
      return metrics;
    } catch (IllegalArgumentException e) {
      throw refused(mart, e.getMessage());
    }
  }

  private static void check(Dataset mart, Metric metric, Set<String> columns) {
    for (String column : metric.columns()) {
      if (!columns.contains(column)) {
        throw refused(mart, metric.name() + " reads " + column + ", which is no column of it");
      }
    }
    if (columns.contains(metric.name())) {
      throw refused(mart, metric.name() + " is a column of it, too; give it another name");
    }
  }

  private static JobException refused(Dataset mart, String why) {
    return new JobException(
        ExitCode.CONFIGURATION,
        "%s/schema.yml: publish.metrics: %s. A metric is {sum: COLUMN} or {name, sum, over}"
            .formatted(mart.name(), why));
  }

  private BiTable table(
      String name,
      String description,
      List<String> key,
      String asOf,
      List<Column> columns,
      List<Metric> metrics) {
    Map<String, String> labels =
        columns.stream()
            .collect(
                Collectors.toMap(Column::name, c -> words.label(name, c.name(), c.description())));
    return new BiTable(
        name,
        words.label(name),
        description,
        key,
        asOf,
        columns.stream()
            .map(
                c ->
                    new BiColumn(
                        c.name(),
                        c.type(),
                        Meaning.of(c),
                        labels.get(c.name()),
                        words.text(c.description())))
            .toList(),
        metrics,
        metrics.stream().map(metric -> label(name, metric, labels)).toList());
  }

  /** A plain sum is called as what it sums. */
  private String label(String table, Metric metric, Map<String, String> columns) {
    if (!metric.label().isEmpty()) {
      return words.text(metric.label());
    }
    return metric.name().equals("total_" + metric.sum().get(0))
        ? columns.get(metric.sum().get(0))
        : words.label(table, metric.name(), Map.of());
  }

  /**
   * Its columns mean what the mart's of the same name mean, and it has those numbers that it can.
   */
  private BiTable view(String name, String query, Dataset mart, BiTable table) {
    Map<String, Column> known = new HashMap<>();
    mart.schema().columns().forEach(column -> known.put(column.name(), column));
    List<Column> columns =
        session.bind(name, query).stream().map(column -> column(column, known)).toList();
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    return table(
        name,
        words.text(mart.schema().description()),
        mart.schema().key().stream().filter(names::contains).toList(),
        table.asOf(),
        columns,
        table.metrics().stream().filter(m -> names.containsAll(m.columns())).toList());
  }

  private static Column column(ResultColumn found, Map<String, Column> known) {
    Column like = known.get(found.name());
    return new Column(
        found.name(),
        ColumnType.parse(found.type()),
        like == null ? "" : like.unit(),
        false,
        like == null ? Map.of() : like.description());
  }

  /** The publisher's own table, which has no dataset. */
  private BiTable status() {
    try (InputStream in = Catalogue.class.getResourceAsStream(STATUS + ".yml")) {
      JsonNode schema = YAML.readTree(in);
      return table(
          STATUS,
          words.text(
              YAML.convertValue(
                  schema.path("description"), new TypeReference<Map<String, String>>() {})),
          YAML.convertValue(schema.path("key"), new TypeReference<List<String>>() {}),
          null,
          YAML.convertValue(schema.path("columns"), new TypeReference<List<Column>>() {}),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
