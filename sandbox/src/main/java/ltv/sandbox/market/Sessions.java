package ltv.sandbox.market;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sessions as Analytics is told them: one a day, but for apps that never end theirs.
 *
 * @param endless what Analytics has of each user whose session never ends
 */
record Sessions(Map<User, List<LocalDateTime>> endless, Dirt dirt) {
  private static final int SEEN_BACK_DAYS = 7;
  private static final Duration LONGEST = Duration.ofDays(3);

  static Sessions of(Market market, Dirt dirt) {
    return new Sessions(
        market.events().stream()
            .filter(event -> dirt.endless(event.user()) && dirt.received(event, market))
            .collect(
                Collectors.groupingBy(
                    Event::user, HashMap::new, Collectors.mapping(Event::at, Collectors.toList()))),
        dirt);
  }

  /** The reason for which Analytics' row does not count; empty if it does. */
  String excludedBy(Event event) {
    if (tooLong(event)) {
      return Counted.ENDLESS;
    }
    return dirt.internal(event.user()) || dirt.debugged(event.user()) ? Counted.TEST_USER : "";
  }

  /** Whether on the event's day the session has lasted for more than three, seen over a week. */
  private boolean tooLong(Event event) {
    LocalDate day = event.at().toLocalDate();
    List<LocalDateTime> seen =
        endless.getOrDefault(event.user(), List.of()).stream()
            .filter(at -> !at.toLocalDate().isAfter(day))
            .filter(at -> !at.toLocalDate().isBefore(day.minusDays(SEEN_BACK_DAYS)))
            .sorted()
            .toList();
    return !seen.isEmpty()
        && Duration.between(seen.get(0), seen.get(seen.size() - 1)).compareTo(LONGEST) > 0;
  }
}
