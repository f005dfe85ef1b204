package ltv.calculate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ltv.dataset.Opened;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;

/** Rows of a dataset by the names of its columns, for commands that tell of them. */
final class Rows {
  private Rows() {}

  /**
   * The rows of a dataset that the session sees.
   *
   * @param where a condition on its columns
   * @param by columns that give the order
   */
  static List<Map<String, Object>> of(
      Opened opened, DuckDbSession session, String dataset, String where, String by) {
    List<String> names =
        opened.datasets().get(dataset).schema().columns().stream().map(Column::name).toList();
    String query =
        "select %s from %s where %s order by %s"
            .formatted(String.join(", ", names), dataset, where, by);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Object> values : session.rows(query)) {
      Map<String, Object> row = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
