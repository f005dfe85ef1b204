package ltv.calculate.report.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Table;
import ltv.calculate.report.words.Text;

/** A table as files have it: an estimate is three columns. */
final class Flat {
  private Flat() {}

  static List<String> header(Table table, Text text) {
    List<String> labels = new ArrayList<>();
    for (Column column : table.columns()) {
      labels.add(column.label());
      if (column.estimates()) {
        labels.add(text.of("common.low", column.label(), column.band()));
        labels.add(text.of("common.high", column.label(), column.band()));
      }
    }
    return labels;
  }

  /** The values of all rows, with those of the foot. */
  static List<List<Object>> rows(Table table) {
    List<List<Object>> rows = new ArrayList<>();
    table.rows().forEach(row -> rows.add(row(table, row)));
    table.foot().ifPresent(row -> rows.add(row(table, row)));
    return rows;
  }

  /** The cells that the values of a row come from. */
  static List<Cell> cells(Table table, int row) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      cells.addAll(
          Collections.nCopies(
              table.columns().get(i).estimates() ? 3 : 1, table.rows().get(row).get(i)));
    }
    return cells;
  }

  private static List<Object> row(Table table, List<Cell> cells) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Object value = cells.get(i).value();
      if (!table.columns().get(i).estimates()) {
        row.add(value);
      } else {
        Estimate estimate = value == null ? new Estimate(null, null, null) : (Estimate) value;
        row.add(estimate.value());
        row.add(estimate.low());
        row.add(estimate.high());
      }
    }
    return row;
  }
}
