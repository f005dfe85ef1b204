package ltv.calculate.report.type.product;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.words.Text;

/** Products that are looked at, and bought more rarely than chance explains. */
final class ProductUnsold {
  private static final int MOST = 10;

  private final Text text;
  private final List<Product> seen;
  private final long views;
  private final long orders;

  /** Those of a week's products. */
  ProductUnsold(Text text, List<Product> products) {
    this.text = text;
    this.seen = products.stream().filter(p -> p.views() > 0).toList();
    this.views = seen.stream().mapToLong(Product::views).sum();
    this.orders = seen.stream().mapToLong(Product::orders).sum();
  }

  /** Orders that a product's looks would have brought at the rate of all others. */
  private double expected(Product product) {
    long others = views - product.views();
    return others == 0 ? 0 : (double) product.views() * (orders - product.orders()) / others;
  }

  /** Those that miss most orders first. */
  private List<Product> unsold() {
    return seen.stream()
        .filter(p -> Chance.expected(p.orders(), expected(p)) <= -Chance.RARE)
        .sorted(
            Comparator.<Product>comparingDouble(p -> expected(p) - p.orders())
                .reversed()
                .thenComparing(Product::id))
        .limit(MOST)
        .toList();
  }

  Section section() {
    List<Product> unsold = unsold();
    return new Section(
        "unsold",
        text.of("product.name_unsold"),
        text.of(unsold.isEmpty() ? "product.no_unsold" : "product.read_unsold"),
        Optional.empty(),
        unsold.isEmpty() ? List.of() : List.of(table(unsold)));
  }

  private Table table(List<Product> unsold) {
    return Table.of(
        "unsold",
        text.of("product.caption_unsold"),
        List.of(
            Column.of(text.of("product.product"), Kind.TEXT),
            Column.of(text.of("product.views"), Kind.COUNT),
            Column.of(text.of("product.carts"), Kind.COUNT),
            Column.of(text.of("product.product_orders"), Kind.COUNT),
            Column.hinted(
                text.of("product.expected"), Kind.COUNT, text.of("product.hint_expected")),
            Column.hinted(
                text.of("product.order_rate"), Kind.PERCENT, text.of("product.hint_order_rate"))),
        unsold.stream()
            .map(
                p ->
                    List.of(
                        Cell.of(p.id()),
                        p.row().cell("views"),
                        p.row().cell("carts"),
                        p.row().cell("orders"),
                        Cell.of(expected(p)),
                        p.orderRate(text)))
            .toList());
  }

  /** The product that is most looked at for nothing. */
  Optional<String> lookedAt() {
    return unsold().stream()
        .findFirst()
        .map(
            p ->
                text.of(
                    "product.act_unsold",
                    p.said(),
                    text.value(p.views(), Kind.COUNT),
                    text.value(p.orders(), Kind.COUNT),
                    text.value(expected(p), Kind.COUNT)));
  }
}
