package ltv.calculate.publish;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.DataStatus.Mart;
import ltv.calculate.report.DataStatus.State;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.words.Text;

/** Small reports for tests. */
final class Reports {
  static final Instant MONDAY = Instant.parse("2026-11-23T01:00:00Z");
  static final Text KOREAN = new Text("ko", "KRW", ZoneId.of("Asia/Seoul"));
  static final Text ENGLISH = new Text("en", "KRW", ZoneId.of("Asia/Seoul"));

  /** Everything that has ever hurt a page, a header or a message. */
  static final String HOSTILE =
      "<script>alert(1)</script> =HYPERLINK(\"http://x\") \u202Eevil\u202C 😀 '; drop\r\nBcc: all@x.kr "
          + "가".repeat(300);

  private Reports() {}

  static Report report(String type, String week, String finding) {
    return report(type, week, finding, "run-1");
  }

  private static Report report(String type, String week, String finding, String run) {
    Table table =
        Table.of(
            "names",
            "Names",
            List.of(Column.of("Name", Kind.TEXT), Column.of("Users", Kind.COUNT)),
            List.of(
                List.of(Cell.of(finding), Cell.of(41L)),
                List.of(Cell.of("none"), Cell.of(null)),
                List.of(Cell.of("few"), new Cell(3L, -1, true, null))));
    return new Report(
        type,
        "shop",
        Week.of(week),
        Week.of(week).sunday(),
        new Content(
            finding,
            List.of(
                new Headline("Value", Kind.MONEY, 1234567.0, 1000000.0, 1, List.of()),
                new Headline("Again", Kind.PERCENT, null, 0.2, 1, List.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Section("names", "Names", "All.", Optional.empty(), List.of(table)))),
        new DataStatus(
            State.FINAL,
            List.of(),
            List.of(),
            List.of(),
            List.of(new Mart("mart_retention_cohort", run, "41-1"))));
  }

  static Draft draft(String type, String week, String finding) {
    return draft(type, week, finding, "run-1");
  }

  /** The same from marts that this run built. */
  static Draft draft(String type, String week, String finding, String run) {
    Report report = report(type, week, finding, run);
    return new Draft().add(report, KOREAN).add(report, ENGLISH);
  }

  static Notice notice(Version version, String finding) {
    return new Notice(
        version,
        report(version.type(), version.week(), finding),
        KOREAN,
        URI.create("https://reports.example.kr/"));
  }

  static LocalDate sunday(String week) {
    return Week.of(week).sunday();
  }
}
