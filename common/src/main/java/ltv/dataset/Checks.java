package ltv.dataset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The checks of a dataset over a built table, beside the inputs that the query saw: asked first,
 * told when the numbers are there.
 */
final class Checks {
  private final Numbers numbers;
  private final Dataset dataset;
  private final String table;
  private final Datasets datasets;

  Checks(Numbers numbers, Dataset dataset, String table, Datasets datasets) {
    this.numbers = numbers;
    this.dataset = dataset;
    this.table = table;
    this.datasets = datasets;
  }

  /** One rule, and what breaks it once the numbers are answered: empty when nothing does. */
  private record Verdict(Check check, Supplier<Optional<String>> broken) {}

  /** Asks for every rule's numbers; what is returned tells of the rules in the schema's order. */
  Supplier<CheckReport> ask(Partition partition, Pin history) {
    List<Verdict> verdicts =
        dataset.schema().checks().stream()
            .map(check -> new Verdict(check, broken(check, partition, history)))
            .toList();
    return () -> report(verdicts);
  }

  private static CheckReport report(List<Verdict> verdicts) {
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      verdict
          .broken
          .get()
          .map(message -> verdict.check.rule() + ": " + message + verdict.check.advice())
          .ifPresent(verdict.check.blocking() ? failures::add : warnings::add);
    }
    return new CheckReport(failures, List.of(), warnings);
  }

  private Supplier<Optional<String>> broken(Check check, Partition partition, Pin history) {
    return switch (check.rule()) {
      case "unique" -> unique(check.columns());
      case "not_null" -> notNull(check.columns());
      case "range" -> range(check);
      case "accepted_values" -> acceptedValues(check);
      case "same_total" -> sameTotal(check);
      case "same_count" -> same(check, "number of rows", "count(*)", "count(*)");
      case "share" -> share(check);
      case "relationship" -> relationship(check);
      case "row_count_near" -> rowCountNear(check, partition, history);
      default ->
          throw new JobException(
              ExitCode.CONFIGURATION,
              dataset.name()
                  + "/schema.yml names the check "
                  + check.rule()
                  + ", which is not known");
    };
  }

  private Supplier<Optional<String>> unique(List<String> columns) {
    String names = String.join(", ", columns);
    return none(
        "(select %s from %s group by %s having count(*) > 1) as doubled"
            .formatted(names, table, names),
        "true",
        "keys (" + names + ") occur more than once; none may");
  }

  private Supplier<Optional<String>> notNull(List<String> columns) {
    return none(
        table,
        columns.stream().map(c -> c + " is null").collect(Collectors.joining(" or ")),
        "rows have no " + String.join(" or ", columns) + "; every row must");
  }

  private Supplier<Optional<String>> range(Check check) {
    List<String> outside = new ArrayList<>();
    if (check.min() != null) {
      outside.add(check.column() + " < " + check.min().toPlainString());
    }
    if (check.max() != null) {
      outside.add(check.column() + " > " + check.max().toPlainString());
    }
    String where = String.join(" or ", outside);
    return none(table, where, "rows have " + where + "; none may");
  }

  private Supplier<Optional<String>> share(Check check) {
    Supplier<Long> some = numbers.count(table, check.where());
    Supplier<Long> all = numbers.count(table, "true");
    Supplier<Object> example = example(check.where());
    return () -> {
      BigDecimal allowed = check.max().multiply(BigDecimal.valueOf(all.get()));
      return BigDecimal.valueOf(some.get()).compareTo(allowed) <= 0
          ? Optional.empty()
          : Optional.of(
              "%d of %d rows have %s%s; at most a share of %s may"
                  .formatted(
                      some.get(),
                      all.get(),
                      check.where(),
                      Optional.ofNullable(example.get()).map(e -> ", such as " + e).orElse(""),
                      check.max().toPlainString()));
    };
  }

  /** What one of these rows cannot be read for, where the dataset tells it of each row. */
  private Supplier<Object> example(String where) {
    boolean told =
        dataset.schema().columns().stream().map(Column::name).anyMatch("bad_value"::equals);
    return told
        ? numbers.ask(table, "min(bad_field || '=' || bad_value) filter (where " + where + ")")
        : () -> null;
  }

  private Supplier<Optional<String>> acceptedValues(Check check) {
    String accepted =
        check.values().stream()
            .map(v -> "'" + v.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    return none(
        table,
        "%s not in (%s)".formatted(check.column(), accepted),
        "rows have a " + check.column() + " that is none of " + check.values());
  }

  private Supplier<Optional<String>> relationship(Check check) {
    return none(
        "%s as t left join (select distinct %s as k from %s) as i on i.k = t.%s"
            .formatted(table, check.inputColumn(), check.input(), check.column()),
        "i.k is null and t.%s is not null".formatted(check.column()),
        "rows have a " + check.column() + " that " + check.input() + " does not know");
  }

  private Supplier<Optional<String>> none(String from, String where, String complaint) {
    Supplier<Long> rows = numbers.count(from, where);
    return () -> rows.get() == 0 ? Optional.empty() : Optional.of(rows.get() + " " + complaint);
  }

  private Supplier<Optional<String>> sameTotal(Check check) {
    return same(
        check,
        "sum of " + check.column(),
        "sum(%s)".formatted(check.column()),
        "sum(%s)".formatted(check.inputColumn()));
  }

  private Supplier<Optional<String>> same(Check check, String what, String mine, String theirs) {
    String some = "coalesce(%s filter (where %s), 0)";
    Supplier<Object> here = numbers.ask(table, some.formatted(mine, check.where()));
    Supplier<Object> there =
        numbers.ask(
            check.input() + " where " + sameDay(check.input()),
            some.formatted(theirs, check.inputWhere()));
    return () -> {
      BigDecimal a = new BigDecimal(here.get().toString());
      BigDecimal b = new BigDecimal(there.get().toString());
      return a.compareTo(b) == 0
          ? Optional.empty()
          : Optional.of(
              "the %s is %s, the input's is %s; they must be equal"
                  .formatted(what, a.toPlainString(), b.toPlainString()));
    };
  }

  /** A daily dataset answers for its day; a snapshot or dateless one for all it saw. */
  private String sameDay(String input) {
    Optional<String> column = datasets.get(input).schema().partitionColumn();
    boolean daily = dataset.schema().partition() != null && !dataset.schema().asOf();
    return daily && column.isPresent() ? column.get() + " = run_date()" : "true";
  }

  private Supplier<Optional<String>> rowCountNear(Check check, Partition partition, Pin history) {
    if (partition.day().isEmpty()) {
      return Optional::empty;
    }
    List<Long> before =
        history.published().headMap(partition).entrySet().stream()
            .filter(e -> !e.getKey().equals(partition))
            .map(e -> e.getValue())
            .map(LedgerEntry::rowsOut)
            .toList();
    List<Long> recent = before.subList(Math.max(0, before.size() - check.days()), before.size());
    if (recent.size() < check.days()) {
      return Optional::empty;
    }
    double mean = recent.stream().mapToLong(Long::longValue).average().orElse(0);
    Supplier<Long> rows = numbers.count(table, "true");
    return () ->
        Math.abs(rows.get() - mean) <= check.within() * mean
            ? Optional.empty()
            : Optional.of(
                "%d rows, %d days before had %d on average; allowed is a difference of %s of it"
                    .formatted(rows.get(), check.days(), Math.round(mean), check.within()));
  }
}
