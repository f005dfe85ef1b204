package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of installs and events counts, however often it is told, and what does not.
 *
 * @param installs by {@code day|channel|campaign}
 * @param orders number by day
 * @param revenue won by day
 * @param excluded rows that do not count of datasets that are built of all sources, by {@code
 *     dataset|reason}
 */
public record Counted(
    Map<String, Long> installs,
    Map<String, Long> orders,
    Map<String, Long> revenue,
    Map<String, Long> excluded) {
  /** The reason of who tests the app. */
  public static final String TEST_USER = "R17";

  /** The reason of an order that another source tells, too. */
  public static final String TWIN = "twin";

  static Counted of(Market market, Dirt dirt) {
    Counted counted =
        new Counted(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Set<User> testUsers = Set.copyOf(Sheet.testUsersOf(market));
    market.users().forEach(user -> counted.add(user, testUsers.contains(user)));
    market
        .events()
        .forEach(
            event ->
                counted.add(
                    event,
                    testUsers.contains(event.user()),
                    dirt.received(event, market),
                    dirt.sawAd(event)));
    return counted;
  }

  private void add(User user, boolean tests) {
    LocalDate day = user.installedAt().toLocalDate();
    String channel = user.campaign() == null ? "organic" : user.campaign().channel();
    String campaign = user.campaign() == null ? "organic" : user.campaign().id();
    if (tests) {
      excluded.merge("stg_install|" + TEST_USER, 1L, Long::sum);
    } else {
      installs.merge(day + "|" + channel + "|" + campaign, 1L, Long::sum);
    }
  }

  /** AppsFlyer's row of it, and with it Mixpanel's and Analytics', if they received it. */
  private void add(Event event, boolean tests, boolean received, boolean sawAd) {
    long rows = received ? 3 : 1;
    boolean order = event.name().equals("af_purchase");
    String day = event.at().toLocalDate().toString();
    if (tests) {
      excluded.merge("stg_event|" + TEST_USER, rows, Long::sum);
    }
    if (sawAd && tests) {
      excluded.merge("stg_order|" + TEST_USER, 1L, Long::sum);
    }
    if (order && tests) {
      excluded.merge("stg_order|" + TEST_USER, rows, Long::sum);
    } else if (order) {
      excluded.merge("stg_order|" + TWIN, rows - 1, Long::sum);
      orders.merge(day, 1L, Long::sum);
      revenue.merge(day, event.revenue(), Long::sum);
    }
  }
}
