package ltv.calculate.report.type.product;

import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Verdict;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What is bought together. */
final class ProductPairs {
  static final String PAIRS = "mart_product_pair";

  private final Facts facts;
  private final Text text;
  private final List<Row> pairs;

  ProductPairs(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.pairs = facts.rows(ProductPairs.class, "pairs");
  }

  Section section() {
    return new Section(
        "pairs",
        text.of("product.name_pairs"),
        !facts.knows(PAIRS)
            ? text.of("product.unknown", PAIRS, facts.asOf())
            : text.of(pairs.isEmpty() ? "product.no_pairs" : "product.read_pairs"),
        Optional.empty(),
        pairs.isEmpty() ? List.of() : List.of(table()));
  }

  private Table table() {
    return Table.of(
        "pairs",
        text.of("product.caption_pairs"),
        List.of(
            Column.of(text.of("product.product"), Kind.TEXT),
            Column.of(text.of("product.with"), Kind.TEXT),
            Column.of(text.of("product.orders_together"), Kind.COUNT),
            Column.hinted(
                text.of("product.confidence"), Kind.PERCENT, text.of("product.hint_confidence")),
            Column.hinted(text.of("product.lift"), Kind.TIMES, text.of("product.hint_lift")),
            Column.of(text.of("product.lift_low"), Kind.TIMES),
            Column.of(text.of("product.verdict"), Kind.TEXT)),
        pairs.stream()
            .map(
                r ->
                    List.of(
                        Cell.of(r.text("product_id")),
                        Cell.of(r.text("with_product_id")),
                        r.cell("orders_together"),
                        r.cell("confidence"),
                        r.cell("lift"),
                        r.cell("lift_low_95"),
                        Cell.of(
                            r.number("lift_low_95") > 1
                                ? new Verdict(1, text.of("common.verdict_more"))
                                : new Verdict(0, text.of("common.verdict_even")))))
            .toList());
  }

  /** The pair that is most surely bought together. */
  Optional<String> together() {
    return pairs.stream()
        .filter(r -> r.number("lift_low_95") > 1)
        .findFirst()
        .map(
            r ->
                text.of(
                    "product.act_pair",
                    Text.foreign(r.text("product_id")),
                    Text.foreign(r.text("with_product_id")),
                    text.value(r.number("lift"), Kind.TIMES)));
  }
}
