package ltv.engine;

import java.util.Arrays;

/** The numbers of a long result, column by column, as they come row by row. */
public final class NumberColumns {
  private static final int FIRST = 1024;

  private final double[][] columns;
  private int rows;

  /** Columns without any row. */
  public NumberColumns(int width) {
    this.columns = new double[width][FIRST];
  }

  /** Begins the next row. */
  public void next() {
    rows++;
    if (rows > columns[0].length) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], 2 * columns[i].length);
      }
    }
  }

  /** Puts a number into the row that was begun. */
  public void put(int column, double number) {
    columns[column][rows - 1] = number;
  }

  /** Every column, as long as there are rows. */
  public double[][] columns() {
    return Arrays.stream(columns).map(c -> Arrays.copyOf(c, rows)).toArray(double[][]::new);
  }
}
