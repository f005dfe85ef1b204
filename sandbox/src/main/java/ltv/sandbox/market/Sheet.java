package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab of a spreadsheet that the shop's people keep.
 *
 * @param title the tab's name
 * @param values rows of cells: texts, numbers, dates as days since 1899-12-30; the first is the
 *     header
 */
public record Sheet(String title, List<List<Object>> values) {
  /** Empty rows that every sheet has below its last one. */
  private static final int SPARE = 20;

  private static final LocalDate FIRST_DAY = LocalDate.of(1899, 12, 30);
  private static final int TEST_USERS = 5;

  public Sheet {
    values = List.copyOf(values);
  }

  /** Rows that it has room for. */
  public int room() {
    return values.size() + SPARE;
  }

  /** Rows besides the header. */
  public long entries() {
    return values.size() - 1L;
  }

  /** The rows of a range, counted from 1. */
  public List<List<Object>> rows(int first, int last) {
    return values.subList(Math.min(first - 1, values.size()), Math.min(last, values.size()));
  }

  private static long serial(LocalDate day) {
    return ChronoUnit.DAYS.between(FIRST_DAY, day);
  }

  /** What people say of most campaigns, with a header of their own order. */
  public static Sheet guide(Market market) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("매체", "캠페인명", "캠페인 ID", "국가", "담당자", "시작일"));
    for (Campaign campaign : market.campaigns().stream().filter(Campaign::inGuide).toList()) {
      rows.add(
          List.of(
              campaign.channel(),
              campaign.name(),
              campaign.id(),
              "kr",
              "마케팅팀",
              serial(campaign.launchedOn())));
    }
    return new Sheet("campaign_guide", rows);
  }

  /** What people say of events. */
  public static Sheet eventGuide() {
    return new Sheet(
        "event_guide",
        List.of(
            List.of("출처", "이벤트명", "표준 이벤트", "담당자"),
            List.of("", Event.EXPLAINED, "add_to_wishlist", "마케팅팀")));
  }

  /** Who tests the app. */
  public static Sheet testUsers(Market market) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("value", "kind", "owner", "reason"));
    testUsersOf(market)
        .forEach(user -> rows.add(List.of(user.customerId(), "user_id", "QA", "개발팀 단말")));
    return new Sheet("test_users", rows);
  }

  /** The users of that list. */
  public static List<User> testUsersOf(Market market) {
    return market.users().stream()
        .filter(user -> user.habit() == Habit.SIGNS_IN)
        .limit(TEST_USERS)
        .toList();
  }

  /** What foreign money is worth, day by day. */
  public static Sheet rates(Market market) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("date", "from", "to", "rate"));
    for (int d = 0; d < market.days(); d++) {
      long day = serial(market.from().plusDays(d));
      rows.add(List.of(day, "USD", "KRW", 1400 + d * 0.5));
      rows.add(List.of(day, "JPY", "KRW", 9.5 + d * 0.125));
    }
    return new Sheet("exchange_rates", rows);
  }

  /** Adison's report of an account, a tab for each month, the last row of each a total. */
  public static List<Sheet> adison(Market market, String account) {
    List<Sheet> tabs = new ArrayList<>();
    for (YearMonth month : AdisonRow.months(market)) {
      List<List<Object>> rows = new ArrayList<>();
      rows.add(List.of("날짜", "캠페인ID", "캠페인명", "플랫폼", "광고유형", "노출", "클릭", "전환", "광고비"));
      for (AdisonRow row : AdisonRow.of(market, account, month)) {
        rows.add(
            List.of(
                serial(row.day()),
                row.campaign().id(),
                row.campaign().name(),
                row.platform(),
                "CPI",
                row.impressions(),
                row.clicks(),
                row.completions(),
                row.cost()));
      }
      rows.add(List.of("합계"));
      tabs.add(new Sheet(month.toString(), rows));
    }
    return tabs;
  }
}
