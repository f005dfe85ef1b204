package ltv.sandbox;

import java.util.List;

/** Rows in columns for a terminal, where Korean letters are two cells wide. */
final class TextTable {
  private TextTable() {}

  /** Prints on stdout; the first row is the header. Numbers stand right. */
  static void print(List<List<String>> rows) {
    int width = rows.get(0).size();
    int[] cells = new int[width];
    for (List<String> row : rows) {
      for (int i = 0; i < width; i++) {
        cells[i] = Math.max(cells[i], cells(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < width; i++) {
        String pad = " ".repeat(cells[i] - cells(row.get(i)));
        boolean number = row.get(i).matches("-?[\\d,]+(\\.\\d+)?%?");
        line.append(number ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      System.out.println(line.toString().stripTrailing());
      if (row == rows.get(0)) {
        System.out.println("-".repeat(java.util.Arrays.stream(cells).sum() + 2 * (width - 1)));
      }
    }
  }

  private static int cells(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && !(c >= 0x2010 && c <= 0x203A) ? 2 : 1).sum();
  }
}
