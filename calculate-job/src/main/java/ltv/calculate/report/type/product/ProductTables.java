package ltv.calculate.report.type.product;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Verdict;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What the week tells of each product. */
final class ProductTables {
  private static final int TOP = 20;
  private static final int MOVERS = 5;
  private static final int UNSOLD = 10;
  private final Text text;
  private final List<Row> products;
  private final boolean comparable;
  private final long views;
  private final long orders;

  /**
   * Tables of a week.
   *
   * @param products those that the week or the one before saw, the one that took most first
   * @param comparable whether all days of the week before are known
   */
  ProductTables(Text text, List<Row> products, boolean comparable) {
    this.text = text;
    this.products = products;
    this.comparable = comparable;
    List<Row> seen = products.stream().filter(r -> r.count("views") > 0).toList();
    this.views = seen.stream().mapToLong(r -> r.count("views")).sum();
    this.orders = seen.stream().mapToLong(r -> r.count("orders")).sum();
  }

  /** Relative, null where there was nothing to compare with. */
  static Double change(Double now, Double before) {
    return now == null || before == null || before == 0 ? null : (Double) (now / before - 1);
  }

  private static double move(Row row) {
    return row.number("revenue") - row.number("revenue_before");
  }

  private static double surprise(Row row) {
    return Chance.counts(row.count("orders"), row.count("orders_before"));
  }

  /** Those whose revenue moved; none where that cannot be said. */
  private List<Row> moved() {
    return products.stream()
        .filter(r -> comparable)
        .filter(r -> r.number("revenue") != null && r.number("revenue_before") != null)
        .filter(r -> move(r) != 0)
        .sorted(
            Comparator.comparingDouble(ProductTables::move)
                .reversed()
                .thenComparing(r -> r.text("product_id")))
        .toList();
  }

  /** The product whose revenue moved most. */
  Optional<Row> largestMove() {
    return moved().stream().max(Comparator.comparingDouble(r -> Math.abs(move(r))));
  }

  /**
   * The product that rose or fell most, of those whose orders moved more than chance would.
   *
   * @param direction 1 for up, -1 for down
   */
  Optional<Row> surest(int direction) {
    return moved().stream()
        .filter(r -> move(r) * direction > 0 && surprise(r) * direction >= Chance.SURPRISING)
        .max(Comparator.comparingDouble(r -> Math.abs(move(r))));
  }

  /** How much of all revenue the best product has. */
  Optional<String> share() {
    double all =
        products.stream()
            .filter(r -> r.number("revenue") != null)
            .mapToDouble(r -> r.number("revenue"))
            .sum();
    return products.stream()
        .filter(r -> r.number("revenue") != null && r.number("revenue") > 0)
        .findFirst()
        .map(
            r ->
                text.of(
                    "product.share",
                    Text.foreign(r.text("product_id")),
                    text.value(r.number("revenue") / all, Kind.PERCENT)));
  }

  Section top() {
    List<List<Cell>> rows =
        products.stream()
            .filter(r -> r.count("views") + r.count("carts") + r.count("orders") > 0)
            .limit(TOP)
            .map(this::topRow)
            .toList();
    return new Section(
        "products",
        text.of("product.name_products"),
        text.of(rows.isEmpty() ? "product.nothing" : "product.read_products"),
        Optional.empty(),
        rows.isEmpty()
            ? List.of()
            : List.of(
                Table.of(
                    "products",
                    text.of("product.caption_products"),
                    List.of(
                        Column.of(text.of("product.product"), Kind.TEXT),
                        Column.of(text.of("product.revenue"), Kind.MONEY),
                        changeColumn(),
                        Column.of(text.of("product.views"), Kind.COUNT),
                        Column.hinted(
                            text.of("product.viewers"),
                            Kind.COUNT,
                            text.of("product.hint_viewers")),
                        Column.of(text.of("product.carts"), Kind.COUNT),
                        Column.of(text.of("product.product_orders"), Kind.COUNT),
                        Column.of(text.of("product.quantity"), Kind.COUNT),
                        Column.hinted(
                            text.of("product.order_rate"),
                            Kind.PERCENT,
                            text.of("product.hint_order_rate")),
                        Column.hinted(
                            text.of("product.repeat_rate"),
                            Kind.PERCENT,
                            text.of("product.hint_repeat"))),
                    rows)));
  }

  private Column changeColumn() {
    return Column.hinted(text.of("product.change"), Kind.CHANGE, text.of("product.hint_change"));
  }

  private Cell changed(Row row) {
    return Cell.of(comparable ? change(row.number("revenue"), row.number("revenue_before")) : null);
  }

  private List<Cell> topRow(Row row) {
    return List.of(
        Cell.of(row.text("product_id")),
        row.cell("revenue"),
        changed(row),
        row.cell("views"),
        row.cell("viewers"),
        row.cell("carts"),
        row.cell("orders"),
        row.cell("quantity"),
        rate(row, "order_rate", "views"),
        rate(row, "repeat_rate", "buyers"));
  }

