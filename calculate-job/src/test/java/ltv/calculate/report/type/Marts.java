package ltv.calculate.report.type;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.Report;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.words.Text;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;

/** Marts that tests make up, and the reports of a week that they give. */
public final class Marts implements AutoCloseable {
  public static final Week WEEK = Week.of("2026-W47");
  public static final LocalDate SUNDAY = LocalDate.of(2026, 11, 22);

  /** What nobody should call anything, and somebody will. */
  public static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "=HYPERLINK(\"http://x\",\"a\")",
          "\u202Egnp.eman",
          "👩‍👩‍👧 세일 🎉",
          "long ".repeat(60),
          "'; drop table x; --",
          "{0} 3:cart");

  private final DuckDbSession session = DuckDbCases.open();
  private final LocalDate asOf;

  public Marts(LocalDate asOf, ReportType type) {
    this.asOf = asOf;
    Stream.concat(type.marts().stream(), type.optional().stream())
        .forEach(mart -> give(mart, List.of()));
  }

  /** A row by its columns' names and values in turn. */
  public static Map<String, String> row(Object... values) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      row.put((String) values[i], values[i + 1] == null ? null : values[i + 1].toString());
    }
    return row;
  }

  /** Gives rows, of the as-of day where they name none. */
  @SafeVarargs
  public final void give(String mart, Map<String, String> first, Map<String, String>... others) {
    List<Map<String, String>> rows = new ArrayList<>(List.of(first));
    for (Map<String, String> row : others) {
      rows.add(row);
    }
    give(mart, rows);
  }

  public void give(String mart, List<Map<String, String>> rows) {
    rows.forEach(row -> row.putIfAbsent("as_of_date", asOf.toString()));
    DuckDbCases.give(session, mart, rows);
  }

  public Content content(ReportType type, String language, String... unknown) {
    return type.content(new Facts(session, WEEK, asOf, Set.of(unknown)), text(language));
  }

  public Report report(ReportType type, String language) {
    DataStatus status =
        new DataStatus(DataStatus.State.FINAL, List.of(), List.of(), List.of(), List.of());
    return new Report(type.code(), "shop", WEEK, asOf, content(type, language), status);
  }

  public static Text text(String language) {
    return new Text(language, "KRW", ZoneId.of("Asia/Seoul"));
  }

  public static Section section(Content content, String id) {
    return content.sections().stream().filter(s -> s.id().equals(id)).findAny().orElseThrow();
  }

  public static Table table(Content content, String id) {
    return content.sections().stream()
        .flatMap(s -> s.tables().stream())
        .filter(t -> t.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** The cell of a row and a column by their names. */
  public static Cell cell(Table table, String row, String column) {
    int c = table.columns().stream().map(Column::label).toList().indexOf(column);
    return table.rows().stream()
        .filter(r -> row.equals(r.get(0).value()))
        .findFirst()
        .orElseThrow()
        .get(c);
  }

  /** The values of a row by its name. */
  public static List<Object> values(Table table, String name) {
    return table.rows().stream()
        .filter(row -> row.get(0).value().equals(name))
        .findAny()
        .orElseThrow()
        .stream()
        .map(Cell::value)
        .toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
