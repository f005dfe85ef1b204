package ltv.gate;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of one day, as the ledger notes them under {@code group|name}.
 *
 * @param byGroup by group, then by name
 */
record DayNumbers(SortedMap<String, Map<String, BigDecimal>> byGroup) {
  static DayNumbers of(Map<String, String> totals) {
    SortedMap<String, Map<String, BigDecimal>> byGroup = new TreeMap<>();
    totals.forEach(
        (key, value) -> {
          int bar = key.lastIndexOf('|');
          byGroup
              .computeIfAbsent(key.substring(0, bar), g -> new TreeMap<>())
              .put(key.substring(bar + 1), new BigDecimal(value));
        });
    return new DayNumbers(byGroup);
  }

  Set<String> groups() {
    return byGroup.keySet();
  }

  /** A number of a group; 0 where the day has nothing of it. */
  double of(String group, String name) {
    return Math.abs(exact(group, name).doubleValue());
  }

  BigDecimal exact(String group, String name) {
    return byGroup.getOrDefault(group, Map.of()).getOrDefault(name, BigDecimal.ZERO);
  }

  /** The number of all groups together. */
  double ofAll(String name) {
    return groups().stream().mapToDouble(group -> of(group, name)).sum();
  }
}
