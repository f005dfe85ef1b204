package ltv.calculate.report.type.site;

import static ltv.calculate.report.type.Marts.row;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.type.ReportType;

/** A site whose revenue rises by its visitors. */
public final class SiteWorld {
  private SiteWorld() {}

  /** The marts of a week that is over. */
  public static Marts whole() {
    Marts marts = new Marts(Marts.SUNDAY, ReportType.SITE);
    List<Map<String, String>> rows = new ArrayList<>();
    rows.add(week("all", "all", "all", -2, 900, 45, 90, "900000", "21.2"));
    rows.add(week("all", "all", "all", -1, 1000, 50, 100, "1000000", "0.1"));
    rows.add(week("all", "all", "all", 0, 1200, 60, 120, "1260000", "0.26"));
    rows.add(week("channel", "meta", "all", -1, 600, 30, 60, "600000", null));
    rows.add(week("channel", "meta", "all", 0, 850, 42, 84, "900000", "0.5"));
    rows.add(week("channel", "naver_search_ad", "all", -1, 100, 5, 10, "100000", null));
    rows.add(week("channel", "organic", "all", -1, 300, 15, 30, "300000", null));
    rows.add(week("channel", "organic", "all", 0, 350, 18, 36, "360000", "0.2"));
    rows.add(week("platform", "all", "ios", 0, 1200, 60, 120, "1260000", "0.26"));
    rows.get(0).put("days_seen_before", "3");
    marts.give("mart_site_weekly", rows);
    marts.give("mart_path", paths());
    marts.give(
        "mart_path_step",
        step(1, "add_to_cart", 600, 120, 1400, 30, "1.8", "1.2", "2.6"),
        step(2, "view_item", 900, 90, 1100, 60, "1.1", "0.9", "1.4"),
        step(3, "help", 50, 1, 1950, 149, "0.3", "0.1", "0.8"));
    marts.give(
        "mart_frequent_behaviour",
        behaviour("everybody", "everybody", 500, "0.12", null, null, null, "false"),
        behaviour("event", "purchase", 60, "0.4", "4.1", "2.7", "6.0", "true"),
        behaviour("visit_days", "visited on 3 days or more", 80, "0.3", "2.1", "0.9", "3", "true"),
        behaviour("event", "rare", 9, "0.9", "9", "8", "10", "false"));
    marts.give(
        "mart_segment_movement",
        move("none", "new", 40, 1),
        move("new", "new", 300, 90),
        move("new", "growing", 20, 0),
        move("vip", "vip", 5, 2));
    return marts;
  }

  public static Map<String, String> week(
      String level,
      String channel,
      String platform,
      int weeks,
      long visitors,
      long bought,
      long orders,
      String revenue,
      String change) {
    LocalDate monday = Marts.WEEK.monday().plusWeeks(weeks);
    return row(
        "level", level,
        "channel", channel,
        "platform", platform,
        "week_start", monday,
        "week_end", monday.plusDays(6),
        "week_state", "complete",
        "days", 7,
        "days_seen", 7,
        "days_seen_before", 7,
        "visitors", visitors,
        "new_visitors", visitors / 2,
        "sessions", visitors * 2,
        "orders", orders,
        "buyers", bought,
        "visitors_who_bought", bought,
        "revenue", revenue,
        "conversion_rate", (double) bought / visitors,
        "average_order_value", Double.parseDouble(revenue) / orders,
        "visitors_change", change,
        "revenue_change", change);
  }

  private static List<Map<String, String>> paths() {
    return Arrays.asList(
        path(1, 400, 80, "2.0", "1.5", "2.6", "search", "view_item", "add_to_cart"),
        path(2, 300, 30, "1.0", "0.7", "1.4", "view_item", "add_to_cart"),
        path(3, 200, 10, "0.5", "0.3", "0.9", "view_item"),
        path(4, 50, 0, "0", null, null, "search", "help", "search", "help", "view_item"));
  }

  public static Map<String, String> path(
      int rank, long users, long conversions, String lift, String low, String high, String... s) {
    Map<String, String> row =
        row(
            "target",
            "first_order",
            "scope",
            "all",
            "channel",
            "all",
            "campaign_id",
            "all",
            "platform",
            "all",
            "path_rank",
            rank,
            "path",
            String.join(" > ", s),
            "steps",
            s.length,
            "users",
            users,
            "conversions",
            conversions,
            "conversion_rate",
            (double) conversions / users,
            "base_rate",
            .1,
            "lift",
            lift,
            "lift_low",
            low,
            "lift_high",
            high,
            "median_hours",
            conversions == 0 ? null : "30.5");
    for (int i = 0; i < s.length; i++) {
      row.put("step_" + (i + 1), s[i]);
    }
    return row;
  }

  public static Map<String, String> step(
      int rank,
      String step,
      long users,
      long conversions,
      long without,
      long conversionsWithout,
      String lift,
      String low,
      String high) {
    return row(
        "target", "first_order",
        "scope", "all",
        "step_rank", rank,
        "step", step,
        "users", users,
        "conversions", conversions,
        "conversion_rate", (double) conversions / users,
        "users_without", without,
        "conversions_without", conversionsWithout,
        "rate_without", (double) conversionsWithout / without,
        "lift", lift,
        "lift_low", low,
        "lift_high", high,
        "removal_effect", .5,
        "removal_low", .4,
        "removal_high", .6);
  }

  private static Map<String, String> behaviour(
      String kind,
      String behaviour,
      long users,
      String rate,
      String lift,
      String low,
      String high,
      String enough) {
    return row(
        "window_days", 7,
        "behaviour_kind", kind,
        "behaviour", behaviour,
        "users", users,
        "frequent_users", 1,
        "rate", rate,
        "other_rate", lift == null ? null : "0.1",
        "lift", lift,
        "lift_low", low,
        "lift_high", high,
        "coverage", .5,
        "is_enough", enough);
  }

  private static Map<String, String> move(String from, String to, long customers, long overdue) {
    return row(
        "segment_week_ago", from,
        "segment", to,
        "customers", customers,
        "paid", customers * 1000,
        "overdue_customers", overdue);
  }
}
