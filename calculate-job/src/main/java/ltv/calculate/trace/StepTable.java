package ltv.calculate.trace;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import ltv.dataset.Trace;
import ltv.engine.DuckDbSession;
import ltv.lake.Partition;

/**
 * Rows of a dataset in the session, numbered by {@code trace__row}, each with what its column has
 * ({@code trace__own}) and what of that is in the number that was asked about ({@code
 * trace__part}).
 *
 * @param column the column, or {@link Trace#ROW}
 */
public record StepTable(DuckDbSession session, Known dataset, String table, String column) {

  boolean isRow() {
    return column.equals(Trace.ROW);
  }

  /** The type of amounts. */
  String type() {
    return !isRow() && dataset.isDouble(column) ? "double" : "decimal(38, 6)";
  }

  /**
   * The rows together.
   *
   * @param own the sum of their column
   * @param brings the sum of what of it is in the number
   * @param partitions those that they lie in
   */
  record Sums(long rows, Object own, Object brings, SortedSet<Partition> partitions) {}

  /** In one query: a walk asks it of each step. */
  Sums sums() {
    String days =
        dataset
            .partition()
            .map("string_agg(distinct cast(%s as varchar), ' ')"::formatted)
            .orElse("'" + Partition.WHOLE + "'");
    String query =
        "select count(*), coalesce(sum(trace__own), 0), coalesce(sum(trace__part), 0), %s from %s"
            .formatted(days, table);
    List<Object> all = session.rows(query).get(0);
    SortedSet<Partition> partitions = new TreeSet<>();
    if (all.get(3) != null) {
      for (String partition : all.get(3).toString().split(" ")) {
        partitions.add(Partition.parse(partition));
      }
    }
    return new Sums((Long) all.get(0), all.get(1), all.get(2), partitions);
  }

  /**
   * The first and the last day that a date column has; empty when it has none.
   *
   * @param all the rows together, which know their partitions
   */
  Optional<List<LocalDate>> span(String dateColumn, Sums all) {
    if (dataset.partition().equals(Optional.of(dateColumn)) && !all.partitions().isEmpty()) {
      SortedSet<Partition> days = all.partitions();
      return days.first().day().map(first -> List.of(first, days.last().day().orElseThrow()));
    }
    List<Object> span =
        session.rows("select min(%1$s), max(%1$s) from %2$s".formatted(dateColumn, table)).get(0);
    return span.get(0) == null
        ? Optional.empty()
        : Optional.of(List.of((LocalDate) span.get(0), (LocalDate) span.get(1)));
  }
}
