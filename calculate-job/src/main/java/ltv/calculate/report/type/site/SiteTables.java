package ltv.calculate.report.type.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** The site's weeks, and the week by channel and platform. */
final class SiteTables {
  private final Text text;
  private final Collection<Row> weeks;
  private final Row week;
  private final List<Row> levels;

  /**
   * Tables of a week.
   *
   * @param weeks up to it, the oldest first
   * @param week itself; null where nobody was seen
   * @param levels its channels and platforms
   */
  SiteTables(Text text, Collection<Row> weeks, Row week, List<Row> levels) {
    this.text = text;
    this.weeks = weeks;
    this.week = week;
    this.levels = levels;
  }

  /** Whether the week and the days it is compared with were seen on all their days. */
  static boolean comparable(Row row) {
    return row.count("days_seen") >= row.count("days")
        && row.count("days_seen_before") >= row.count("days");
  }

  static boolean running(Row row) {
    return row.text("week_state").equals("partial");
  }

  /** The rows of a level: channel or platform. */
  List<Row> of(String level) {
    return levels.stream().filter(r -> r.text("level").equals(level)).toList();
  }

  Section weeks() {
    List<List<Cell>> rows = new ArrayList<>();
    weeks.forEach(r -> rows.add(weekRow(r)));
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("site.week"), Kind.TEXT));
    columns.addAll(measures());
    return new Section(
        "weeks",
        text.of("site.name_weeks"),
        text.of(rows.isEmpty() ? "site.no_weeks" : "site.read_weeks"),
        Optional.empty(),
        rows.isEmpty()
            ? List.of()
            : List.of(Table.of("weeks", text.of("site.caption_weeks"), columns, rows)));
  }

  private List<Column> measures() {
    return List.of(
        Column.of(text.of("site.visitors"), Kind.COUNT),
        Column.hinted(
            text.of("site.visitors_change"), Kind.CHANGE, text.of("site.hint_visitors_change")),
        Column.of(text.of("site.new_visitors"), Kind.COUNT),
        Column.of(text.of("site.sessions"), Kind.COUNT),
        Column.of(text.of("site.orders"), Kind.COUNT),
        Column.hinted(
            text.of("site.conversion_rate"), Kind.PERCENT, text.of("site.hint_conversion")),
        Column.of(text.of("site.average_order_value"), Kind.MONEY),
        Column.of(text.of("site.revenue"), Kind.MONEY),
        Column.hinted(
            text.of("site.revenue_change"), Kind.CHANGE, text.of("site.hint_revenue_change")));
  }

  private List<Cell> weekRow(Row row) {
    String note =
        running(row)
            ? text.of("common.final_on", text.day(row.date("week_end")))
            : row.count("days_seen") < row.count("days")
                ? text.of("site.days_seen", row.count("days_seen"), row.count("days"))
                : null;
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(text.range(new Week(row.date("week_start")))));
    cells.add(Cell.noted(row.count("visitors"), note));
    cells.addAll(measured(row, comparable(row)));
    return cells;
  }

  /** Of a row all but the visitors; without changes where days are missing. */
  private static List<Cell> measured(Row row, boolean comparable) {
    return List.of(
        comparable ? row.cell("visitors_change") : Cell.of(null),
        row.cell("new_visitors"),
        row.cell("sessions"),
        row.cell("orders"),
        row.cell("conversion_rate"),
        row.cell("average_order_value"),
        row.cell("revenue"),
        comparable ? row.cell("revenue_change") : Cell.of(null));
  }

  Section levels() {
    List<Table> tables = new ArrayList<>();
    for (String level : List.of("channel", "platform")) {
      List<List<Cell>> rows = new ArrayList<>();
      for (Row row : of(level)) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(text.orSelf(level + "s", row.text("name"))));
        cells.add(row.cell("visitors"));
        cells.addAll(measured(row, week != null && comparable(week)));
        rows.add(cells);
      }
      List<Column> columns = new ArrayList<>();
      columns.add(Column.of(text.of("site." + level), Kind.TEXT));
      columns.addAll(measures());
      if (!rows.isEmpty()) {
        tables.add(Table.of(level + "s", text.of("site.caption_" + level + "s"), columns, rows));
      }
    }
    return new Section(
        "levels",
        text.of("site.name_levels"),
        text.of(tables.isEmpty() ? "site.no_levels" : "site.read_levels"),
        Optional.empty(),
        tables);
  }
}
