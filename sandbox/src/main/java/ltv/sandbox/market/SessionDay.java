package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sessions of one day from one campaign on one system, as GA4 adds up what has reached it.
 *
 * @param campaign null for nobody's merit
 * @param sessions one per event
 * @param users that had one
 * @param newUsers that signed up
 * @param transactions purchases
 * @param revenue won
 */
public record SessionDay(
    LocalDate day,
    Campaign campaign,
    String platform,
    long sessions,
    long users,
    long newUsers,
    long transactions,
    long revenue) {
  private record Key(LocalDate day, Campaign campaign, String platform) {}

  /** All of them, by day. */
  public static List<SessionDay> of(Market market, Dirt dirt) {
    Map<Key, List<Event>> groups =
        market.events().stream()
            .filter(event -> dirt.received(event, market))
            .collect(
                Collectors.groupingBy(
                    e -> new Key(e.at().toLocalDate(), e.user().campaign(), e.user().platform()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<SessionDay> days = new ArrayList<>();
    groups.forEach((key, events) -> days.add(of(key, events)));
    return days;
  }

  private static SessionDay of(Key key, List<Event> events) {
    return new SessionDay(
        key.day,
        key.campaign,
        key.platform,
        events.size(),
        events.stream().map(Event::user).distinct().count(),
        events.stream().filter(e -> e.name().equals("af_complete_registration")).count(),
        events.stream().filter(e -> e.name().equals("af_purchase")).count(),
        events.stream().mapToLong(Event::revenue).sum());
  }

  /** The campaign's id and name as the app passes them to GA4. */
  public List<String> named() {
    return campaign == null
        ? List.of("(not set)", "(organic)")
        : List.of(campaign.id(), campaign.name());
  }
}
