package ltv.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.Session;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;

/**
 * Holds what a dataset says of where its numbers come from against rows that its query made from
 * the inputs that the session has.
 */
final class TraceProof {
  private static final String ROWS = "trace__rows";

  private final Dataset dataset;
  private final Datasets datasets;
  private final Trace trace;

  TraceProof(Dataset dataset, Datasets datasets) {
    this.dataset = dataset;
    this.datasets = datasets;
    this.trace = dataset.schema().trace();
  }

  /** What does not hold, in words; empty when all does. */
  String of(Session session, String rows) {
    session.keep(ROWS, "select *, row_number() over () as trace__row from " + rows);
    List<String> lies = new ArrayList<>();
    trace.sums().stream()
        .flatMap(s -> s.columns().keySet().stream())
        .distinct()
        .forEach(column -> lies.addAll(sums(session, column)));
    Stream.concat(trace.converted().entrySet().stream(), trace.formulas().entrySet().stream())
        .forEach(e -> lies.addAll(formula(session, e.getKey(), e.getValue())));
    trace
        .madeOf()
        .forEach(
            (column, of) -> Stream.concat(Stream.of(column), of.stream()).forEach(this::column));
    return String.join("\n", lies);
  }

  private Column column(String name) {
    return dataset.schema().columns().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(dataset.name() + " traces " + name + ", which is no column"));
  }

  private List<String> sums(Session session, String column) {
    boolean isRow = column.equals(Trace.ROW);
    boolean isDouble = !isRow && column(column).type().kind() == Kind.DOUBLE;
    String type = isDouble ? "double" : "decimal(38, 6)";
    List<Trace.Sum> sums = trace.sumsOf(column);
    String amounts =
        sums.stream()
            .map(
                s ->
                    "select trace__parent, trace__amount from (%s)"
                        .formatted(s.query(ROWS, column, type, columnsOf(s))))
            .collect(Collectors.joining(" union all "));
    Map<String, String> on = sums.get(0).on();
    String by =
        sums.get(0).shared()
            ? on.values().stream().map(c -> "r." + c).collect(Collectors.joining(", "))
            : "r.trace__row";
    String total = "coalesce(sum(t.amount), 0)";
    if (sums.get(0).shared()) {
      total = "coalesce(max(t.amount), 0)";
    }
    if (trace.atLeast(column) != null) {
      total = "greatest(" + total + ", " + trace.atLeast(column) + ")";
    }
    String value = isRow ? "1" : "coalesce(sum(cast(r.%s as %s)), 0)".formatted(column, type);
    String wrong =
        isRow
            ? "parts = 0"
            : isDouble ? "abs(value - total) > 1e-9 * greatest(abs(value), 1)" : "value <> total";
    String told =
        sums.stream()
            .map(sum -> sum.when() == null ? "true" : "(" + sum.when() + ")")
            .collect(Collectors.joining(" or "));
    String query =
        """
        with t as (select trace__parent, sum(trace__amount) as amount from (%s) group by trace__parent),
        held as (
          select min(r.trace__row) as n, %s as value, %s as total, count(t.amount) as parts
          from (select * from %s where %s) as r left join t on t.trace__parent = r.trace__row group by %s)
        select value, total, n from held where %s"""
            .formatted(amounts, value, total, ROWS, told, by, wrong);
    return session.rows(query).stream()
        .map(
            row ->
                "%s.%s is %s, but its trace gives %s, in %s"
                    .formatted(
                        dataset.name(), column, row.get(0), row.get(1), told(session, row.get(2))))
        .toList();
  }

  private List<String> columnsOf(Trace.Sum sum) {
    return datasets.get(sum.input()).schema().columns().stream().map(Column::name).toList();
  }

  private List<String> formula(Session session, String column, String expression) {
    boolean isDouble = column(column).type().kind() == Kind.DOUBLE;
    String differs =
        isDouble
            ? "coalesce(abs(%1$s - told) > 1e-9 * greatest(abs(%1$s), 1), (%1$s is null) <> (told is null))"
            : "%1$s is distinct from told";
    return session
        .rows(
            "select %1$s, told, trace__row from (select *, %2$s as told from %3$s as row) where %4$s"
                .formatted(column, expression, ROWS, differs.formatted(column)))
        .stream()
        .map(
            row ->
                "%s.%s is %s, but its formula gives %s, in %s"
                    .formatted(
                        dataset.name(), column, row.get(0), row.get(1), told(session, row.get(2))))
        .toList();
  }

  private String told(Session session, Object row) {
    List<String> names = dataset.schema().columns().stream().map(Column::name).toList();
    return String.valueOf(
        session
            .rows(
                "select %s from %s where trace__row = %s"
                    .formatted(String.join(", ", names), ROWS, row))
            .get(0));
  }
}
