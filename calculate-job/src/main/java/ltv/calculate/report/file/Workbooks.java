package ltv.calculate.report.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Table;
import ltv.calculate.report.words.Text;
import org.dhatim.fastexcel.BorderSide;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.StyleSetter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Tables as a workbook, a sheet each: numbers are numbers, heat maps have their colours, and the
 * same tables give the same bytes. A text is stored as a text, so that none is run as a formula.
 */
public final class Workbooks {
  private static final String[] HEAT = {
    "F1F7F6", "DCEFEC", "C0E2DD", "99CFC9", "6BB7B0", "2C807B", "1A6560", "0D4A47"
  };
  private static final String ON_LIGHT = "0B2E2C";
  private static final String ON_DARK = "FFFFFF";
  private static final String MUTED = "5D6778";
  private static final int FIRST_DARK = 5;
  private static final int FIRST_ROW = 4;
  private static final int LONGEST_NAME = 31;

  /** The entry that says when a workbook was made. */
  private static final String ABOUT = "docProps/core.xml";

  /** The first moment that a zip entry says the same way in every zone. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Workbooks() {}

  /**
   * The tables of a report.
   *
   * @param title of the workbook
   * @param day that the workbook says it was made on, midnight UTC
   */
  public static byte[] of(String title, LocalDate day, List<Table> tables, Text text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "ltv", "1.0")) {
      book.properties().setTitle(title);
      book.setGlobalDefaultFont("맑은 고딕", 10);
      for (Table table : tables) {
        sheet(book.newWorksheet(name(table.id())), table, text);
      }
      if (tables.isEmpty()) { // a workbook owes a sheet
        Worksheet sheet = book.newWorksheet("none");
        sheet.value(0, 0, title);
        sheet.value(1, 0, text.of("common.no_table"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return still(bytes.toByteArray(), day);
  }

  private static String name(String id) {
    return id.length() <= LONGEST_NAME ? id : id.substring(0, LONGEST_NAME);
  }

  private static void sheet(Worksheet sheet, Table table, Text text) {
    sheet.value(0, 0, table.caption());
    sheet.style(0, 0).bold().fontSize(14).set();
    sheet.value(1, 0, text.of("common.missing_is_empty"));
    sheet.style(1, 0).fontColor(MUTED).set();
    List<String> header = Flat.header(table, text);
    List<Kind> kinds =
        table.columns().stream()
            .flatMap(c -> Collections.nCopies(c.estimates() ? 3 : 1, c.kind()).stream())
            .toList();
    for (int c = 0; c < header.size(); c++) {
      boolean left = kinds.get(c) == Kind.TEXT || kinds.get(c) == Kind.DATE;
      sheet.value(FIRST_ROW - 1, c, header.get(c));
      sheet
          .style(FIRST_ROW - 1, c)
          .bold()
          .fontColor(MUTED)
          .wrapText(true)
          .borderStyle(BorderSide.BOTTOM, BorderStyle.THIN)
          .horizontalAlignment(left ? "left" : "right")
          .set();
      sheet.width(c, c == 0 ? 30 : table.heat() ? 9 : 15);
    }
    List<List<Object>> rows = Flat.rows(table);
    for (int r = 0; r < rows.size(); r++) {
      boolean foot = table.foot().isPresent() && r == rows.size() - 1;
      for (int c = 0; c < header.size(); c++) {
        Cell cell = foot ? null : Flat.cells(table, r).get(c);
        write(sheet, FIRST_ROW + r, c, rows.get(r).get(c), kinds.get(c), cell, foot, text);
      }
    }
    sheet.freezePane(1, FIRST_ROW);
    sheet.hideGridLines();
    sheet.fitToWidth((short) 1);
    sheet.pageOrientation("landscape");
  }

  private static void write(
      Worksheet sheet,
      int row,
      int column,
      Object value,
      Kind kind,
      Cell cell,
      boolean bold,
      Text text) {
    if (value == null) {
      return;
    }
    if (value instanceof Number number) {
      sheet.value(row, column, number);
    } else if (value instanceof LocalDate date) {
      sheet.value(row, column, date);
    } else {
      sheet.value(row, column, value.toString());
    }
    StyleSetter style = sheet.style(row, column);
    String format = format(kind, text);
    if (format != null) {
      style.format(cell != null && cell.note() != null && !cell.few() ? format + "\"*\"" : format);
    }
    if (bold) {
      style.bold();
    }
    if (cell != null && cell.shade() >= 0) {
      style
          .fillColor(HEAT[cell.shade()])
          .fontColor(cell.shade() >= FIRST_DARK ? ON_DARK : ON_LIGHT);
    } else if (cell != null && cell.few()) {
      style.fontColor(MUTED);
    }
    style.set();
  }

  private static String format(Kind kind, Text text) {
    return switch (kind) {
      case TEXT -> null;
      case DATE -> "yyyy-mm-dd";
      case COUNT, DAYS -> "#,##0";
      case PERCENT -> "0.0%";
      case WHOLE_PERCENT -> "0%";
      case CHANGE -> "+0.0%;-0.0%;0.0%";
      case TIMES -> "0.00";
      case MONEY ->
          !text.currency().equals("KRW")
              ? "#,##0.00"
              : text.language().equals("ko") ? "#,##0\"원\"" : "\"₩\"#,##0";
    };
  }

  /** The same entries, without the moment of their making. */
  private static byte[] still(byte[] workbook, LocalDate day) {
    try {
      // the library's entries have their sizes behind them, which only a file's directory tells
      Path file = Files.createTempFile("report", ".xlsx");
      try {
        Files.write(file, workbook);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(workbook.length);
        still(file, day, bytes);
        return bytes.toByteArray();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same for a workbook that is too large to hold.
   *
   * @param day that it says it was made on, midnight UTC
   */
  public static void still(Path workbook, LocalDate day, OutputStream to) throws IOException {
    try (ZipFile in = new ZipFile(workbook.toFile());
        ZipOutputStream out = new ZipOutputStream(to)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(ENTRY_TIME);
        out.putNextEntry(same);
        if (entry.getName().equals(ABOUT)) {
          out.write(dated(in.getInputStream(entry).readAllBytes(), day));
        } else {
          in.getInputStream(entry).transferTo(out);
        }
        out.closeEntry();
      }
      out.finish();
    }
  }

  private static byte[] dated(byte[] about, LocalDate day) {
    return new String(about, StandardCharsets.UTF_8)
        .replaceAll("(<dcterms:(?:created|modified)[^>]*>)[^<]*", "$1" + day + "T00:00:00Z")
        .getBytes(StandardCharsets.UTF_8);
  }
}
