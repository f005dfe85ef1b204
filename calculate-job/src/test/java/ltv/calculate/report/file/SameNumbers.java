package ltv.calculate.report.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Column;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.Report;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.words.Text;

/** Reads page, workbook and CSV back: each has the values of the report's tables. */
public final class SameNumbers {
  private SameNumbers() {}

  /** Of a type's content. */
  public static Map<String, byte[]> of(String type, Report.Content content, Text text)
      throws IOException {
    DataStatus data =
        new DataStatus(DataStatus.State.FINAL, List.of(), List.of(), List.of(), List.of());
    return of(
        new Report(type, "shop", Week.of("2026-W47"), LocalDate.of(2026, 11, 22), content, data),
        text);
  }

  /** Makes the files of a report, and compares them. */
  public static Map<String, byte[]> of(Report report, Text text) throws IOException {
    Map<String, byte[]> files = ReportFiles.of(report, text);
    String name = report.type() + "-" + text.language();
    String page = new String(files.get(name + ".html"), StandardCharsets.UTF_8);
    List<Table> tables =
        report.content().sections().stream().flatMap(s -> s.tables().stream()).toList();
    assertFalse(tables.isEmpty());
    for (Table table : tables) {
      List<List<String>> csv = ReadBack.csv(files.get(name + "-" + table.id() + ".csv"));
      assertEquals(told(table), numbers(csv), "numbers of the CSV of " + table.id());
      assertEquals(
          csv,
          ReadBack.workbook(files.get(name + ".xlsx"), Flat.header(table, text).size())
              .get(table.id()),
          "workbook of " + table.id());
      List<List<String>> values = csv.stream().map(row -> withoutBands(row, table)).toList();
      assertEquals(values, ReadBack.page(page, table.id()), "page of " + table.id());
    }
    return files;
  }

  private static List<Double> told(Table table) {
    return Flat.rows(table).stream()
        .flatMap(List::stream)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).doubleValue())
        .toList();
  }

  private static List<Double> numbers(List<List<String>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .filter(field -> field.matches("-?[0-9]+(\\.[0-9]+)?"))
        .map(Double::valueOf)
        .toList();
  }

  /** What a page has as numbers: of an estimate the value. */
  private static List<String> withoutBands(List<String> row, Table table) {
    List<String> values = new ArrayList<>();
    int at = 0;
    for (Column column : table.columns()) {
      values.add(row.get(at));
      at += column.estimates() ? 3 : 1;
    }
    return values;
  }
}
