package ltv.calculate.report.type.product;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.drawing.Lines;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** All products' weeks, and those of the best. */
final class ProductWeeks {
  private static final int DAYS = 7;

  private final Facts facts;
  private final Text text;
  private final Map<LocalDate, Row> weeks = new TreeMap<>();

  ProductWeeks(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    facts.rows(ProductWeeks.class, "weeks").forEach(r -> weeks.put(r.date("week_start"), r));
  }

  boolean isEmpty() {
    return weeks.isEmpty();
  }

  /** A week by its Monday; null where no product was seen in it. */
  Row get(LocalDate monday) {
    return weeks.get(monday);
  }

  /** Whether it is the week reported, and not over. */
  boolean running(LocalDate monday) {
    return monday.equals(facts.week().monday()) && facts.asOf().isBefore(facts.week().sunday());
  }

  /** A number of a week that is over; null of one that runs, or that is not known. */
  Double past(LocalDate monday, String measure) {
    Row row = weeks.get(monday);
    return row == null || running(monday) ? null : row.number(measure);
  }

  /** Whether the week, and the one before by the days that this one has too, lack no day. */
  boolean comparable(LocalDate monday) {
    Row now = weeks.get(monday);
    Row before = weeks.get(monday.minusWeeks(1));
    long owed = running(monday) ? ChronoUnit.DAYS.between(monday, facts.asOf()) + 1 : DAYS;
    return now != null
        && before != null
        && now.count("days") == owed
        && before.count(running(monday) ? "days_alike" : "days") == owed;
  }

  /** Of a measure the week before, by as many days; null where that is not known. */
  Double before(LocalDate monday, String measure) {
    return comparable(monday)
        ? weeks.get(monday.minusWeeks(1)).number(running(monday) ? measure + "_alike" : measure)
        : null;
  }

  Section section() {
    List<Row> best = facts.rows(ProductWeeks.class, "best");
    List<Table> shown = new ArrayList<>();
    shown.add(weeksTable());
    if (!best.isEmpty()) {
      shown.add(bestTable(best));
    }
    return new Section(
        "weeks",
        text.of("product.name_weeks"),
        text.of("product.read_weeks"),
        best.isEmpty() ? Optional.empty() : Optional.of(chart(best)),
        shown);
  }

  private Table weeksTable() {
    List<List<Cell>> rows = new ArrayList<>();
    weeks.forEach(
        (monday, r) -> {
          Double before = before(monday, "revenue");
          rows.add(
              List.of(
                  Cell.of(text.range(new Week(monday))),
                  Cell.noted(r.count("views"), running(monday) ? finalOn() : null),
                  r.cell("carts"),
                  r.cell("cart_rate"),
                  r.cell("orders"),
                  r.cell("quantity"),
                  r.cell("repeat_rate"),
                  r.cell("revenue"),
                  Cell.change(r.number("revenue"), before)));
        });
    return Table.of(
        "weeks",
        text.of("product.caption_weeks"),
        List.of(
            Column.of(text.of("product.week"), Kind.TEXT),
            Column.of(text.of("product.views"), Kind.COUNT),
            Column.of(text.of("product.carts"), Kind.COUNT),
            Column.hinted(
                text.of("product.cart_rate"), Kind.PERCENT, text.of("product.hint_cart_rate")),
            Column.hinted(text.of("product.orders"), Kind.COUNT, text.of("product.hint_orders")),
            Column.of(text.of("product.quantity"), Kind.COUNT),
            Column.hinted(
                text.of("product.repeat_rate"), Kind.PERCENT, text.of("product.hint_repeat")),
            Column.of(text.of("product.revenue"), Kind.MONEY),
            Column.hinted(text.of("product.change"), Kind.CHANGE, text.of("product.hint_change"))),
        rows);
  }

  private String finalOn() {
    return text.of("common.final_on", text.day(facts.week().sunday()));
  }

  /** Of each of the best products what every week took; null where the week is not known. */
  private Map<String, List<Double>> byWeek(List<Row> best) {
    Map<String, List<Double>> products = new LinkedHashMap<>(); // the best first
    best.forEach(r -> products.computeIfAbsent(r.text("product_id"), id -> new ArrayList<>()));
    products.forEach(
        (id, revenue) ->
            weeks
                .keySet()
                .forEach(
                    monday ->
                        revenue.add(
                            best.stream()
                                .filter(r -> r.text("product_id").equals(id))
                                .filter(r -> r.date("week_start").equals(monday))
                                .findAny()
                                .map(r -> r.number("revenue"))
                                .orElse(0.0)))); // the week is known, and did not see it
    return products;
  }

  private Table bestTable(List<Row> best) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("product.product"), Kind.TEXT));
    weeks
        .keySet()
        .forEach(
            monday ->
                columns.add(
                    Column.hinted(monday.toString(), Kind.MONEY, text.range(new Week(monday)))));
    List<List<Cell>> rows = new ArrayList<>();
    byWeek(best)
        .forEach(
            (id, revenue) -> {
              List<Cell> cells = new ArrayList<>();
              cells.add(Cell.of(id));
              revenue.forEach(each -> cells.add(Cell.of(each)));
              rows.add(cells);
            });
    return Table.of("best", text.of("product.caption_best"), columns, rows);
  }

  private Chart chart(List<Row> best) {
    Map<String, List<Double>> products = byWeek(best);
    return new Chart(
        "lines",
        "lines",
        text.of("product.said_best", products.size(), weeks.size()),
        Lines.of(
            weeks.keySet().stream().map(week -> text.monday(new Week(week))).toList(),
            Kind.MONEY,
            products,
            text));
  }
}
