package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The users that one source brought on one day, as AppsFlyer adds them up.
 *
 * @param campaign null for organic
 * @param installs how many they are
 * @param buyers how many of them bought
 * @param orders how many purchases
 * @param revenue won that they brought up to each age in days, 0 first; only ages that are over
 */
public record InstallDay(
    LocalDate day,
    String mediaSource,
    Campaign campaign,
    long installs,
    long buyers,
    long orders,
    List<Long> revenue) {
  private record Key(LocalDate day, String mediaSource, Campaign campaign) {}

  /** All of them, by day. */
  public static List<InstallDay> of(Market market) {
    Map<Key, List<User>> groups = new LinkedHashMap<>();
    for (User user : market.users()) {
      Key key = new Key(user.installedAt().toLocalDate(), user.mediaSource(), user.campaign());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(user);
    }
    Map<User, List<Event>> purchases =
        market.events().stream()
            .filter(event -> event.name().equals("af_purchase"))
            .collect(Collectors.groupingBy(Event::user));
    LocalDate end = market.from().plusDays(market.days());
    List<InstallDay> days = new ArrayList<>();
    groups.forEach((key, users) -> days.add(added(key, users, purchases, end)));
    return days;
  }

  private static InstallDay added(
      Key key, List<User> users, Map<User, List<Event>> purchases, LocalDate end) {
    long[] byAge = new long[(int) ChronoUnit.DAYS.between(key.day, end)];
    long buyers = 0;
    long orders = 0;
    for (User user : users) {
      List<Event> bought = purchases.getOrDefault(user, List.of());
      buyers += bought.isEmpty() ? 0 : 1;
      orders += bought.size();
      bought.forEach(
          event ->
              byAge[(int) ChronoUnit.DAYS.between(key.day, event.at().toLocalDate())] +=
                  event.revenue());
    }
    List<Long> revenue = new ArrayList<>();
    long sum = 0;
    for (long of : byAge) {
      sum += of;
      revenue.add(sum);
    }
    return new InstallDay(
        key.day, key.mediaSource, key.campaign, users.size(), buyers, orders, List.copyOf(revenue));
  }

  /** All that they brought so far, won. */
  public long total() {
    return revenue.get(revenue.size() - 1);
  }

  /** What the campaign says it costs a day, won; nothing for organic. */
  public long cost() {
    return campaign == null ? 0 : Math.round(campaign.dailySpend());
  }

  /** Won per install. */
  public long costPerInstall() {
    return cost() / installs;
  }
}