  private Cell rate(Row row, String rate, String of) {
    boolean few = row.number(rate) != null && row.count(of) < Chance.FEW;
    return new Cell(row.number(rate), -1, few, few ? text.of("common.few") : null);
  }

  Section movers() {
    List<Row> moved = moved();
    List<Row> up = moved.stream().filter(r -> move(r) > 0).limit(MOVERS).toList();
    List<Row> down =
        moved.stream()
            .filter(r -> move(r) < 0)
            .sorted(
                Comparator.comparingDouble(ProductTables::move)
                    .thenComparing(r -> r.text("product_id")))
            .limit(MOVERS)
            .toList();
    List<Table> tables = new ArrayList<>();
    if (!up.isEmpty()) {
      tables.add(moversTable("risers", up));
    }
    if (!down.isEmpty()) {
      tables.add(moversTable("fallers", down));
    }
    return new Section(
        "movers",
        text.of("product.name_movers"),
        text.of(
            !comparable
                ? "product.not_comparable"
                : tables.isEmpty() ? "product.no_movers" : "product.read_movers"),
        Optional.empty(),
        tables);
  }

  private Table moversTable(String id, List<Row> rows) {
    return Table.of(
        id,
        text.of("product.caption_" + id),
        List.of(
            Column.of(text.of("product.product"), Kind.TEXT),
            Column.of(text.of("product.revenue_before"), Kind.MONEY),
            Column.of(text.of("product.revenue"), Kind.MONEY),
            changeColumn(),
            Column.of(text.of("product.orders_before"), Kind.COUNT),
            Column.of(text.of("product.product_orders"), Kind.COUNT),
            Column.hinted(
                text.of("product.verdict"), Kind.TEXT, text.of("product.hint_orders_verdict"))),
        rows.stream()
            .map(
                r ->
                    List.of(
                        Cell.of(r.text("product_id")),
                        r.cell("revenue_before"),
                        r.cell("revenue"),
                        changed(r),
                        r.cell("orders_before"),
                        r.cell("orders"),
                        Cell.of(verdict(surprise(r)))))
            .toList());
  }

  private Verdict verdict(double surprise) {
    return Math.abs(surprise) < Chance.SURPRISING
        ? new Verdict(0, text.of("common.verdict_chance"))
        : surprise > 0
            ? new Verdict(1, text.of("product.verdict_up"))
            : new Verdict(-1, text.of("product.verdict_down"));
  }

  /** Orders that a product's looks would have brought at the rate of all others. */
  private double expected(Row row) {
    long others = views - row.count("views");
    return others == 0 ? 0 : (double) row.count("views") * (orders - row.count("orders")) / others;
  }

  /** Looked at, and bought more rarely than chance explains; those that miss most orders first. */
  private List<Row> rarelyBought() {
    return products.stream()
        .filter(r -> r.count("views") > 0)
        .filter(r -> Chance.expected(r.count("orders"), expected(r)) <= -Chance.RARE)
        .sorted(
            Comparator.<Row>comparingDouble(r -> expected(r) - r.count("orders"))
                .reversed()
                .thenComparing(r -> r.text("product_id")))
        .limit(UNSOLD)
        .toList();
  }

  Section unsold() {
    List<Row> rows = rarelyBought();
    return new Section(
        "unsold",
        text.of("product.name_unsold"),
        text.of(rows.isEmpty() ? "product.no_unsold" : "product.read_unsold"),
        Optional.empty(),
        rows.isEmpty()
            ? List.of()
            : List.of(
                Table.of(
                    "unsold",
                    text.of("product.caption_unsold"),
                    List.of(
                        Column.of(text.of("product.product"), Kind.TEXT),
                        Column.of(text.of("product.views"), Kind.COUNT),
                        Column.of(text.of("product.carts"), Kind.COUNT),
                        Column.of(text.of("product.product_orders"), Kind.COUNT),
                        Column.hinted(
                            text.of("product.expected"),
                            Kind.COUNT,
                            text.of("product.hint_expected")),
                        Column.hinted(
                            text.of("product.order_rate"),
                            Kind.PERCENT,
                            text.of("product.hint_order_rate"))),
                    rows.stream()
                        .map(
                            r ->
                                List.of(
                                    Cell.of(r.text("product_id")),
                                    r.cell("views"),
                                    r.cell("carts"),
                                    r.cell("orders"),
                                    Cell.of(expected(r)),
                                    rate(r, "order_rate", "views")))
                        .toList())));
  }

  /** The product that is most looked at for nothing. */
  Optional<String> lookedAt() {
    return rarelyBought().stream()
        .findFirst()
        .map(
            r ->
                text.of(
                    "product.act_unsold",
                    Text.foreign(r.text("product_id")),
                    text.value(r.count("views"), Kind.COUNT),
                    text.value(r.count("orders"), Kind.COUNT),
                    text.value(expected(r), Kind.COUNT)));
  }
}
