package ltv.calculate.trace;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import ltv.dataset.DatasetWords;
import ltv.dataset.Trace;
import ltv.engine.DuckDbSession;

/** Finds the rows of inputs that rows are sums of, and what each of them brings to the number. */
final class StepSums {
  private final KnownTables tables;
  private final DuckDbSession session;

  StepSums(KnownTables tables, DuckDbSession session) {
    this.tables = tables;
    this.session = session;
  }

  /**
   * Rows of an input.
   *
   * @param how what they have to do with the rows above
   */
  record Part(StepTable rows, String how) {}

  /**
   * What rows are made of.
   *
   * @param difference by how much it does not give the rows' own sum; null where it does
   * @param nothing what to say when there is no part
   */
  record Below(List<Part> parts, List<Step.Removed> removed, Object difference, String nothing) {}

  /** The rows of one input as found, before it is known what of them is in the number. */
  private record Found(Trace.Sum sum, Known input, String table) {}

  Below below(StepTable rows, StepTable.Sums all, List<Trace.Sum> sums, Supplier<String> names) {
    boolean shared = sums.get(0).shared();
    String parents = shared ? names.get() : rows.table();
    if (shared) {
      session.keep(parents, sharers(rows, sums.get(0)));
    }
    List<Found> found = new ArrayList<>();
    List<Step.Removed> removed = new ArrayList<>();
    List<String> unwritten = new ArrayList<>();
    List<Trace.Sum> telling =
        sums.stream()
            .filter(s -> s.when() == null || !session.rows(s.of(parents) + " limit 1").isEmpty())
            .toList();
    if (telling.isEmpty()) {
      return new Below(List.of(), removed, null, Ends.untold(rows.dataset(), rows.column()));
    }
    for (Trace.Sum sum : telling) {
      Optional<Known> input = tables.find(sum.input());
      if (input.isEmpty()) {
        unwritten.add(sum.input());
        continue;
      }
      see(rows, all, sum, input.get());
      String table = names.get();
      String query = sum.query(parents, rows.column(), rows.type(), input.get().names());
      session.keep(
          table,
          "select *, row_number() over (order by %s) as trace__id from (%s)"
              .formatted(order(input.get()), query));
      found.add(new Found(sum, input.get(), table));
      removed.addAll(new RemovedRows(session, parents).of(sum, input.get(), rows.column()));
    }
    String shares = names.get();
    if (found.isEmpty()) {
      return new Below(List.of(), removed, null, nothing(sums, unwritten));
    }
    BigDecimal atLeast = rows.dataset().words().orElseThrow().trace().atLeast(rows.column());
    session.keep(shares, shares(rows, parents, found, atLeast));
    List<Part> parts = new ArrayList<>();
    for (List<Object> k : session.rows("select distinct k from " + shares + " order by k")) {
      Found one = found.get(((Long) k.get(0)).intValue());
      String of =
          "%s as r join %s as s on s.k = %s and s.trace__id = r.trace__id"
              .formatted(one.table, shares, k.get(0));
      StepTable part = part(one, follow(one, rows.column(), of), of, names.get());
      parts.add(new Part(part, how(one.sum, rows.column())));
    }
    return new Below(
        parts,
        removed,
        difference(
            rows, all, parents, shares, shared ? null : bounded("coalesce(t.total, 0)", atLeast)),
        nothing(sums, unwritten));
  }

  /** Rows that share a sum, as one row each. */
  private static String sharers(StepTable rows, Trace.Sum sum) {
    String by = String.join(", ", sum.on().values());
    return "select %1$s, min(trace__row) as trace__row, sum(trace__own) as trace__own, sum(trace__part) as trace__part from %2$s group by %1$s"
        .formatted(by, rows.table());
  }

  /** Lets the session read the input, and what conditions name besides, as far as is needed. */
  private void see(StepTable rows, StepTable.Sums all, Trace.Sum sum, Known input) {
    String conditions = sum.condition() + " " + sum.columns() + " " + sum.removedCondition();
    Map<String, DatasetWords.Reach> inputs = rows.dataset().words().orElseThrow().inputs();
    for (String name : inputs.keySet()) {
      if (!name.equals(input.name()) && conditions.matches("(?s).*\\b" + name + "\\b.*")) {
        tables
            .find(name)
            .ifPresent(other -> see(rows, all, other, inputs.get(name), Optional.empty()));
      }
    }
    String partition = input.partition().orElse("");
    see(rows, all, input, inputs.get(input.name()), Optional.ofNullable(sum.on().get(partition)));
  }

  private void see(
      StepTable rows,
      StepTable.Sums all,
      Known input,
      DatasetWords.Reach reach,
      Optional<String> day) {
    Optional<List<LocalDate>> span = Optional.empty();
    boolean exact = day.isPresent();
    if (input.partition().isPresent()) {
      span = day.or(() -> rows.dataset().partition()).flatMap(d -> rows.span(d, all));
    }
    LocalDate from = null;
    LocalDate to = null;
    if (span.isPresent() && exact) {
      from = span.get().get(0);
      to = span.get().get(1);
    } else if (span.isPresent()) {
      from = reach.lookback() == null ? null : span.get().get(0).minusDays(reach.lookback());
      to = span.get().get(1).plusDays(reach.lookahead());
    }
    tables.see(input, from, to);
  }

  private static String order(Known input) {
    return String.join(", ", input.identity());
  }

