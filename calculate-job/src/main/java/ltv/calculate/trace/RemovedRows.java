package ltv.calculate.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.calculate.trace.Step.Removed;
import ltv.calculate.trace.Step.RemovedRow;
import ltv.dataset.Trace;
import ltv.engine.DuckDbSession;

/** Rows of an input that a rule took out, and that have to do with rows. */
final class RemovedRows {
  private static final int SHOWN = 5;

  private final DuckDbSession session;
  private final String parents;

  /**
   * Over rows in the session.
   *
   * @param parents their table
   */
  RemovedRows(DuckDbSession session, String parents) {
    this.session = session;
    this.parents = parents;
  }

  /** By reason; none where the input keeps no such rows. */
  List<Removed> of(Trace.Sum sum, Known input, String column) {
    if (!input.keepsRemoved()) {
      return List.of();
    }
    String rawRef = input.namesLines() ? input.line() : "cast(null as varchar)";
    String observed = input.has("observed_value") ? "observed_value" : "cast(null as varchar)";
    String key =
        input.identity().stream()
            .filter(c -> !c.equals("raw_ref"))
            .map(c -> "'%1$s=' || cast(%1$s as varchar)".formatted(c))
            .collect(Collectors.joining(", ", "concat_ws(' ', ", ")"));
    String query =
        """
        select distinct part.* from (%s) as row, lateral (
          select removed_reason, %s as observed, %s as ref, %s as key, cast(%s as decimal(38, 6)) as amount
          from %s where removed_reason is not null and %s) as part
        order by all"""
            .formatted(
                sum.of(parents),
                observed,
                rawRef,
                key,
                sum.columns().get(column),
                sum.input(),
                sum.removedCondition());
    Map<String, List<List<Object>>> byReason = new TreeMap<>();
    session
        .rows(query)
        .forEach(r -> byReason.computeIfAbsent((String) r.get(0), n -> new ArrayList<>()).add(r));
    List<Removed> removed = new ArrayList<>();
    byReason.forEach((reason, rows) -> removed.add(removed(reason, rows)));
    return removed;
  }

  private static Removed removed(String reason, List<List<Object>> rows) {
    java.math.BigDecimal amount =
        rows.stream()
            .map(
                r -> r.get(4) == null ? java.math.BigDecimal.ZERO : (java.math.BigDecimal) r.get(4))
            .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add);
    return new Removed(
        reason,
        rows.size(),
        amount,
        rows.stream()
            .limit(SHOWN)
            .map(r -> new RemovedRow((String) r.get(3), text(r.get(1)), text(r.get(2))))
            .toList());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
