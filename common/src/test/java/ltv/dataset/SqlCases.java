package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.config.Sites;
import ltv.engine.ResultColumn;
import ltv.engine.Session;
import ltv.lake.Column;
import org.junit.jupiter.api.DynamicNode;

/**
 * Finds every case of a job's datasets and runs it on an engine: given rows in, expected rows out,
 * names and types as declared, the same with the given rows reversed and, where a dataset is built
 * in parts, in as many as it has rows. A dataset without enough cases fails, as does one whose
 * query does not bind to its inputs' columns.
 */
public final class SqlCases {
  private static final int CASES_OF_A_REAL_QUERY = 3;
  private static final Pattern REAL_QUERY = Pattern.compile("\\b(join|group by|over|union)\\b");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\b(current_date|current_timestamp|now\\(\\)|random\\(\\)|qualify|asof join|string_agg"
              + "|list_agg|unnest|explode|datediff|date_diff|getvariable)\\b|->>|select \\*\\s*$"
              + "|'[^']*\\.(csv|json|parquet)'");
  private static final Pattern LIMIT = Pattern.compile("\\blimit\\b");

  private final Datasets datasets;
  private final Supplier<Session> engine;
  private final boolean again;
  private final int first;

  private SqlCases(Datasets datasets, Supplier<Session> engine, boolean again, int first) {
    this.first = first;
    this.datasets = datasets;
    this.engine = engine;
    this.again = again;
  }

  /** One container per dataset of {@code job}, one test per case. */
  public static Stream<DynamicNode> of(String job, Supplier<Session> engine) {
    return new SqlCases(Repository.datasets(), engine, false, Integer.MAX_VALUE).containers(job);
  }

  /**
   * The first cases of each dataset on another engine: the given rows reversed only, and nothing
   * that is not the engine's.
   *
   * @param first how many of each dataset
   */
  public static Stream<DynamicNode> again(String job, Supplier<Session> engine, int first) {
    return new SqlCases(Repository.datasets(), engine, true, first).containers(job);
  }

  private Stream<DynamicNode> containers(String job) {
    return datasets.all().stream()
        .filter(d -> d.job().equals(job))
        .map(d -> dynamicContainer(d.name(), tests(d)));
  }

  private Stream<DynamicNode> tests(Dataset dataset) {
    Path folder = Repository.sql(dataset.job()).resolve(dataset.name());
    List<SqlCase> cases = cases(folder.resolve("test"));
    Stream<DynamicNode> rules =
        Stream.of(
            dynamicTest("is well kept", () -> rules(dataset, cases.size())),
            dynamicTest("binds to its inputs", () -> binds(dataset)));
    return Stream.concat(
        again ? Stream.empty() : rules,
        cases.stream()
            .limit(first)
            .map(c -> dynamicTest(c.toString(), c.folder().toUri(), () -> run(dataset, c))));
  }

