package ltv.calculate.report.type.product;

import static ltv.calculate.report.type.Marts.row;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.type.ReportType;

/** A shop of which one product rises, one falls, and one is looked at for nothing. */
public final class ProductWorld {
  private ProductWorld() {}

  /** The marts of a week, until a day of it; every product is seen on every day of two weeks. */
  public static Marts until(LocalDate asOf) {
    Marts marts = new Marts(asOf, ReportType.PRODUCT);
    List<Map<String, String>> rows = new ArrayList<>();
    for (LocalDate day = Marts.WEEK.monday().minusWeeks(1);
        !day.isAfter(asOf);
        day = day.plusDays(1)) {
      boolean now = !day.isBefore(Marts.WEEK.monday());
      rows.add(day(day, "plain", 100, 20, 10, 10, 2, 100_000));
      rows.add(day(day, "riser", 100, 20, now ? 20 : 8, 5, 1, now ? 400_000 : 160_000));
      rows.add(day(day, "faller", 100, 20, now ? 3 : 12, 3, 0, now ? 30_000 : 120_000));
      rows.add(day(day, "unsold", 200, 5, now ? 1 : 2, 1, 0, now ? 5_000 : 10_000));
      rows.add(day(day, "seen", 1, 0, 0, 0, 0, null));
    }
    marts.give("mart_product_daily", rows);
    marts.give(
        "mart_product_pair",
        pair("plain", "riser", 30, .3, "2.5", "1.4"),
        pair("riser", "plain", 30, .2, "2.5", "1.3"),
        pair("plain", "faller", 15, .15, "1.1", "0.7"));
    return marts;
  }

  public static Map<String, String> day(
      LocalDate day,
      String product,
      long views,
      long carts,
      long orders,
      long buyers,
      long repeat,
      Integer revenue) {
    return row(
        "report_date", day,
        "product_id", product,
        "views", views,
        "viewers", views,
        "carts", carts,
        "cart_users", carts,
        "orders", orders,
        "quantity", orders + 1,
        "revenue", revenue,
        "buyers", buyers,
        "repeat_buyers", repeat);
  }

  public static Map<String, String> pair(
      String product, String with, long together, double confidence, String lift, String low) {
    return row(
        "product_id", product,
        "with_product_id", with,
        "orders_together", together,
        "orders", 100,
        "orders_with", 150,
        "all_orders", 1000,
        "support", together / 1000.0,
        "confidence", confidence,
        "lift", lift,
        "lift_low_95", low);
  }
}
