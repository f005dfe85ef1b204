package ltv.calculate.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ltv.calculate.report.Report.Content;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;

/** Marts that tests make up, and the reports of a week that they give. */
final class Marts implements AutoCloseable {
  static final Week WEEK = Week.of("2026-W47");
  static final LocalDate SUNDAY = LocalDate.of(2026, 11, 22);

  /** What nobody should call anything, and somebody will. */
  static final List<String> HOSTILE =
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

  Marts(LocalDate asOf, ReportType type) {
    this.asOf = asOf;
    Stream.concat(type.marts().stream(), type.optional().stream())
        .forEach(mart -> give(mart, List.of()));
  }

  /** A row by its columns' names and values in turn. */
  static Map<String, String> row(Object... values) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      row.put((String) values[i], values[i + 1] == null ? null : values[i + 1].toString());
    }
    return row;
  }

  /** Gives rows, of the as-of day where they name none. */
  @SafeVarargs
  final void give(String mart, Map<String, String> first, Map<String, String>... others) {
    List<Map<String, String>> rows = new ArrayList<>(List.of(first));
    for (Map<String, String> row : others) {
      rows.add(row);
    }
    give(mart, rows);
  }

  void give(String mart, List<Map<String, String>> rows) {
    rows.forEach(row -> row.putIfAbsent("as_of_date", asOf.toString()));
    DuckDbCases.give(session, mart, rows);
  }

  Content content(ReportType type, String language, String... unknown) {
    return type.content(new Facts(session, WEEK, asOf, Set.of(unknown)), text(language));
  }

  Report report(ReportType type, String language) {
    DataStatus status =
        new DataStatus(DataStatus.State.FINAL, List.of(), List.of(), List.of(), List.of());
    return new Report(type.code(), "shop", WEEK, asOf, content(type, language), status);
  }

  static Text text(String language) {
    return new Text(language, "KRW", ZoneId.of("Asia/Seoul"));
  }

  static Section section(Content content, String id) {
    return content.sections().stream().filter(s -> s.id().equals(id)).findAny().orElseThrow();
  }

  static Table table(Content content, String id) {
    return content.sections().stream()
        .flatMap(s -> s.tables().stream())
        .filter(t -> t.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** The values of a row by its name. */
  static List<Object> values(Table table, String name) {
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