  /** What each row brings: what it has; in proportion where the number above is another one. */
  private static String shares(
      StepTable rows, String parents, List<Found> found, BigDecimal atLeast) {
    Trace.Sum first = found.get(0).sum;
    List<String> all = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      all.add(
          "select %d as k, trace__id, trace__parent, trace__amount from %s"
              .formatted(i, found.get(i).table));
    }
    String bounded = bounded("t.total", atLeast);
    // rows are not money: of several that tell the same one counts
    String target =
        first.shared() || rows.isRow()
            ? "p.trace__part"
            : """
              case when %1$s = p.trace__own then p.trace__part
                when p.trace__own = p.trace__part or p.trace__own = 0 then %1$s
                else cast(round(cast(p.trace__part as double) * cast(%1$s as double) / cast(p.trace__own as double), 6) as %2$s) end"""
                .formatted(bounded, rows.type());
    String share =
        rows.isRow()
            ? "0"
            : """
              case when total = target then trace__amount when total = 0 then 0
                else round(cast(trace__amount as double) * cast(target as double) / cast(total as double), 6) end""";
    String order = rows.isRow() ? "k, trace__id" : "abs(trace__amount) desc, k, trace__id";
    return """
    with u as (%1$s),
    t as (select trace__parent, sum(trace__amount) as total from u group by trace__parent),
    c as (
      select u.*, t.total, %2$s as target
      from u join t on t.trace__parent = u.trace__parent join %3$s as p on p.trace__row = u.trace__parent),
    s as (
      select *, cast(%4$s as %5$s) as share,
        row_number() over (partition by trace__parent order by %6$s) as nth
      from c)
    select k, trace__id, trace__parent, total, share
      + case when nth = 1 and (%7$s or total <> 0) then target - sum(share) over (partition by trace__parent) else 0 end as part
    from s"""
        .formatted(
            String.join(" union all ", all),
            target,
            parents,
            share,
            rows.type(),
            order,
            rows.isRow());
  }

  private static String bounded(String total, BigDecimal atLeast) {
    return atLeast == null ? total : "greatest(%s, %s)".formatted(total, atLeast);
  }

  private StepTable part(Found found, String follow, String of, String table) {
    boolean isRow = follow.equals(Trace.ROW);
    session.keep(
        table,
        """
        select %s, row_number() over (order by abs(s.part) desc, r.trace__id) as trace__row, r.trace__parent,
          s.part as trace__part, cast(%s as %s) as trace__own
        from %s"""
            .formatted(
                found.input.names().stream().map(c -> "r." + c).collect(Collectors.joining(", ")),
                isRow ? "1" : "coalesce(r." + follow + ", 0)",
                !isRow && found.input.isDouble(follow) ? "double" : "decimal(38, 6)",
                of));
    return new StepTable(session, found.input, table, follow);
  }

  /** The first column that has something wherever the row brings something. */
  private String follow(Found found, String column, String of) {
    List<String> columns = Follow.columns(found.sum.columns().get(column), found.input);
    List<String> numbers = columns.subList(0, columns.size() - 1); // the last is the row itself
    if (numbers.isEmpty()) {
      return Trace.ROW;
    }
    String empty =
        numbers.stream()
            .map(c -> "count(*) filter (where s.part <> 0 and coalesce(r.%s, 0) = 0)".formatted(c))
            .collect(Collectors.joining(", "));
    List<Object> rows = session.rows("select %s from %s".formatted(empty, of)).get(0);
    return columns.get(rows.contains(0L) ? rows.indexOf(0L) : numbers.size());
  }

  /** Of shares nothing can be said: others may bear the rest. */
  private Object difference(
      StepTable rows, StepTable.Sums all, String parents, String shares, String total) {
    String differs =
        rows.isRow()
            ? "case when t.trace__parent is null then 1 else 0 end"
            : total == null
                ? "case when t.trace__parent is null then p.trace__own else 0 end"
                : "p.trace__own - " + total;
    Object difference =
        session
            .rows(
                """
                select coalesce(sum(%s), 0) from %s as p
                left join (select trace__parent, max(total) as total from %s group by trace__parent) as t
                  on t.trace__parent = p.trace__row"""
                    .formatted(differs, parents, shares))
            .get(0)
            .get(0);
    boolean none =
        difference instanceof BigDecimal exact
            ? exact.signum() == 0
            : Math.abs(((Number) difference).doubleValue())
                < 1e-9 * Math.max(1, Math.abs(((Number) all.own()).doubleValue()));
    return none ? null : difference;
  }

  private static String how(Trace.Sum sum, String column) {
    String expression = sum.columns().get(column);
    String what =
        sum.distinct() != null
            ? "one for each " + sum.distinct()
            : column.equals(Trace.ROW) || expression.equals("1")
                ? "one for each row"
                : sum.shared() ? "a share of the sum of " + expression : "the sum of " + expression;
    return what + (sum.where() == null ? "" : ", where " + sum.where().strip());
  }

  private static String nothing(List<Trace.Sum> sums, List<String> unwritten) {
    String inputs =
        sums.stream().map(Trace.Sum::input).distinct().collect(Collectors.joining(", "));
    return unwritten.isEmpty()
        ? "no row of " + inputs + " belongs here."
        : "no row belongs here; the lake has no " + String.join(", ", unwritten) + ".";
  }
}
