package ltv.calculate.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ltv.calculate.trace.Known;
import ltv.calculate.trace.KnownTables;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Which number somebody asks about.
 *
 * @param dataset the dataset
 * @param key values by column, as they were typed
 * @param column the number's column
 */
record Question(Known dataset, Map<String, String> key, String column) {
  private static final int CANDIDATES = 10;

  /** Checks names; values are checked when the row is looked for. */
  static Question of(KnownTables tables, String name, List<String> keys, String column) {
    Known dataset = tables.asked(name);
    Map<String, String> key = new LinkedHashMap<>();
    for (String pair : keys) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw refused(
            "--key %s is no column=value, such as report_date=2026-11-10".formatted(pair));
      }
      must(dataset, pair.substring(0, at), "--key", tables);
      key.put(pair.substring(0, at), pair.substring(at + 1));
    }
    must(dataset, column, "--column", tables);
    if (!dataset.isNumber(column)) {
      throw refused(
          "--column %s of %s is no number; numbers are %s"
              .formatted(
                  column,
                  dataset.name(),
                  dataset.names().stream()
                      .filter(dataset::isNumber)
                      .collect(Collectors.joining(", "))));
    }
    return new Question(dataset, key, column);
  }

  private static void must(Known dataset, String column, String flag, KnownTables tables) {
    if (!dataset.has(column)) {
      throw refused(
          "%s: %s has no column %s; nearest are %s"
              .formatted(
                  flag,
                  dataset.name(),
                  column,
                  String.join(", ", tables.nearest(column, dataset.names()))));
    }
  }

  private static JobException refused(String why) {
    return new JobException(ExitCode.USAGE, why + ".");
  }

  /**
   * Keeps the one row that is asked about, numbered, with the number as what it has and what it
   * brings.
   *
   * @throws JobException with exit 64 that lists what there is when it is not one row
   */
  void keep(String table, KnownTables tables, DuckDbSession session) {
    LocalDate day = dataset.partition().map(key::get).map(this::day).orElse(null);
    tables.see(dataset, day, day);
    List<String> conditions = new ArrayList<>();
    key.forEach((name, value) -> conditions.add(equal(name, value, session)));
    String where = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    session.keep(
        table,
        """
        select *, 1 as trace__row, 0 as trace__parent, %1$s as trace__own, %1$s as trace__part
        from %2$s where %3$s"""
            .formatted(
                "cast(%s as %s)"
                    .formatted(column, dataset.isDouble(column) ? "double" : "decimal(38, 6)"),
                dataset.name(),
                where));
    long rows = (Long) session.rows("select count(*) from " + table).get(0).get(0);
    if (rows != 1) {
      throw refused(rows == 0 ? nothing(session) : several(rows, table, session));
    }
  }

  private LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new JobException(
          ExitCode.USAGE, "--key %s is no day, such as 2026-11-10.".formatted(text), e);
    }
  }

  private String equal(String name, String value, DuckDbSession session) {
    String type = dataset.column(name).orElseThrow().type().duckDb();
    String text = "'" + DuckDbSession.quoted(value) + "'";
    if (value.isEmpty()) {
      return "coalesce(cast(%s as varchar), '') = ''".formatted(name);
    }
    Object read = session.rows("select try_cast(%s as %s)".formatted(text, type)).get(0).get(0);
    if (read == null) {
      throw refused(
          "--key %s=%s is no %s".formatted(name, value, type.toLowerCase(java.util.Locale.ROOT)));
    }
    return "%s = cast(%s as %s)".formatted(name, text, type);
  }

  /** What the columns have that are nearest to what was asked for. */
  private String nothing(DuckDbSession session) {
    List<String> near = new ArrayList<>();
    key.forEach(
        (name, value) ->
            near.add(
                "%s has %s"
                    .formatted(
                        name,
                        session
                            .rows(
                                """
                                select t from (select distinct cast(%1$s as varchar) as t from %2$s)
                                where t is not null order by levenshtein(t, '%3$s'), t limit 5"""
                                    .formatted(name, dataset.name(), DuckDbSession.quoted(value)))
                            .stream()
                            .map(r -> r.get(0).toString())
                            .collect(Collectors.joining(", ")))));
    String days =
        dataset.partition().isEmpty() || dataset.pin().published().isEmpty()
            ? ""
            : "; days are %s to %s"
                .formatted(
                    dataset.pin().published().firstKey(), dataset.pin().published().lastKey());
    return "%s has no row with %s; nearest: %s%s"
        .formatted(dataset.name(), key, String.join("; ", near), days);
  }

  private String several(long rows, String table, DuckDbSession session) {
    List<String> telling = dataset.identity().stream().filter(c -> !key.containsKey(c)).toList();
    List<String> names = telling.isEmpty() ? dataset.names() : telling;
    String candidates =
        session
            .rows(
                "select %s from %s order by all limit %d"
                    .formatted(String.join(", ", names), table, CANDIDATES))
            .stream()
            .map(
                row -> {
                  StringBuilder flags = new StringBuilder();
                  for (int i = 0; i < names.size(); i++) {
                    String value = row.get(i) == null ? "" : row.get(i).toString();
                    flags.append(" --key ").append(names.get(i)).append('=').append(value);
                  }
                  return "\n " + flags;
                })
            .collect(Collectors.joining());
    return "%s has %,d rows with %s; add what tells one from the others%s%s"
        .formatted(dataset.name(), rows, key, candidates, rows > CANDIDATES ? "\n  and more" : "");
  }

  /** The row's identity as the table has it, by column. */
  Map<String, String> row(String table, DuckDbSession session) {
    List<String> names = dataset.identity();
    List<Object> values =
        session.rows("select %s from %s".formatted(String.join(", ", names), table)).get(0);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i) == null ? null : values.get(i).toString());
    }
    return row;
  }

  /** The column itself. */
  Column number() {
    return dataset.column(column).orElseThrow();
  }
}
