package ltv.calculate.report;

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
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;

/**
 * What a report may ask the marts, by queries that lie beside its class. They see {@code as_of()},
 * the day on which all was known, and {@code first_day()}, the week's Monday.
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

  Week week() {
    return week;
  }

  LocalDate asOf() {
    return asOf;
  }

  /** Whether a mart is built as of the day; its queries find nothing where it is not. */
  boolean knows(String mart) {
    return !unknown.contains(mart);
  }

  /** The rows of a query. */
  List<Row> rows(String query) {
    String text = resource(query + ".sql");
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

  private static String resource(String name) {
    try (InputStream in = Facts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