  private static List<SqlCase> cases(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      List<SqlCase> cases = new ArrayList<>();
      for (Path each : folders.sorted().toList()) {
        cases.add(SqlCase.read(each));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rules(Dataset dataset, int cases) {
    String query = dataset.query();
    int owed = REAL_QUERY.matcher(query).find() ? CASES_OF_A_REAL_QUERY : 1;
    assertTrue(cases >= owed, dataset.name() + " has " + cases + " cases and owes " + owed);
    assertTrue(
        dataset.schema().checks().stream().anyMatch(Check::blocking),
        dataset.name() + " owes at least one fail check");
    assertTrue(query.startsWith("--"), "the first line says the grain in a comment");
    assertEquals(
        dataset.schema().inPartsOf() != null,
        query.contains("in_part("),
        "in_parts_of owes in_part(id) in the query, and the other way round");
    dataset.settling().ifPresent(s -> assertTrue(s.step() != null, "a start owes a step"));
    statements(dataset)
        .forEach(
            sql -> {
              assertTrue(!sql.contains(";"), "one statement, without a semicolon");
              assertTrue(
                  !LIMIT.matcher(sql).find() || sql.contains("order by"), "limit without order by");
            });
    assertTrue(
        dataset.schema().columns().stream().allMatch(c -> c.description().containsKey("en")),
        "every column of " + dataset.name() + " says in English what it holds");
    if (!dataset.isSource()) {
      statements(dataset)
          .forEach(
              sql ->
                  assertTrue(
                      !FORBIDDEN.matcher(sql).find(),
                      dataset.name() + " leaves the common dialect"));
    }
  }

  private static Stream<String> statements(Dataset dataset) {
    return Stream.concat(
        Stream.of(dataset.query()),
        dataset.settling().stream().flatMap(s -> Stream.of(s.start(), s.step())));
  }

  private void binds(Dataset dataset) {
    try (Session session = engine.get()) {
      session.define("run_date", LocalDate.of(2026, 1, 1));
      session.define("run_id", "run");
      Map<String, String> usual = Sites.below(Path.of("home")).parameters();
      dataset.schema().parameters().forEach(p -> session.define("param_" + p, usual.get(p)));
      inputs(dataset).forEach((name, columns) -> session.table(name, columns, List.of()));
      assertColumns(dataset, dataset.build(session, "actual"));
    }
  }

  private void run(Dataset dataset, SqlCase sqlCase) {
    for (boolean reversed : again ? List.of(true) : List.of(false, true)) {
      try (Session session = engine.get()) {
        session.define("run_date", sqlCase.runDate());
        session.define("run_id", "run");
        sqlCase.parameters().forEach((name, value) -> session.define("param_" + name, value));
        inputs(dataset).forEach((name, columns) -> give(session, sqlCase, name, columns, reversed));
        assertColumns(dataset, dataset.build(session, "actual", reversed ? 1 : Long.MAX_VALUE));
        List<Column> columns = dataset.schema().columns();
        assertEquals(
            List.of(),
            sqlCase.expect().header().stream()
                .filter(h -> columns.stream().noneMatch(c -> c.name().equals(h)))
                .toList(),
            "expect.csv names columns that the schema does not have");
        session.table("expected", columns, sqlCase.expect().as(columns));
        assertEquals("", difference(session, columns), reversed ? "given rows reversed" : "");
        if (!again) {
          assertEquals("", new TraceProof(dataset, datasets).of(session, "actual"));
        }
      }
    }
  }

  private static void give(
      Session session, SqlCase sqlCase, String name, List<Column> columns, boolean reversed) {
    SqlCase.Csv given = sqlCase.given().get(name);
    List<List<String>> rows = new ArrayList<>(given == null ? List.of() : given.as(columns));
    if (given != null) {
      for (String header : given.header()) {
        assertTrue(
            columns.stream().anyMatch(c -> c.name().equals(header)),
            "given/" + name + ".csv names " + header + ", which the input does not have");
      }
    }
    if (reversed) {
      Collections.reverse(rows);
    }
    session.table(name, columns, rows);
  }

  private Map<String, List<Column>> inputs(Dataset dataset) {
    if (dataset.isSource()) {
      return Map.of("raw", RawColumns.of(dataset));
    }
    Map<String, List<Column>> inputs = new java.util.LinkedHashMap<>();
    dataset
        .schema()
        .inputs()
        .keySet()
        .forEach(name -> inputs.put(name, datasets.get(name).schema().columns()));
    return inputs;
  }

  private static void assertColumns(Dataset dataset, List<ResultColumn> actual) {
    assertEquals(
        lines(dataset.schema().columns().stream().map(c -> c.name() + " " + c.type()).toList()),
        lines(actual.stream().map(c -> c.name() + " " + c.type()).toList()));
  }

  private static String lines(List<String> items) {
    return String.join("\n", items);
  }

  /** Both directions of a multiset difference, as text for the reader of a failed test. */
  private static String difference(Session session, List<Column> columns) {
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    List<List<Object>> missing =
        new ArrayList<>(session.rows("select " + names + " from expected"));
    List<List<Object>> extra = new ArrayList<>();
    for (List<Object> row : session.rows("select " + names + " from actual")) {
      if (!missing.remove(row)) {
        extra.add(row);
      }
    }
    StringBuilder text = new StringBuilder();
    missing.forEach(row -> text.append("\nmissing ").append(row));
    extra.forEach(row -> text.append("\nextra   ").append(row));
    return text.toString();
  }
}
