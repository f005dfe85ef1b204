package ltv.calculate.report.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ltv.calculate.report.Week;
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;

/**
 * What a report may ask the marts, by queries that lie beside its classes. They see {@code
 * as_of()}, the day on which all was known, and {@code first_day()}, the week's Monday.
 */
public final class Facts {
  private final DuckDbSession session;
  private final Week week;
  private final LocalDate asOf;
  private final Set<String> unknown;

  /** Facts of a session that sees the marts. */
  public Facts(DuckDbSession session, Week week, LocalDate asOf) {
    this(session, week, asOf, Set.of());
  }

  /**
   * The same where the session sees some marts without rows.
   *
   * @param unknown marts that are not built as of the day
   */
  public Facts(DuckDbSession session, Week week, LocalDate asOf, Set<String> unknown) {
    this.session = session;
    this.unknown = Set.copyOf(unknown);
    this.week = week;
    this.asOf = asOf;
    session.define("as_of", asOf);
    session.define("first_day", week.monday());
  }

  /** The week that is told of. */
  public Week week() {
    return week;
  }

  /** The day on which all was known: the week's Sunday, or a day before while it runs. */
  public LocalDate asOf() {
    return asOf;
  }

  /** Whether a mart is built as of the day; its queries find nothing where it is not. */
  public boolean knows(String mart) {
    return !unknown.contains(mart);
  }

  /**
   * The rows of a query.
   *
   * @param asking class that the query lies beside
   * @param query name of its file, without {@code .sql}
   */
  public List<Row> rows(Class<?> asking, String query) {
    String text = resource(asking, query + ".sql");
    List<String> names = session.bind("asked", text).stream().map(ResultColumn::name).toList();
    List<Row> rows = new ArrayList<>();
    for (List<Object> values : session.rows("select * from asked")) {
      Map<String, Object> row = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      rows.add(new Row(row));
    }
    return rows;
  }

  /** Keeps the rows of a query under its name, for the queries that come after it. */
  public void keep(Class<?> asking, String query) {
    session.keep(query, resource(asking, query + ".sql"));
  }

  private static String resource(Class<?> asking, String name) {
    try (InputStream in = asking.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
