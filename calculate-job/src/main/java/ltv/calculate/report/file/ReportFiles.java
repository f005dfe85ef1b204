package ltv.calculate.report.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.calculate.report.Report;
import ltv.calculate.report.Table;
import ltv.calculate.report.words.Text;

/** A report as files: a page, a workbook and a CSV of each table, of the same numbers. */
public final class ReportFiles {
  private ReportFiles() {}

  /** The files by their names, the same bytes for the same report. */
  public static SortedMap<String, byte[]> of(Report report, Text text) {
    String name = name(report, text);
    List<Table> tables = tables(report);
    String title = text.of("common.title_" + report.type()) + " " + report.week();
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(name + ".html", HtmlPage.of(report, text).getBytes(StandardCharsets.UTF_8));
    files.put(name + ".xlsx", Workbooks.of(title, report.asOf(), tables, text));
    tables.forEach(table -> files.put(name + "-" + table.id() + ".csv", CsvText.of(table, text)));
    return files;
  }

  /** What the names of a report's files in one language begin with. */
  public static String name(Report report, Text text) {
    return report.type() + "-" + text.language();
  }

  /** All of its tables, in the order shown. */
  public static List<Table> tables(Report report) {
    return report.content().sections().stream().flatMap(s -> s.tables().stream()).toList();
  }
}
