package ltv.calculate.report.drawing;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;

/** What templates draw and colour without script. */
public final class Spark {
  private static final double WIDTH = 96;
  private static final double HEIGHT = 18;

  private Spark() {}

  /** A line through values, as the path of an SVG of 100 by 26; empty for fewer than two. */
  public static String of(List<Double> values) {
    List<Double> known = values.stream().filter(Objects::nonNull).toList();
    if (known.size() < 2) {
      return "";
    }
    double low = known.stream().mapToDouble(v -> v).min().orElseThrow();
    double high = known.stream().mapToDouble(v -> v).max().orElseThrow();
    StringBuilder path = new StringBuilder();
    boolean joined = false;
    for (int i = 0; i < values.size(); i++) {
      Double value = values.get(i);
      if (value != null) {
        double x = 2 + i * WIDTH / (values.size() - 1);
        double y = high == low ? 13 : 22 - (value - low) / (high - low) * HEIGHT;
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", joined ? "L" : "M", x, y));
      }
      joined = value != null;
    }
    return path.toString();
  }

  /** The classes of a cell: its side, its shade, and whether its number will change. */
  public static String classes(Cell cell, Column column) {
    return Stream.of(
            column.isText() ? "" : "r",
            cell.shade() < 0 ? "" : "h" + cell.shade(),
            cell.few() ? "few" : "",
            cell.shade() >= 0 && cell.note() != null ? "partial" : "")
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
