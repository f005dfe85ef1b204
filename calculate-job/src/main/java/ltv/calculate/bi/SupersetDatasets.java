package ltv.calculate.bi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import ltv.calculate.catalogue.BiColumn;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Meaning;
import ltv.calculate.catalogue.Metric;
import ltv.calculate.catalogue.Numbers;
import ltv.calculate.catalogue.Words;

/** Where Superset finds the marts, and what it is told of their columns and numbers. */
final class SupersetDatasets {
  private static final String VERSION = "1.0.0";
  private static final String DATABASES = "ltv_marts";
  private static final String DATABASE = "database";
  private static final String DATASET = "dataset";

  private final String site;
  private final Words words;
  private final Place place;
  private final Numbers numbers;

  SupersetDatasets(String site, Words words, Place place, Numbers numbers) {
    this.site = site;
    this.words = words;
    this.place = place;
    this.numbers = numbers;
  }

  /**
   * The same for the same thing at any time, so that importing again replaces it. Languages share
   * the connection and the tables, which are called in the language imported last; each has charts
   * of its own.
   */
  String uuid(String kind, String name) {
    boolean shared = kind.equals(DATABASE) || kind.equals(DATASET);
    String of = String.join("/", "ltv", site, shared ? "" : words.language(), kind, name);
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The name of what reads the newest as-of day of a mart only. */
  static String newest(String table) {
    return table + "_newest";
  }

  /** The connection; Superset asks for the password. */
  ObjectNode database() {
    ObjectNode database = JsonNodeFactory.instance.objectNode();
    database.put("database_name", "LTV " + site);
    database.put("sqlalchemy_uri", place.sqlAlchemy());
    database.put("expose_in_sqllab", true);
    database.put("allow_run_async", false);
    database.put("allow_ctas", false);
    database.put("allow_cvas", false);
    database.put("allow_dml", false);
    database.putObject("extra").put("allows_virtual_table_explore", true);
    return finish(database, DATABASE, DATABASES);
  }

  /**
   * A table with its columns and numbers.
   *
   * @param newest whether of the newest as-of day only
   */
  ObjectNode dataset(BiTable table, boolean newest) {
    String name = newest ? newest(table.name()) : table.name();
    ObjectNode dataset = JsonNodeFactory.instance.objectNode();
    dataset.put("table_name", name);
    dataset.put("schema", place.schema());
    dataset.put("main_dttm_col", table.day().orElse(null));
    dataset.put("description", table.label() + ". " + table.description());
    dataset.put(
        "sql",
        newest
            ? "select * from %1$s where %2$s = (select max(%2$s) from %1$s)"
                .formatted(table.name(), table.asOf())
            : null);
    dataset.put("filter_select_enabled", true);
    ArrayNode columns = dataset.putArray("columns");
    table.columns().forEach(column -> columns.add(column(column)));
    ArrayNode metrics = dataset.putArray("metrics");
    metrics.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("metric_name", "count")
            .put("verbose_name", words.label("rows"))
            .put("expression", "count(*)")
            .put("d3format", ",d"));
    for (int i = 0; i < table.metrics().size(); i++) {
      metrics.add(metric(table, i));
    }
    dataset.put("database_uuid", uuid(DATABASE, DATABASES));
    return finish(dataset, DATASET, name);
  }

  private static ObjectNode column(BiColumn column) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("column_name", column.name());
    node.put("verbose_name", column.label());
    node.put("description", column.description());
    node.put("type", column.type().duckDb().toUpperCase(Locale.ROOT));
    node.put("is_dttm", column.meaning() == Meaning.DAY || column.meaning() == Meaning.TIME);
    node.put("groupby", true);
    node.put("filterable", true);
    node.put("is_active", true);
    return node;
  }

  private ObjectNode metric(BiTable table, int at) {
    Metric metric = table.metrics().get(at);
    Meaning meaning = metric.meaning(table.meanings());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("metric_name", metric.name());
    node.put("verbose_name", table.labels().get(at));
    node.put("expression", metric.expression(UnaryOperator.identity()));
    node.put("d3format", numbers.d3(meaning).orElse(null));
    return node;
  }

  /** What everything that is imported ends with. */
  ObjectNode finish(ObjectNode node, String kind, String name) {
    return node.put("uuid", uuid(kind, name)).put("version", VERSION);
  }
}
