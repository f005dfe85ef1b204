package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What no source says, and a pipeline can find out.
 *
 * @param untold by {@code phone|day} the rows of events that name nobody, by the member whom
 *     signing in reveals; under an empty name those that nothing reveals
 * @param named rows of events that name somebody
 * @param publishers the fraud rule of every publisher with enough installs to be judged; empty for
 *     an honest one
 * @param decisions installs, devices, users and addresses that a rule speaks against one by one, by
 *     {@code day|rule|kind}
 */
public record Findings(
    Map<String, Map<String, Long>> untold,
    long named,
    Map<String, String> publishers,
    Map<String, Long> decisions) {
  /** A day is built again for so long when somebody signs in later. */
  private static final int REVEALED_WITHIN_DAYS = 28;

  private static final int SOURCES = 3;

  static Findings of(Market market, Dirt dirt) {
    Map<User, LocalDate> firstSignIn = new HashMap<>();
    for (Event event : market.events()) {
      if (event.told()) {
        firstSignIn.merge(event.user(), event.at().toLocalDate(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    Map<String, Map<String, Long>> untold = new TreeMap<>();
    long named = 0;
    for (Event event : market.events()) {
      long rows = dirt.received(event, market) ? SOURCES : 1;
      if (event.told()) {
        named += rows;
        continue;
      }
      LocalDate day = event.at().toLocalDate();
      LocalDate known = firstSignIn.get(event.user());
      boolean revealed =
          event.user().habit() != Habit.ON_SHOW
              && known != null
              && ChronoUnit.DAYS.between(day, known) <= REVEALED_WITHIN_DAYS;
      untold
          .computeIfAbsent(event.user().appsFlyerId() + "|" + day, key -> new TreeMap<>())
          .merge(revealed ? event.member() : "", rows, Long::sum);
    }
    return new Findings(untold, named, publishers(market), decisions(market, dirt));
  }

  private static Map<String, String> publishers(Market market) {
    Map<Publisher, Long> installs =
        market.users().stream()
            .filter(user -> user.publisher() != null)
            .collect(Collectors.groupingBy(User::publisher, Collectors.counting()));
    return installs.entrySet().stream()
        .filter(e -> e.getKey().judgedBy(e.getValue()))
        .map(Entry::getKey)
        .collect(Collectors.toMap(Publisher::site, Publisher::rule, (a, b) -> a, TreeMap::new));
  }

  private static Map<String, Long> decisions(Market market, Dirt dirt) {
    Map<String, Long> decisions = new TreeMap<>();
    for (User user : market.users()) {
      LocalDate day = user.installedAt().toLocalDate();
      Claim claim = Claim.of(user);
      if (claim.stolen()) {
        decisions.merge(day + "|" + claim.rule() + "|install", 1L, Long::sum);
      }
      LocalDate found = day.plusDays(Dirt.DAYS_UNTIL_REJECTED);
      if (dirt.rejected(user) && !found.isAfter(market.lastDay())) {
        decisions.merge(day + "|R21|install", 1L, Long::sum);
      }
    }
    for (int d = 0; d < market.days(); d++) {
      LocalDate day = market.from().plusDays(d);
      decisions.put(day + "|R06|advertising", Click.deviceClicksTooOften(day) ? 1L : 0);
      decisions.put(day + "|R06|address", Click.addressClicksTooOften(day) ? 1L : 0);
      decisions.put(day + "|R22|user", Completion.userTooBusy(day) ? 1L : 0);
      decisions.put(day + "|R22|address", Completion.addressTooBusy(day) ? 1L : 0);
    }
    return decisions;
  }
}
