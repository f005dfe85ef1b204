package ltv.calculate.report;

import java.util.List;
import java.util.Optional;

/**
 * Values that readers see as a table, a sheet and a CSV file.
 *
 * @param id short, of letters and dashes: in names of files and sheets
 * @param caption what it shows
 * @param columns the first one names the rows
 * @param rows as many cells each as there are columns
 * @param foot a row below them, such as a mean
 * @param heat whether it is a heat map
 */
public record Table(
    String id,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    Optional<List<Cell>> foot,
    boolean heat) {
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    int width = columns.size();
    if (rows.stream().anyMatch(row -> row.size() != width)
        || foot.filter(row -> row.size() != width).isPresent()) {
      throw new IllegalArgumentException(id + " has rows that are not " + width + " wide");
    }
  }

  /** A plain table. */
  public static Table of(String id, String caption, List<Column> columns, List<List<Cell>> rows) {
    return new Table(id, caption, columns, rows, Optional.empty(), false);
  }
}
