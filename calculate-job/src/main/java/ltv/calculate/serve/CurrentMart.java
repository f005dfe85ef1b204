package ltv.calculate.serve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.lake.Column;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;

/**
 * One mart as it is current in the lake.
 *
 * @param dataset its schema
 * @param table its table
 * @param pin the moment that is published
 */
record CurrentMart(Dataset dataset, LakeTable table, Pin pin) {

  String name() {
    return dataset.name();
  }

  List<Column> columns() {
    return dataset.schema().columns();
  }

  String columnNames() {
    return columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The state of each partition, a held one before the version that is still published. */
  List<MartStatus> status() {
    Map<Partition, MartStatus> states = new TreeMap<>();
    pin.published().forEach((p, e) -> states.put(p, MartStatus.published(e)));
    pin.held()
        .forEach(
            (p, e) -> {
              LedgerEntry before = pin.published().get(p);
              states.put(p, MartStatus.notPublished(e, before == null ? 0 : before.rowsOut()));
            });
    return List.copyOf(states.values());
  }

  /** Korean and English in one comment: a BI tool shows only one. */
  static String words(Map<String, String> description) {
    return List.of("ko", "en").stream()
        .map(l -> description.getOrDefault(l, "").strip())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" / "));
  }
}
