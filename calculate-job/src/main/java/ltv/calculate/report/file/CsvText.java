package ltv.calculate.report.file;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.calculate.report.Table;
import ltv.calculate.report.words.Text;

/**
 * A table as CSV for spreadsheets: UTF-8 with a byte order mark, lines ended by CR LF, numbers
 * without separators, nothing where nothing is known; a text that a spreadsheet would run as a
 * formula has an apostrophe before it (OWASP, CSV injection).
 */
public final class CsvText {
  /** What a text begins with that a spreadsheet would run, as a pattern of Java and of DuckDB. */
  public static final String FORMULA_SIGN = "[=+\\-@\\t\\r\\n＝＋－＠]";

  private static final Pattern FORMULA = Pattern.compile("(?s)^" + FORMULA_SIGN + ".*");
  private static final Pattern QUOTED = Pattern.compile("(?s).*[\",\\r\\n'].*|\\s.*|.*\\s");

  private CsvText() {}

  /** The table with its foot. */
  public static byte[] of(Table table, Text text) {
    List<String> lines = new ArrayList<>();
    lines.add(line(Flat.header(table, text)));
    Flat.rows(table).forEach(row -> lines.add(line(row)));
    return ("\uFEFF" + String.join("", lines)).getBytes(StandardCharsets.UTF_8);
  }

  private static String line(List<?> values) {
    return values.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    String text = value.toString();
    if (!(value instanceof Number) && FORMULA.matcher(text).matches()) {
      text = "'" + text;
    }
    return QUOTED.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
