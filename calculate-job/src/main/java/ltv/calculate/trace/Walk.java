package ltv.calculate.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ltv.calculate.trace.Step.Lines;
import ltv.dataset.DatasetWords;
import ltv.dataset.Trace;
import ltv.engine.DuckDbSession;

/** Walks from rows to the rows that they were made of, and ends at landing lines. */
public final class Walk {
  private final DuckDbSession session;
  private final LandingLines landing;
  private final StepSums sums;
  private final Set<String> told = new HashSet<>();
  private int tablesMade;

  /** Over tables, in a session that reads them. */
  public Walk(KnownTables tables, DuckDbSession session, LandingLines landing) {
    this.session = session;
    this.landing = landing;
    this.sums = new StepSums(tables, session);
  }

  /** A name for the next table of rows. */
  public String nextTable() {
    return "trace__" + ++tablesMade;
  }

  /** The step of these rows, with everything below it. */
  public Step from(StepTable rows, String how) {
    Known dataset = rows.dataset();
    Trace trace = dataset.words().map(DatasetWords::trace).orElseGet(Trace::nothing);
    String column = rows.column();
    StepTable.Sums all = rows.sums();
    List<Step> below = new ArrayList<>();
    List<Step.Removed> removed = new ArrayList<>();
    Lines lines = Lines.NONE;
    String end = "";
    Object difference = null;
    if (trace.converted().containsKey(column)) {
      below.add(converted(rows, trace.converted().get(column)));
    } else if (!trace.sumsOf(column).isEmpty()) {
      StepSums.Below found = sums.below(rows, all, trace.sumsOf(column), this::nextTable);
      difference = found.difference();
      removed.addAll(found.removed());
      found.parts().forEach(part -> below.add(from(part.rows(), part.how())));
      if (below.isEmpty()) {
        end = found.nothing();
      }
    } else if (trace.formulas().containsKey(column)) {
      String formula = trace.formulas().get(column);
      below.addAll(
          aside(rows, Follow.numbers(formula, dataset), " in " + column + " = " + formula));
    } else if (trace.madeOf().containsKey(column)) {
      below.addAll(aside(rows, trace.madeOf().get(column), ", by no sum"));
      end = Ends.computed(dataset, column);
    } else if (dataset.namesLines()) {
      lines = landing.of(rows, all);
    } else {
      end = Ends.untold(dataset, column);
    }
    return new Step(
        dataset.name(),
        dataset.job(),
        column,
        dataset.meaning(column),
        dataset.unit(column),
        how,
        all.rows(),
        all.own(),
        all.brings(),
        difference,
        Facts.of(dataset, all.partitions()),
        removed,
        lines,
        end,
        below);
  }

  /** The same rows with another column, by which this one scales. */
  private Step converted(StepTable rows, String expression) {
    Known dataset = rows.dataset();
    String other = Follow.numbers(expression, dataset).get(0);
    String table = nextTable();
    session.keep(
        table,
        "select * replace (cast(coalesce(%s, 0) as decimal(38, 6)) as trace__own) from %s"
            .formatted(other, rows.table()));
    return from(new StepTable(session, dataset, table, other), "converted: each is " + expression);
  }

  /** Other columns of the same rows, each a number by itself. */
  private List<Step> aside(StepTable rows, List<String> columns, String how) {
    Known dataset = rows.dataset();
    List<Step> steps = new ArrayList<>();
    for (String column : columns) {
      if (!dataset.isNumber(column) || !told.add(dataset.name() + "." + column)) {
        continue;
      }
      String table = nextTable();
      String value =
          "cast(coalesce(%s, 0) as %s)"
              .formatted(column, dataset.isDouble(column) ? "double" : "decimal(38, 6)");
      session.keep(
          table,
          "select * replace (%1$s as trace__own, %1$s as trace__part) from %2$s"
              .formatted(value, rows.table()));
      steps.add(
          from(new StepTable(session, dataset, table, column), Step.ASIDE + " " + column + how));
    }
    return steps;
  }
}
