package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of installs and events counts, however often it is told, and what does not.
 *
 * @param installs by {@code day|channel|campaign}
 * @param brought the campaign that earned each install, by phone; without organic ones
 * @param assists touches before the winning one, by {@code day|channel|campaign} of the touch
 * @param orders number by day
 * @param revenue won by day
 * @param excluded rows that do not count of datasets that are built of all sources, by {@code
 *     dataset|reason}
 */
public record Counted(
    Map<String, Long> installs,
    Map<String, String> brought,
    Map<String, Long> assists,
    Map<String, Long> orders,
    Map<String, Long> revenue,
    Map<String, Long> excluded) {
  /** The reason of who tests the app. */
  public static final String TEST_USER = "R17";

  /** The reason of a session without end. */
  public static final String ENDLESS = "R16";

  /** The reason of an order that another source tells, too. */
  public static final String TWIN = "twin";

  /** What speaks against a user and what he does. */
  private record Verdict(String excludedBy, boolean credited) {}

  static Counted of(Market market, Dirt dirt) {
    Counted counted =
        new Counted(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    Set<User> testUsers = Set.copyOf(Sheet.testUsersOf(market));
    Map<User, Verdict> verdicts = new HashMap<>();
    for (User user : market.users()) {
      Verdict verdict = verdict(user, testUsers, dirt, market);
      verdicts.put(user, verdict);
      counted.add(user, verdict);
      if (verdict.excludedBy.isEmpty()) {
        counted.add(user.installedAt().toLocalDate(), Assist.before(user, market.campaigns()));
      }
    }
    Sessions sessions = Sessions.of(market, dirt);
    market
        .events()
        .forEach(
            event ->
                counted.add(
                    event,
                    verdicts.get(event.user()).excludedBy,
                    dirt.received(event, market)
                        ? Optional.of(sessions.excludedBy(event))
                        : Optional.empty(),
                    dirt.sawAd(event)));
    return counted;
  }

  private static Verdict verdict(User user, Set<User> testUsers, Dirt dirt, Market market) {
    Claim claim = Claim.of(user);
    LocalDate found = user.installedAt().toLocalDate().plusDays(Dirt.DAYS_UNTIL_REJECTED);
    boolean rejected = dirt.rejected(user) && !found.isAfter(market.lastDay());
    String machine = claim.machine() ? claim.rule() : "";
    return new Verdict(
        testUsers.contains(user) ? TEST_USER : machine, !claim.stolen() && !rejected);
  }

  private void add(User user, Verdict verdict) {
    LocalDate day = user.installedAt().toLocalDate();
    boolean paid = user.campaign() != null && verdict.credited;
    String channel = paid ? user.campaign().channel() : "organic";
    String campaign = paid ? user.campaign().id() : "organic";
    if (verdict.excludedBy.isEmpty()) {
      installs.merge(day + "|" + channel + "|" + campaign, 1L, Long::sum);
      if (paid) {
        brought.put(user.appsFlyerId(), campaign);
      }
    } else {
      excluded.merge("stg_install|" + verdict.excludedBy, 1L, Long::sum);
    }
  }

  /** By its name alone nobody knows whose a campaign is that no channel reports. */
  private void add(LocalDate day, List<Assist> touches) {
    for (Assist touch : touches) {
      String channel = touch.campaign().channel();
      String campaign = channel.equals(Campaign.NETWORK) ? channel : touch.campaign().id();
      assists.merge(day + "|" + channel + "|" + campaign, 1L, Long::sum);
    }
  }

  /**
   * AppsFlyer's row of it, and with it Mixpanel's and Analytics', if they received it.
   *
   * @param inAnalytics what speaks against Analytics' row alone; empty if it has none
   */
  private void add(Event event, String excludedBy, Optional<String> inAnalytics, boolean sawAd) {
    long rows = inAnalytics.isPresent() ? 3 : 1;
    boolean order = event.name().equals("af_purchase");
    String day = event.at().toLocalDate().toString();
    if (!excludedBy.isEmpty()) {
      excluded.merge("stg_event|" + excludedBy, rows, Long::sum);
      excluded.merge("stg_order|" + excludedBy, (order ? rows : 0) + (sawAd ? 1 : 0), Long::sum);
      return;
    }
    String alone = inAnalytics.orElse("");
    if (!alone.isEmpty()) {
      rows--;
      excluded.merge("stg_event|" + alone, 1L, Long::sum);
      excluded.merge("stg_order|" + alone, order ? 1L : 0, Long::sum);
    }
    if (order) {
      excluded.merge("stg_order|" + TWIN, rows - 1, Long::sum);
      orders.merge(day, 1L, Long::sum);
      revenue.merge(day, event.revenue(), Long::sum);
    }
  }
}
