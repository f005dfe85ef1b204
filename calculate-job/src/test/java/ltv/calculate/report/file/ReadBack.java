package ltv.calculate.report.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import ltv.calculate.report.words.Text;

/**
 * Reads tables out of files as a reader would: a number is what it is, nothing is an empty text.
 */
public final class ReadBack {
  private static final Pattern ROW = Pattern.compile("(?s)<tr>(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("(?s)<(td|th)[^>]*>(.*?)</\\1>");
  private static final Pattern DATA = Pattern.compile("<data value=\"([^\"]*)\">");
  private static final Pattern SHEET_CELL =
      Pattern.compile("(?s)<c r=\"([A-Z]+)(\\d+)\"([^>]*?)(?:/>|>(.*?)</c>)");
  private static final Pattern SHARED = Pattern.compile("(?s)<si>(.*?)</si>");
  private static final Pattern VALUE = Pattern.compile("(?s)<(?:v|t)[^>]*>(.*?)</(?:v|t)>");
  private static final Pattern CODE = Pattern.compile("&#(x?)([0-9a-f]+);");
  private static final int FIRST_ROW = 5;

  private ReadBack() {}

  /** The same number always has the same text. */
  public static String plain(String value) {
    return value.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")
        ? new BigDecimal(value).stripTrailingZeros().toPlainString()
        : value;
  }

  /** The rows of a page's table; of a value with a band the value. */
  public static List<List<String>> page(String page, String id) {
    int start = page.indexOf("<table id=\"t-" + id + "\"");
    String body = page.substring(page.indexOf("<tbody>", start), page.indexOf("</table>", start));
    List<List<String>> rows = new ArrayList<>();
    Matcher row = ROW.matcher(body);
    while (row.find()) {
      List<String> cells = new ArrayList<>();
      Matcher cell = CELL.matcher(row.group(1));
      while (cell.find()) {
        Matcher data = DATA.matcher(cell.group(2));
        String words =
            unescaped(
                cell.group(2)
                    .replaceAll(
                        "<span aria-hidden=\"true\">.</span> ?|<span class=\"hidden\">.*?</span>|<abbr.*?</abbr>|<[^>]*>",
                        ""));
        cells.add(data.find() ? plain(data.group(1)) : words.equals(Text.MISSING) ? "" : words);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String unescaped(String text) {
    return CODE.matcher(text)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    Character.toString(
                        code.group(1).isEmpty()
                            ? Integer.parseInt(code.group(2))
                            : Integer.parseInt(code.group(2), 16))))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  /** The rows of a CSV file without its header; the guard of a formula is left away. */
  public static List<List<String>> csv(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (!text.startsWith("\uFEFF")) {
      throw new IllegalArgumentException("no byte order mark");
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && text.charAt(i + 1) == '"') {
        field.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(plain(field.toString().replaceAll("^'(?==)", "")));
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    return rows.subList(1, rows.size());
  }

  /** The rows of a workbook's sheets by their names, below the headers. */
  public static Map<String, List<List<String>>> workbook(byte[] file, int width)
      throws IOException {
    Map<String, String> parts = parts(file);
    List<String> shared = new ArrayList<>();
    Matcher each = SHARED.matcher(parts.getOrDefault("xl/sharedStrings.xml", ""));
    while (each.find()) {
      shared.add(text(each.group(1)));
    }
    Map<String, List<List<String>>> sheets = new TreeMap<>();
    Matcher name =
        Pattern.compile("<sheet name=\"([^\"]*)\"").matcher(parts.get("xl/workbook.xml"));
    for (int i = 1; name.find(); i++) {
      sheets.put(name.group(1), rows(parts.get("xl/worksheets/sheet" + i + ".xml"), shared, width));
    }
    return sheets;
  }

  public static Map<String, String> parts(byte[] file) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  private static List<List<String>> rows(String sheet, List<String> shared, int width) {
    Map<Integer, List<String>> rows = new TreeMap<>();
    Matcher cell = SHEET_CELL.matcher(sheet);
    while (cell.find()) {
      int row = Integer.parseInt(cell.group(2));
      int column = cell.group(1).charAt(0) - 'A';
      if (row >= FIRST_ROW && cell.group(4) != null && column < width) {
        String value = text(cell.group(4));
        rows.computeIfAbsent(row, r -> new ArrayList<>(java.util.Collections.nCopies(width, "")))
            .set(
                column,
                cell.group(3).contains("t=\"s\"")
                    ? shared.get(Integer.parseInt(value))
                    : cell.group(3).contains("t=\"inlineStr\"") ? value : plain(value));
      }
    }
    return List.copyOf(rows.values());
  }

  private static String text(String xml) {
    Matcher value = VALUE.matcher(xml);
    return value.find() ? unescaped(value.group(1)) : "";
  }
}
