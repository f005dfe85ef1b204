package ltv.calculate.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.calculate.report.Report.Content;

/** The products' week: what was looked at, bought, and bought together. */
final class ProductReport {
  static final List<String> MARTS = List.of("mart_product_daily");
  static final List<String> OPTIONAL = List.of(ProductPairs.PAIRS);

  /** Twelve weeks, whichever day of the last of them is known. */
  static final int WEEKS = 12;

  private final Facts facts;
  private final Text text;
  private final Map<LocalDate, Row> weeks = new TreeMap<>();
  private final Row week;
  private final List<Row> products;
  private final ProductTables tables;
  private final ProductPairs pairs;

  private ProductReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    facts.rows("product_weeks").forEach(r -> weeks.put(r.date("week_start"), r));
    this.week = weeks.get(monday());
    this.products = facts.rows("product_products");
    this.tables = new ProductTables(text, products, comparable(monday()));
    this.pairs = new ProductPairs(facts, text);
  }

  static Content of(Facts facts, Text text) {
    return new ProductReport(facts, text).content();
  }

  private LocalDate monday() {
    return facts.week().monday();
  }

  private Content content() {
    List<Section> sections = new ArrayList<>();
    if (!weeks.isEmpty()) {
      sections.add(weeksSection());
    }
    if (!products.isEmpty()) {
      sections.add(tables.top());
      sections.add(tables.movers());
      sections.add(tables.unsold());
    }
    sections.add(pairs.section());
    return new Content(
        finding(),
        weeks.isEmpty()
            ? List.of()
            : List.of(
                headline("revenue", Kind.MONEY),
                headline("orders", Kind.COUNT),
                headline("cart_rate", Kind.PERCENT),
                headline("repeat_rate", Kind.PERCENT)),
        changed(),
        reasons(),
        actions(),
        sections);
  }

  private boolean running(LocalDate monday) {
    return monday.equals(monday()) && facts.asOf().isBefore(facts.week().sunday());
  }

  /** The week before, by the days that this one has too. */
  private boolean comparable(LocalDate monday) {
    Row now = weeks.get(monday);
    Row before = weeks.get(monday.minusWeeks(1));
    return now != null
        && before != null
        && before.count(running(monday) ? "days_alike" : "days") >= now.count("days");
  }

  private Double before(LocalDate monday, String measure) {
    return comparable(monday)
        ? weeks.get(monday.minusWeeks(1)).number(running(monday) ? measure + "_alike" : measure)
        : null;
  }

  private Headline headline(String measure, Kind kind) {
    List<Double> past = new ArrayList<>();
    for (int back = WEEKS - 1; back >= 0; back--) {
      LocalDate monday = monday().minusWeeks(back);
      Row row = weeks.get(monday);
      past.add(row == null || running(monday) ? null : row.number(measure));
    }
    return new Headline(
        text.of("product." + measure),
        kind,
        week == null ? null : week.number(measure),
        before(monday(), measure),
        1,
        past);
  }

  private String change(String measure, Kind kind) {
    return text.change(headline(measure, kind));
  }

  private String finding() {
    if (weeks.isEmpty()) {
      return text.of("product.no_products");
    }
    if (week == null) {
      return text.of("product.nothing");
    }
    String revenue = text.value(week.number("revenue"), Kind.MONEY);
    if (before(monday(), "revenue") == null) {
      return text.of("product.alone", revenue);
    }
    String finding = text.of("product.finding", revenue, change("revenue", Kind.MONEY));
    return tables
        .largestMove()
        .map(move -> finding + " " + moved("product.finding_product", move))
        .orElse(finding);
  }

  private String moved(String key, Row product) {
    return text.of(
        key,
        Text.foreign(product.text("product_id")),
        text.value(product.number("revenue_before"), Kind.MONEY),
        text.value(product.number("revenue"), Kind.MONEY));
  }

  private List<String> changed() {
    if (week == null) {
      return List.of(text.of("product.nothing_changed"));
    }
    List<String> changed = new ArrayList<>();
    if (running(monday())) {
      changed.add(text.of("common.running"));
    }
    changed.add(
        text.of(
            "product.moved_orders",
            text.value(week.count("orders"), Kind.COUNT),
            change("orders", Kind.COUNT)));
    changed.add(
        text.of(
            "product.moved_cart",
            text.value(week.number("cart_rate"), Kind.PERCENT),
            change("cart_rate", Kind.PERCENT)));
    tables.share().ifPresent(changed::add);
    return changed;
  }

  private List<String> reasons() {
    if (!comparable(monday())) {
      return List.of(text.of("product.not_comparable"));
    }
    List<String> reasons = new ArrayList<>();
    tables.surest(1).ifPresent(riser -> reasons.add(moved("product.riser", riser)));
    tables.surest(-1).ifPresent(faller -> reasons.add(moved("product.faller", faller)));
    if (!reasons.isEmpty()) {
      reasons.add(text.of("product.no_cause"));
    }
    return reasons.isEmpty() ? List.of(text.of("product.no_reason")) : reasons;
  }

  private List<String> actions() {
    if (weeks.isEmpty()) {
      return List.of(text.of("product.act_send"));
    }
    List<String> actions = new ArrayList<>();
    tables
        .surest(-1)
        .ifPresent(
            r -> actions.add(text.of("product.act_faller", Text.foreign(r.text("product_id")))));
    tables.lookedAt().ifPresent(actions::add);
    pairs.together().ifPresent(actions::add);
    return actions.isEmpty() ? List.of(text.of("product.no_action")) : actions;
  }

  private Section weeksSection() {
    List<Row> best = facts.rows("product_best");
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
                  Cell.of(ProductTables.change(r.number("revenue"), before))));
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
    Map<String, List<Double>> products = new java.util.LinkedHashMap<>(); // the best first
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
            weeks.keySet().stream()
                .map(week -> text.range(new Week(week)).substring(0, 5))
                .toList(),
            Kind.MONEY,
            products,
            text));
  }
}
