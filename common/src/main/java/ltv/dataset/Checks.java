package ltv.dataset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ltv.engine.Session;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;

/** Runs the checks of a dataset over a built table, beside the inputs that the query saw. */
final class Checks {
  private final Session session;
  private final Dataset dataset;
  private final String table;
  private final Datasets datasets;

  Checks(Session session, Dataset dataset, String table, Datasets datasets) {
    this.session = session;
    this.dataset = dataset;
    this.table = table;
    this.datasets = datasets;
  }

  /** Every rule, in the order of the schema. */
  CheckReport run(Partition partition, Pin history) {
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Check check : dataset.schema().checks()) {
      broken(check, partition, history)
          .map(m -> check.rule() + ": " + m)
          .ifPresent(check.blocking() ? failures::add : warnings::add);
    }
    return new CheckReport(failures, warnings);
  }

  private Optional<String> broken(Check check, Partition partition, Pin history) {
    return switch (check.rule()) {
      case "unique" -> unique(check.columns());
      case "not_null" -> notNull(check.columns());
      case "range" -> range(check);
      case "accepted_values" -> acceptedValues(check);
      case "same_total" -> same("sum of " + check.column(), total(check));
      case "same_count" -> same("number of rows", count(check));
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

  private Optional<String> unique(List<String> columns) {
    String names = String.join(", ", columns);
    return rowsThat(
        "select count(*) from (select %s from %s group by %s having count(*) > 1) as doubled"
            .formatted(names, table, names),
        "keys (" + names + ") occur more than once; none may");
  }

  private Optional<String> notNull(List<String> columns) {
    return rowsThat(
        "select count(*) from %s where %s"
            .formatted(
                table,
                columns.stream().map(c -> c + " is null").collect(Collectors.joining(" or "))),
        "rows have no " + String.join(" or ", columns) + "; every row must");
  }

  private Optional<String> range(Check check) {
    List<String> outside = new ArrayList<>();
    if (check.min() != null) {
      outside.add(check.column() + " < " + check.min().toPlainString());
    }
    if (check.max() != null) {
      outside.add(check.column() + " > " + check.max().toPlainString());
    }
    return rowsThat(
        "select count(*) from %s where %s".formatted(table, String.join(" or ", outside)),
        "rows have " + String.join(" or ", outside) + "; none may");
  }

  private Optional<String> share(Check check) {
    List<Object> counts =
        session
            .rows(
                "select count(*) filter (where %s) as n, count(*) as rows_built from %s"
                    .formatted(check.where(), table))
            .get(0);
    long some = (Long) counts.get(0);
    long all = (Long) counts.get(1);
    boolean within =
        BigDecimal.valueOf(some).compareTo(check.max().multiply(BigDecimal.valueOf(all))) <= 0;
    return within
        ? Optional.empty()
        : Optional.of(
            "%d of %d rows have %s; at most a share of %s may"
                .formatted(some, all, check.where(), check.max().toPlainString()));
  }

  private Optional<String> acceptedValues(Check check) {
    String accepted =
        check.values().stream()
            .map(v -> "'" + v.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    return rowsThat(
        "select count(*) from %s where %s not in (%s)".formatted(table, check.column(), accepted),
        "rows have a " + check.column() + " that is none of " + check.values());
  }

  private Optional<String> relationship(Check check) {
    return rowsThat(
        "select count(*) from %s as t left join (select distinct %s as k from %s) as i on i.k = t.%s where i.k is null and t.%s is not null"
            .formatted(table, check.inputColumn(), check.input(), check.column(), check.column()),
        "rows have a " + check.column() + " that " + check.input() + " does not know");
  }

  private List<Object> total(Check check) {
    return compare(
        check,
        "coalesce(sum(%s), 0)".formatted(check.column()),
        "coalesce(sum(%s), 0)".formatted(check.inputColumn()));
  }

  private List<Object> count(Check check) {
    return compare(check, "count(*)", "count(*)");
  }

  private List<Object> compare(Check check, String here, String there) {
    String mine = "select %s as n from %s where %s".formatted(here, table, check.where());
    String theirs =
        "select %s as n from %s where %s and %s"
            .formatted(there, check.input(), check.inputWhere(), sameDay(check.input()));
    return session
        .rows("select a.n, b.n from (%s) as a cross join (%s) as b".formatted(mine, theirs))
        .get(0);
  }

  /** A daily dataset answers for its day; a snapshot or dateless one for all it saw. */
  private String sameDay(String input) {
    Optional<String> column = datasets.get(input).schema().partitionColumn();
    boolean daily = dataset.schema().partition() != null && !dataset.schema().asOf();
    return daily && column.isPresent() ? column.get() + " = run_date()" : "true";
  }

  private static Optional<String> same(String what, List<Object> pair) {
    BigDecimal here = new BigDecimal(pair.get(0).toString());
    BigDecimal there = new BigDecimal(pair.get(1).toString());
    return here.compareTo(there) == 0
        ? Optional.empty()
        : Optional.of(
            "the "
                + what
                + " is "
                + here.toPlainString()
                + ", the input's is "
                + there.toPlainString()
                + "; they must be equal");
  }

  private Optional<String> rowCountNear(Check check, Partition partition, Pin history) {
    if (partition.day().isEmpty()) {
      return Optional.empty();
    }
    List<Long> before =
        history.published().headMap(partition).entrySet().stream()
            .filter(e -> !e.getKey().equals(partition))
            .map(e -> e.getValue())
            .map(LedgerEntry::rowsOut)
            .toList();
    List<Long> recent = before.subList(Math.max(0, before.size() - check.days()), before.size());
    if (recent.size() < check.days()) {
      return Optional.empty();
    }
    double mean = recent.stream().mapToLong(Long::longValue).average().orElse(0);
    long rows = (Long) session.rows("select count(*) from " + table).get(0).get(0);
    return Math.abs(rows - mean) <= check.within() * mean
        ? Optional.empty()
        : Optional.of(
            rows
                + " rows, "
                + check.days()
                + " days before had "
                + Math.round(mean)
                + " on average; allowed is a difference of "
                + check.within()
                + " of it");
  }

  private Optional<String> rowsThat(String countQuery, String complaint) {
    long rows = (Long) session.rows(countQuery).get(0).get(0);
    return rows == 0 ? Optional.empty() : Optional.of(rows + " " + complaint);
  }
}
