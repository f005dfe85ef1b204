package ltv.dataset;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.engine.Session;
import ltv.gate.Usual;
import ltv.lake.Partition;

/** Sums of a built partition that the ledger notes, by {@code group|name}. */
final class Totals {
  private Totals() {}

  /** What a later version of the partition, or a later day, is compared by. */
  static Map<String, String> of(
      Session session, DatasetSchema schema, String table, Partition partition) {
    Map<String, String> totals = new TreeMap<>();
    DatasetSchema.Restated restated = schema.restated();
    if (restated != null) {
      Map<String, String> sums = new LinkedHashMap<>(Map.of(Usual.ROWS, exact("count(*)")));
      restated.sums().forEach(c -> sums.put(c, sum(c)));
      totals.putAll(sums(session, table, restated.by(), sums, partition));
    }
    Usual usual = schema.usual();
    if (usual != null) {
      Map<String, String> sums = new LinkedHashMap<>();
      usual.numbers().forEach(n -> sums.put(n, n.equals(Usual.ROWS) ? exact("count(*)") : sum(n)));
      if (usual.last() != null) {
        sums.put(Usual.REACHES, "max(" + usual.last() + ")");
      }
      totals.putAll(sums(session, table, usual.by(), sums, partition));
    }
    return totals;
  }

  private static String sum(String column) {
    return exact("coalesce(sum(" + column + "), 0)");
  }

  private static String exact(String number) {
    return "cast(" + number + " as decimal(38, 6))";
  }

  private static Map<String, String> sums(
      Session session, String table, String by, Map<String, String> sums, Partition partition) {
    String query =
        "select %1$s, %2$s from %3$s group by %1$s"
            .formatted(by, String.join(", ", sums.values()), table);
    Map<String, String> totals = new TreeMap<>();
    for (List<Object> row : session.rows(query)) {
      int at = 1;
      for (String name : sums.keySet()) {
        Object value = row.get(at++);
        if (value instanceof LocalDateTime reached) {
          LocalDateTime midnight = partition.day().orElseThrow().atStartOfDay();
          value = Duration.between(midnight, reached).toMinutes();
        }
        if (value != null) {
          totals.put(row.get(0) + "|" + name, value.toString());
        }
      }
    }
    return totals;
  }
}
