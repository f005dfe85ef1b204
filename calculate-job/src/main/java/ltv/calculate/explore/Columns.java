package ltv.calculate.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;

/** Rows of the queries beside this class, a list for each column, as the page's data has them. */
final class Columns {
  private static final double CENTS = 100;

  private Columns() {}

  /** The text of a query. */
  static String query(String name) {
    try (InputStream in = Columns.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The columns of a query by their names, all in the order of its rows. */
  static SortedMap<String, List<Object>> of(DuckDbSession session, String query) {
    List<String> names = session.bind("asked", query).stream().map(ResultColumn::name).toList();
    SortedMap<String, List<Object>> columns = new TreeMap<>();
    names.forEach(name -> columns.put(name, new ArrayList<>()));
    for (List<Object> row : session.rows("select * from asked")) {
      for (int i = 0; i < row.size(); i++) {
        columns.get(names.get(i)).add(brief(row.get(i)));
      }
    }
    return columns;
  }

  /** Two decimals are enough for money, and a whole number needs none. */
  private static Object brief(Object value) {
    if (!(value instanceof Number number)) {
      return value == null ? null : value.toString();
    }
    double rounded = Math.rint(number.doubleValue() * CENTS) / CENTS;
    return rounded == Math.rint(rounded) ? (Object) (long) rounded : (Object) rounded;
  }
}
