package ltv.calculate.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import ltv.calculate.report.file.Workbooks;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Rows as a workbook of one sheet, some thousands of them in memory at a time. Numbers are numbers
 * with a format, days are days, and a text is a text, whatever it begins with.
 */
final class XlsxExport {
  private static final int AT_ONCE = 5_000;
  private static final int LONGEST_NAME = 31;
  private static final int LONGEST_TEXT = 32_767;
  private static final int WIDTH = 14;
  private static final int WIDTH_OF_TEXT = 26;

  private final DuckDbSession session;
  private final List<Column> columns;

  XlsxExport(DuckDbSession session, List<Column> columns) {
    this.session = session;
    this.columns = columns;
  }

  /** Writes a table of the session, in the order in which it was made. */
  void write(String table, String title, LocalDate day, Path to) {
    Path raw = session.scratchFile(".xlsx");
    try {
      try (OutputStream out = Files.newOutputStream(raw);
          Workbook book = new Workbook(out, "ltv", "1.0")) {
        book.properties().setTitle(title);
        book.setGlobalDefaultFont("맑은 고딕", 10);
        sheet(book.newWorksheet(title.substring(0, Math.min(title.length(), LONGEST_NAME))), table);
      }
      InPlace.write(to, out -> Workbooks.still(raw, day, out));
      Files.delete(raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sheet(Worksheet sheet, String table) throws IOException {
    sheet.freezePane(0, 1);
    for (int c = 0; c < columns.size(); c++) {
      sheet.width(c, columns.get(c).type().kind() == Kind.STRING ? WIDTH_OF_TEXT : WIDTH);
      sheet.value(0, c, columns.get(c).name());
      sheet.style(0, c).bold().set();
    }
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    int row = 1;
    for (long start = 0; ; start += AT_ONCE) {
      List<List<Object>> rows =
          session.rows(
              "select %s from %s where rowid >= %d and rowid < %d order by rowid"
                  .formatted(names, table, start, start + AT_ONCE));
      for (List<Object> values : rows) {
        for (int c = 0; c < values.size(); c++) {
          if (values.get(c) != null) {
            write(sheet, row, c, values.get(c));
          }
        }
        row++;
      }
      if (rows.size() < AT_ONCE) {
        break;
      }
      sheet.flush();
    }
  }

  private void write(Worksheet sheet, int row, int column, Object value) {
    if (value instanceof BigDecimal money) {
      sheet.value(row, column, money.stripTrailingZeros());
    } else if (value instanceof Number number) {
      sheet.value(row, column, number);
    } else if (value instanceof LocalDate date) {
      sheet.value(row, column, date);
    } else if (value instanceof LocalDateTime instant) {
      sheet.value(row, column, instant);
    } else if (value instanceof Boolean is) {
      sheet.value(row, column, is);
    } else {
      String text = value.toString();
      sheet.inlineString(row, column, text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }
    String format = format(columns.get(column));
    if (format != null) {
      sheet.style(row, column).format(format).set();
    }
  }

  private static String format(Column column) {
    return switch (column.type().kind()) {
      case INT, LONG -> "#,##0";
      case DECIMAL -> "#,##0.00";
      case DOUBLE -> column.unit().matches("|share") ? "0.0000" : "#,##0.00";
      case DATE -> "yyyy-mm-dd";
      case TIMESTAMP -> "yyyy-mm-dd hh:mm:ss";
      case BOOLEAN, STRING -> null;
    };
  }
}
