package ltv.calculate.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads page, workbook and CSV back: each has the numbers of the report, and no others. */
final class SameNumbers {
  private static final Pattern PAGE = Pattern.compile("<data value=\"([^\"]*)\">");
  private static final Pattern SHEET =
      Pattern.compile("<c r=\"[A-Z]+(\\d+)\"(?: s=\"\\d+\")?(?: t=\"n\")?><v>([^<]*)</v></c>");
  private static final Pattern FIELD = Pattern.compile("(?s)(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)");
  private static final int FIRST_ROW = 5;

  private SameNumbers() {}

  /** Makes the files of a type's content, and compares them. */
  static Map<String, byte[]> of(String type, Report.Content content, Text text) throws IOException {
    DataStatus data =
        new DataStatus(DataStatus.State.FINAL, List.of(), List.of(), List.of(), List.of());
    Report report =
        new Report(type, "shop", WorthWorld.WEEK, LocalDate.of(2026, 11, 22), content, data);
    Map<String, byte[]> files = new TreeMap<>(ReportFiles.of(report, text));
    String name = type + "-" + text.language();
    String page = new String(files.get(name + ".html"), StandardCharsets.UTF_8);
    Map<String, String> sheets = unzipped(files.get(name + ".xlsx"));
    int sheet = 0;
    for (Section section : content.sections()) {
      for (Table table : section.tables()) {
        sheet++;
        List<Double> all = numbers(Flat.rows(table).stream().flatMap(List::stream).toList());
        assertEquals(values(table), inPage(page, table.id()), table.id() + " in the page");
        assertEquals(
            all, inSheet(sheets.get("xl/worksheets/sheet" + sheet + ".xml")), table.id() + " xlsx");
        assertEquals(
            all,
            inCsv(new String(files.get(name + "-" + table.id() + ".csv"), StandardCharsets.UTF_8)),
            table.id() + " csv");
      }
    }
    return files;
  }

  private static List<Double> numbers(List<Object> values) {
    return values.stream()
        .filter(Number.class::isInstance)
        .map(v -> ((Number) v).doubleValue())
        .toList();
  }

  /** Of estimates only what is expected: the page tells of bands in words. */
  private static List<Double> values(Table table) {
    List<List<Cell>> rows = new ArrayList<>(table.rows());
    table.foot().ifPresent(rows::add);
    return numbers(
        rows.stream()
            .flatMap(List::stream)
            .map(cell -> cell.value() instanceof Estimate e ? e.value() : cell.value())
            .filter(v -> v != null)
            .toList());
  }

  private static List<Double> inPage(String page, String id) {
    int from = page.indexOf("<table id=\"t-" + id + "\"");
    List<Double> found = new ArrayList<>();
    Matcher cells = PAGE.matcher(page.substring(from, page.indexOf("</table>", from)));
    while (cells.find()) {
      if (!cells.group(1).isEmpty()) {
        found.add(Double.valueOf(cells.group(1)));
      }
    }
    return found;
  }

  private static List<Double> inSheet(String xml) {
    List<Double> found = new ArrayList<>();
    Matcher cells = SHEET.matcher(xml);
    while (cells.find()) {
      if (Integer.parseInt(cells.group(1)) >= FIRST_ROW) {
        found.add(Double.valueOf(cells.group(2)));
      }
    }
    return found;
  }

  private static List<Double> inCsv(String csv) {
    List<Double> found = new ArrayList<>();
    for (String line : csv.substring(csv.indexOf("\r\n") + 2).split("\r\n")) {
      Matcher fields = FIELD.matcher(line);
      while (fields.find()) {
        if (fields.group(1).matches("-?[0-9.]+")) {
          found.add(Double.valueOf(fields.group(1)));
        }
      }
    }
    return found;
  }

  private static Map<String, String> unzipped(byte[] xlsx) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(xlsx))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
