package ltv.calculate.report.type.worth;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.words.Text;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;

/**
 * A small market by hand, as of Sunday 2026-11-22: Naver's users became dearer and come by another
 * campaign, Meta's cost more than they return, Adison's are not counted.
 */
public final class WorthWorld {
  public static final LocalDate NOW = LocalDate.of(2026, 11, 22);
  public static final Week WEEK = Week.of("2026-W47");
  public static final String HOSTILE =
      "=HYPERLINK(\"http://x\")<script>alert(1)</script> \u202Eeman";

  private final DuckDbSession session;
  private final Map<String, List<Map<String, String>>> marts = new TreeMap<>();
  private final Set<String> holes = new TreeSet<>();

  public WorthWorld(DuckDbSession session) {
    this.session = session;
  }

  public static Text korean() {
    return new Text("ko", "KRW", ZoneId.of("Asia/Seoul"));
  }

  /** A day that was not built. */
  public WorthWorld without(String day) {
    holes.add(day);
    return this;
  }

  /** A channel that a week saw is told of on each of its days, of most of them with nothing. */
  private void fill() {
    List<Map<String, String>> daily = marts.getOrDefault("mart_channel_daily", List.of());
    Map<LocalDate, String> weeks = new TreeMap<>();
    Set<String> days = new TreeSet<>(holes);
    for (Map<String, String> row : daily) {
      Week week = Week.with(LocalDate.parse(row.get("report_date")));
      weeks.putIfAbsent(week.monday(), row.get("channel"));
      days.add(row.get("report_date"));
    }
    weeks.forEach(
        (monday, channel) ->
            Stream.iterate(monday, day -> day.plusDays(1))
                .limit(7)
                .map(LocalDate::toString)
                .filter(days::add)
                .forEach(day -> daily(day, channel, 0, 0, 0, 0)));
  }

  /** The facts of a day after its rows were given. */
  public Facts facts(LocalDate asOf) {
    fill();
    for (String mart :
        List.of(
            "mart_channel_daily",
            "mart_ltv_campaign",
            "mart_roas_cohort",
            "mart_attribution",
            "mart_backtest")) {
      DuckDbCases.give(session, mart, marts.getOrDefault(mart, List.of()));
    }
    return new Facts(session, WEEK, asOf);
  }

  private WorthWorld add(String mart, Map<String, String> row) {
    marts.computeIfAbsent(mart, m -> new ArrayList<>()).add(row);
    return this;
  }

  public WorthWorld daily(
      String day, String channel, long spend, long users, long orders, long revenue) {
    return add(
        "mart_channel_daily",
        Map.of(
            "report_date", day,
            "channel", channel,
            "spend", "" + spend,
            "acquisitions", "" + users,
            "orders", "" + orders,
            "revenue", "" + revenue));
  }

