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
import ltv.calculate.report.words.Text;

/** What products took more or less than the week before. */
final class ProductMovers {
  private static final int MOVERS = 5;

  private final Text text;
  private final List<Product> products;
  private final boolean comparable;

  /**
   * Those of a week.
   *
   * @param products those that the week or the one before saw
   * @param comparable whether all days of the week before are known
   */
  ProductMovers(Text text, List<Product> products, boolean comparable) {
    this.text = text;
    this.products = products;
    this.comparable = comparable;
  }

  /** Those whose revenue moved; none where that cannot be said. */
  private List<Product> moved() {
    return products.stream()
        .filter(p -> comparable && p.isMoved())
        .sorted(Comparator.comparingDouble(Product::move).reversed().thenComparing(Product::id))
        .toList();
  }

  /** The product whose revenue moved most. */
  Optional<Product> largest() {
    return moved().stream().max(Comparator.comparingDouble(p -> Math.abs(p.move())));
  }

  /**
   * The product that rose or fell most, of those whose orders moved more than chance would.
   *
   * @param direction 1 for up, -1 for down
   */
  Optional<Product> surest(int direction) {
    return moved().stream()
        .filter(p -> p.move() * direction > 0 && p.surprise() * direction >= Chance.SURPRISING)
        .max(Comparator.comparingDouble(p -> Math.abs(p.move())));
  }

  /** Column of the relative change of revenue. */
  Column column() {
    return Column.hinted(text.of("product.change"), Kind.CHANGE, text.of("product.hint_change"));
  }

  /** What {@link #column} holds. */
  Cell cell(Product product) {
    return comparable ? Cell.change(product.revenue(), product.revenueBefore()) : Cell.of(null);
  }

  Section section() {
    List<Product> moved = moved();
    List<Product> up = moved.stream().filter(p -> p.move() > 0).limit(MOVERS).toList();
    List<Product> down =
        moved.stream()
            .filter(p -> p.move() < 0)
            .sorted(Comparator.comparingDouble(Product::move).thenComparing(Product::id))
            .limit(MOVERS)
            .toList();
    List<Table> tables = new ArrayList<>();
    if (!up.isEmpty()) {
      tables.add(table("risers", up));
    }
    if (!down.isEmpty()) {
      tables.add(table("fallers", down));
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

  private Table table(String id, List<Product> products) {
    return Table.of(
        id,
        text.of("product.caption_" + id),
        List.of(
            Column.of(text.of("product.product"), Kind.TEXT),
            Column.of(text.of("product.revenue_before"), Kind.MONEY),
            Column.of(text.of("product.revenue"), Kind.MONEY),
            column(),
            Column.of(text.of("product.orders_before"), Kind.COUNT),
            Column.of(text.of("product.product_orders"), Kind.COUNT),
            Column.hinted(
                text.of("product.verdict"), Kind.TEXT, text.of("product.hint_orders_verdict"))),
        products.stream()
            .map(
                p ->
                    List.of(
                        Cell.of(p.id()),
                        p.row().cell("revenue_before"),
                        p.row().cell("revenue"),
                        cell(p),
                        p.row().cell("orders_before"),
                        p.row().cell("orders"),
                        Cell.of(verdict(p.surprise()))))
            .toList());
  }

  private Verdict verdict(double surprise) {
    return Math.abs(surprise) < Chance.SURPRISING
        ? new Verdict(0, text.of("common.verdict_chance"))
        : surprise > 0
            ? new Verdict(1, text.of("product.verdict_up"))
            : new Verdict(-1, text.of("product.verdict_down"));
  }
}
