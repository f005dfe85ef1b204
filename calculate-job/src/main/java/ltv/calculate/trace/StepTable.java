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
   */
  record Sums(long rows, Object own, Object brings) {}

  /** In one query: a walk asks it of each step. */
  Sums sums() {
    String query =
        "select count(*), coalesce(sum(trace__own), 0), coalesce(sum(trace__part), 0) from ";
    List<Object> all = session.rows(query + table).get(0);
    return new Sums((Long) all.get(0), all.get(1), all.get(2));
  }

  /** The partitions that the rows lie in. */
  SortedSet<Partition> partitions() {
    SortedSet<Partition> partitions = new TreeSet<>();
    if (dataset.partition().isEmpty()) {
      partitions.add(Partition.WHOLE);
      return partitions;
    }
    session
        .rows("select distinct %s from %s".formatted(dataset.partition().get(), table))
        .forEach(
            row ->
                Optional.ofNullable((LocalDate) row.get(0))
                    .ifPresent(day -> partitions.add(Partition.of(day))));
    return partitions;
  }

  /** The first and the last day that a date column has; empty when it has none. */
  Optional<List<LocalDate>> span(String dateColumn) {
    List<Object> span =
        session.rows("select min(%1$s), max(%1$s) from %2$s".formatted(dateColumn, table)).get(0);
    return span.get(0) == null
        ? Optional.empty()
        : Optional.of(List.of((LocalDate) span.get(0), (LocalDate) span.get(1)));
  }
}