  /** What is told of a group on a day; payback is {@code at low high}, a dash for unknown. */
  public WorthWorld worth(
      LocalDate asOf,
      String level,
      String channel,
      String campaign,
      int horizon,
      long users,
      long cost,
      double[] value,
      String payback) {
    Map<String, String> row = new TreeMap<>();
    row.put("as_of_date", asOf.toString());
    row.put("level", level);
    row.put("channel", channel);
    row.put("campaign_id", campaign);
    row.put("campaign_name", campaign.equals("c1") ? HOSTILE : campaign);
    row.put("horizon_days", "" + horizon);
    row.put("users", "" + users);
    row.put("payers", "1");
    row.put("cost", "" + cost);
    row.put("cpi", users == 0 ? null : "" + (double) cost / users);
    row.put("mature_users", "" + (horizon == 7 ? users : horizon == 30 ? users / 2 : 0));
    row.put("status", value == null ? "too_young" : "calibrated");
    if (cost > 0 && users > 0 && horizon <= 30) {
      row.put("roas", horizon == 7 ? "0.25" : "0.5");
    }
    if (value != null) {
      row.put("expected_value", "1");
      row.put("share_observed", "0.4");
      String[] names = {"pltv_low_80", "pltv", "pltv_high_80"};
      String[] ratios = {"proas_low_80", "proas", "proas_high_80"};
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], "" + value[i]);
        row.put(ratios[i], cost == 0 ? null : "" + value[i] * users / cost);
      }
      row.put("pltv_low_50", "" + value[0]);
      row.put("pltv_high_50", "" + value[2]);
    }
    String[] names = {"payback_days", "payback_days_low", "payback_days_high"};
    String[] days = payback.split(" ");
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], days[i].equals("-") ? null : days[i]);
    }
    return add("mart_ltv_campaign", row);
  }

  /** A week's users of a channel at an age. */
  public WorthWorld cohort(String week, String channel, int age, long users, long cost, long paid) {
    return add(
        "mart_roas_cohort",
        Map.of(
            "as_of_date", NOW.toString(),
            "channel", channel,
            "campaign_id", "c1",
            "cohort_week", week,
            "horizon_days", "" + age,
            "users", "" + users,
            "cost", "" + cost,
            "observed_value", "" + paid,
            "is_mature", "" + !LocalDate.parse(week).plusDays(6L + age).isAfter(NOW)));
  }

  private WorthWorld credit(String channel, String model, String conversions, long spend) {
    return add(
        "mart_attribution",
        Map.of(
            "as_of_date",
            NOW.toString(),
            "target",
            "first_order",
            "model",
            model,
            "channel",
            channel,
            "campaign_id",
            "c1",
            "conversions",
            conversions,
            "value",
            "1",
            "spend",
            "" + spend));
  }

  private static double[] band(double low, double value, double high) {
    return new double[] {low, value, high};
  }

  /** Everything as the class says. */
  public WorthWorld market() {
    LocalDate before = NOW.minusDays(7);
    return weeks()
        .worth(before, "all", "all", "all", 180, 300, 3_900_000, band(12e3, 15e3, 18e3), "99 80 -")
        .worth(NOW, "all", "all", "all", 180, 400, 5_200_000, band(12e3, 14e3, 16e3), "120 90 -")
        .worth(NOW, "all", "all", "all", 7, 400, 5_200_000, band(3e3, 3e3, 3e3), "120 90 -")
        .worth(NOW, "all", "all", "all", 30, 400, 5_200_000, band(6e3, 7e3, 8e3), "120 90 -")
        .worth(NOW, "all", "all", "all", 360, 400, 5_200_000, null, "120 90 -")
        .naver(before, 10_000, band(18e3, 20e3, 22e3), "41 38 52")
        .naver(NOW, 13_000, band(16_900, 18_200, 19_500), "62 55 70")
        .worth(
            before, "channel", "meta", "all", 180, 100, 2_000_000, band(10e3, 12e3, 14e3), "- - -")
        .worth(NOW, "channel", "meta", "all", 180, 100, 2_000_000, band(10e3, 12e3, 14e3), "- - -")
        .worth(NOW, "campaign", "meta", "m1", 180, 100, 2_000_000, band(10e3, 12e3, 14e3), "- - -")
        .worth(NOW, "channel", "adison", "all", 180, 0, 300_000, band(0, 0, 0), "- - -")
        .worth(NOW, "channel", "organic", "all", 180, 40, 0, band(9e3, 10e3, 11e3), "- - -")
        .worth(
            before,
            "campaign",
            "naver_search_ad",
            "c1",
            180,
            60,
            600_000,
            band(22e3, 24e3, 26e3),
            "30 25 40")
        .worth(
            before,
            "campaign",
            "naver_search_ad",
            "c2",
            180,
            40,
            400_000,
            band(13e3, 14e3, 15e3),
            "60 50 70")
        .worth(
            NOW,
            "campaign",
            "naver_search_ad",
            "c1",
            180,
            30,
            390_000,
            band(22e3, 24e3, 26e3),
            "30 25 40")
        .worth(
            NOW,
            "campaign",
            "naver_search_ad",
            "c2",
            180,
            70,
            910_000,
            band(13e3, 14e3, 15e3),
            "60 50 70")
        .cohort("2026-11-02", "naver_search_ad", 7, 50, 500_000, 250_000)
        .cohort("2026-11-09", "naver_search_ad", 7, 50, 500_000, 200_000)
        .cohort("2026-11-16", "naver_search_ad", 7, 50, 650_000, 90_000)
        .cohort("2026-11-02", "meta", 7, 20, 400_000, 20_000)
        .cohort("2026-11-09", "meta", 7, 60, 1_000_000, 60_000)
        .cohort("2026-11-09", "adison", 7, 0, 100_000, 0)
        .credits();
  }

  private WorthWorld naver(LocalDate asOf, long each, double[] value, String payback) {
    for (int horizon : new int[] {7, 30, 180}) {
      worth(asOf, "channel", "naver_search_ad", "all", horizon, 100, 100 * each, value, payback);
    }
    return this;
  }

  private WorthWorld weeks() {
    return daily("2026-11-02", "meta", 1_900_000, 95, 40, 700_000)
        .daily("2026-11-09", "meta", 2_000_000, 100, 41, 800_000)
        .daily("2026-11-16", "meta", 1_500_000, 78, 30, 500_000)
        .daily("2026-11-20", "meta", 500_000, 20, 12, 300_000)
        .daily("2026-11-09", "naver_search_ad", 1_000_000, 100, 20, 400_000)
        .daily("2026-11-16", "naver_search_ad", 1_100_000, 50, 21, 410_000)
        .daily("2026-11-09", "adison", 300_000, 0, 0, 0)
        .daily("2026-11-16", "adison", 300_000, 0, 0, 0)
        .daily("2026-11-09", "organic", 0, 40, 5, 90_000)
        .daily("2026-11-16", "organic", 0, 41, 5, 95_000);
  }

  private WorthWorld credits() {
    return credit("meta", "first", "6", 4_000_000)
        .credit("meta", "last", "4", 4_000_000)
        .credit("meta", "markov", "5.5", 4_000_000)
        .credit("organic", "first", "4", 0)
        .credit("organic", "last", "6", 0)
        .credit("organic", "markov", "4.5", 0)
        .credit("organic", "linear", "99", 0);
  }

  /** What earlier forecasts of an age did. */
  public WorthWorld test(int age, long tests, String bias, String coverage) {
    return add(
        "mart_backtest",
        Map.of(
            "as_of_date",
            NOW.toString(),
            "horizon_days",
            "" + age,
            "oldest_age_days",
            "" + (age - 1),
            "method",
            "forecast",
            "data",
            "revised",
            "test_dates",
            "4",
            "tests",
            "" + tests,
            "bias",
            bias,
            "wape",
            "0.2",
            "coverage_80",
            coverage));
  }
}
