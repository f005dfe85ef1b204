package ltv.sandbox;

import java.util.Arrays;
import java.util.List;

/** Rows in columns for a terminal, where Korean letters are two cells wide. */
final class TextTable {
  private TextTable() {}

  /** One text; the first row is the header. Numbers stand right. */
  static String of(List<List<String>> rows) {
    int width = rows.get(0).size();
    int[] cells = new int[width];
    for (List<String> row : rows) {
      for (int i = 0; i < width; i++) {
        cells[i] = Math.max(cells[i], cells(row.get(i)));
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < width; i++) {
        String pad = " ".repeat(cells[i] - cells(row.get(i)));
        boolean number = row.get(i).matches("-?[\\d,]+(\\.\\d+)?%?");
        line.append(number ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      table.append(line.toString().stripTrailing()).append('\n');
      if (row == rows.get(0)) {
        table.append("-".repeat(Arrays.stream(cells).sum() + 2 * (width - 1))).append('\n');
      }
    }
    return table.toString();
  }

  private static int cells(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && !(c >= 0x2010 && c <= 0x203A) ? 2 : 1).sum();
  }
}
