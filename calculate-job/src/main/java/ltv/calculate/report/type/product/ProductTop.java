package ltv.calculate.report.type.product;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.words.Text;

/** The products that took most. */
final class ProductTop {
  private static final int TOP = 20;

  private final Text text;
  private final List<Product> products;
  private final ProductMovers movers;

  /**
   * Those of a week.
   *
   * @param products the one that took most first
   * @param movers what they took more or less
   */
  ProductTop(Text text, List<Product> products, ProductMovers movers) {
    this.text = text;
    this.products = products;
    this.movers = movers;
  }

  /** How much of all revenue the best product has. */
  Optional<String> share() {
    double all =
        products.stream()
            .map(Product::revenue)
            .filter(Objects::nonNull)
            .mapToDouble(revenue -> revenue)
            .sum();
    return products.stream()
        .filter(p -> p.revenue() != null && p.revenue() > 0)
        .findFirst()
        .map(p -> text.of("product.share", p.said(), text.value(p.revenue() / all, Kind.PERCENT)));
  }

  Section section() {
    List<List<Cell>> rows =
        products.stream().filter(Product::isSeen).limit(TOP).map(this::row).toList();
    return new Section(
        "products",
        text.of("product.name_products"),
        text.of(rows.isEmpty() ? "product.nothing" : "product.read_products"),
        Optional.empty(),
        rows.isEmpty()
            ? List.of()
            : List.of(Table.of("products", text.of("product.caption_products"), columns(), rows)));
  }

  private List<Column> columns() {
    return List.of(
        Column.of(text.of("product.product"), Kind.TEXT),
        Column.of(text.of("product.revenue"), Kind.MONEY),
        movers.column(),
        Column.of(text.of("product.views"), Kind.COUNT),
        Column.hinted(text.of("product.viewers"), Kind.COUNT, text.of("product.hint_viewers")),
        Column.of(text.of("product.carts"), Kind.COUNT),
        Column.of(text.of("product.product_orders"), Kind.COUNT),
        Column.of(text.of("product.quantity"), Kind.COUNT),
        Column.hinted(
            text.of("product.order_rate"), Kind.PERCENT, text.of("product.hint_order_rate")),
        Column.hinted(
            text.of("product.repeat_rate"), Kind.PERCENT, text.of("product.hint_repeat")));
  }

  private List<Cell> row(Product product) {
    return List.of(
        Cell.of(product.id()),
        product.row().cell("revenue"),
        movers.cell(product),
        product.row().cell("views"),
        product.row().cell("viewers"),
        product.row().cell("carts"),
        product.row().cell("orders"),
        product.row().cell("quantity"),
        product.orderRate(text),
        product.repeatRate(text));
  }
}
