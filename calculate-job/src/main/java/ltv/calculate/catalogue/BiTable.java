package ltv.calculate.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mart or a view as a reader sees it.
 *
 * @param name in the schema
 * @param label in the reader's language
 * @param description in the reader's language
 * @param key columns that identify a row, after the day
 * @param asOf the column of the day as of which everything is told; null where days add up
 * @param columns in their order
 * @param metrics numbers to build charts with
 * @param labels of the metrics, in their order
 */
public record BiTable(
    String name,
    String label,
    String description,
    List<String> key,
    String asOf,
    List<BiColumn> columns,
    List<Metric> metrics,
    List<String> labels) {
  public BiTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    metrics = List.copyOf(metrics);
    labels = List.copyOf(labels);
  }

  /** The day by which a tool filters first. */
  public Optional<String> day() {
    return columns.stream().filter(c -> c.meaning() == Meaning.DAY).map(BiColumn::name).findFirst();
  }

  public Map<String, Meaning> meanings() {
    return columns.stream().collect(Collectors.toMap(BiColumn::name, BiColumn::meaning));
  }
}
