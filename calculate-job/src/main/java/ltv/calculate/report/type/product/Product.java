package ltv.calculate.report.type.product;

import ltv.calculate.report.Cell;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/**
 * What a week tells of a product, and of the week before.
 *
 * @param row of the query {@code products}
 */
record Product(Row row) {
  String id() {
    return row.text("product_id");
  }

  /** Its id within a sentence. */
  String said() {
    return Text.foreign(id());
  }

  long views() {
    return row.count("views");
  }

  long orders() {
    return row.count("orders");
  }

  /** Whether anybody looked at it, put it into a cart or ordered it. */
  boolean isSeen() {
    return views() + row.count("carts") + orders() > 0;
  }

  /** Null where it is not known. */
  Double revenue() {
    return row.number("revenue");
  }

  /** Of the week before. */
  Double revenueBefore() {
    return row.number("revenue_before");
  }

  /** How much more it took than the week before, where both are known. */
  double move() {
    return revenue() - revenueBefore();
  }

  boolean isMoved() {
    return revenue() != null && revenueBefore() != null && move() != 0;
  }

  /** How far orders moved, in standard errors of their difference. */
  double surprise() {
    return Chance.counts(orders(), row.count("orders_before"));
  }

  /** Orders by views. */
  Cell orderRate(Text text) {
    return rate("order_rate", views(), text);
  }

  /** Of buyers those who had bought it before. */
  Cell repeatRate(Text text) {
    return rate("repeat_rate", row.count("buyers"), text);
  }

  private Cell rate(String name, Long of, Text text) {
    Double rate = row.number(name);
    return rate != null && of < Chance.FEW ? Cell.few(rate, text.of("common.few")) : Cell.of(rate);
  }
}
