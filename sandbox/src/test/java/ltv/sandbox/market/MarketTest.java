package ltv.sandbox.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MarketTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);

  private static Truth truth(long seed) {
    return Truth.of(Market.simulate(seed, FROM, 10, 1), new Dirt(seed));
  }

  @Test
  void the_same_seed_makes_the_same_market_and_another_seed_another() {
    assertEquals(Market.simulate(1, FROM, 10, 1), Market.simulate(1, FROM, 10, 1));
    assertEquals(truth(1), truth(1));
    assertNotEquals(truth(1), truth(2));
  }

  @Test
  void nothing_happens_outside_the_simulated_days() {
    Market market = Market.simulate(3, FROM, 10, 1);

    Set<LocalDate> days =
        market.events().stream().map(e -> e.at().toLocalDate()).collect(Collectors.toSet());
    market.users().forEach(u -> days.add(u.installedAt().toLocalDate()));
    market.ads().forEach(a -> days.add(a.day()));

    assertEquals(FROM.datesUntil(FROM.plusDays(10)).collect(Collectors.toSet()), days);
  }

  @Test
  void a_campaign_is_renamed_and_another_launched_in_the_middle() {
    Market market = Market.simulate(3, FROM, 10, 1);
    Campaign renamed =
        market.campaigns().stream().filter(c -> !c.name().equals(c.newName())).findFirst().get();
    Campaign late =
        market.campaigns().stream().filter(c -> c.launchedOn().isAfter(FROM)).findFirst().get();

    assertNotEquals(renamed.nameOn(FROM), renamed.nameOn(FROM.plusDays(9)));
    assertTrue(
        market.ads().stream()
            .filter(a -> a.campaign().equals(late))
            .noneMatch(a -> a.day().isBefore(FROM.plusDays(5))));
  }

  @Test
  void the_size_makes_the_same_days_larger() {
    assertTrue(
        Market.simulate(3, FROM, 5, 4).users().size()
            > 3 * Market.simulate(3, FROM, 5, 1).users().size());
  }

  @Test
  void the_market_holds_what_is_hard_to_read() {
    Market market = Market.simulate(3, FROM, 20, 1);

    assertTrue(market.events().stream().anyMatch(e -> e.value().contains("\n")));
    assertTrue(market.events().stream().anyMatch(e -> e.value().contains("\\\"")));
    assertEquals(
        market.users().size(),
        new HashSet<>(market.users().stream().map(User::appsFlyerId).toList()).size());
  }

  @Test
  void truth_counts_an_order_once_however_often_it_is_sent() {
    Market market = Market.simulate(3, FROM, 10, 1);
    Truth truth = Truth.of(market, new Dirt(3));

    List<User> testUsers = Sheet.testUsersOf(market);
    long purchases =
        market.events().stream()
            .filter(e -> e.name().equals("af_purchase"))
            .filter(e -> !testUsers.contains(e.user()) && !Claim.of(e.user()).machine())
            .count();
    long orders = truth.counted().orders().values().stream().mapToLong(Long::longValue).sum();
    long twice = truth.duplicates().get(Sources.EVENTS);
    long secondViews = truth.notPrimary().get(Sources.EVENTS);

    assertEquals(purchases, orders);
    assertTrue(twice > 0 && secondViews > 0);
    assertEquals(market.events().size() + twice + secondViews, truth.rows(Sources.EVENTS));
  }

  @Test
  void the_places_of_an_ad_add_up_to_it_but_for_what_meta_withholds() {
    Dirt dirt = new Dirt(3);
    long withheld = 0;
    for (AdDay ad : metaAds()) {
      long placed = Placement.of(ad, dirt).stream().mapToLong(p -> p.part().spend()).sum();
      if (dirt.withheld(ad)) {
        withheld++;
        assertTrue(placed < ad.spend() && placed > ad.spend() * 0.99, ad::toString);
      } else {
        assertEquals(ad.spend(), placed);
      }
    }
    assertTrue(withheld > 0, "the market of this seed withholds nothing");
  }

  @Test
  void a_purchase_stands_under_several_types_and_in_windows_that_hold_each_other() {
    AdDay ad = metaAds().stream().filter(a -> a.linkClicks() > 100).findFirst().orElseThrow();

    Map<String, Credit> credits =
        Credit.of(ad).stream().collect(Collectors.toMap(Credit::actionType, c -> c));

    Credit purchase = credits.get("omni_purchase");
    assertEquals(credits.get("app_custom_event.fb_mobile_purchase").counts(), purchase.counts());
    Map<String, Long> by = purchase.counts();
    assertTrue(by.get("7d_click") > by.getOrDefault("1d_click", 0L), by::toString);
    assertEquals(by.get("value"), by.get("7d_click") + by.getOrDefault("1d_view", 0L));
    assertEquals(
        new BigDecimal("39900.5").multiply(BigDecimal.valueOf(by.get("value"))),
        purchase.values().get("value"));
    assertTrue(credits.get("link_click").values().isEmpty());
  }

  private static List<AdDay> metaAds() {
    return Market.simulate(3, FROM, 10, 1).ads().stream()
        .filter(a -> a.campaign().channel().equals(Campaign.META))
        .toList();
  }

  @Test
  void phones_are_used_in_every_way_and_some_people_have_two() {
    Market market = Market.simulate(3, FROM, 30, 2);

    assertEquals(
        EnumSet.allOf(Habit.class),
        market.users().stream().map(User::habit).collect(Collectors.toSet()));
    assertTrue(User.byPerson(market.users()).size() < market.users().size());
    for (Event event : market.events()) {
      boolean alone = event.user().habit() == Habit.SIGNS_IN;
      assertTrue(!alone || event.member().equals(event.user().customerId()), event::toString);
      assertTrue(event.user().habit() != Habit.NEVER || event.userId().isEmpty(), event::toString);
    }
  }

  @Test
  void nobody_is_revealed_who_never_signs_in_or_uses_a_phone_on_show() {
    Market market = Market.simulate(3, FROM, 30, 2);
    Map<String, Map<String, Long>> untold = Truth.of(market, new Dirt(3)).findings().untold();

    Map<String, Set<String>> revealed = new HashMap<>();
    untold.forEach(
        (phone, users) ->
            revealed
                .computeIfAbsent(phone.substring(0, phone.indexOf('|')), p -> new HashSet<>())
                .addAll(users.keySet()));
    Map<Habit, Set<String>> byHabit = new EnumMap<>(Habit.class);
    for (User user : market.users()) {
      byHabit
          .computeIfAbsent(user.habit(), h -> new HashSet<>())
          .addAll(revealed.getOrDefault(user.appsFlyerId(), Set.of()));
    }

    assertEquals(Set.of(""), byHabit.get(Habit.NEVER));
    assertEquals(Set.of(""), byHabit.get(Habit.ON_SHOW));
    assertTrue(byHabit.get(Habit.SIGNS_IN_LATER).contains(""), "some sign in too late");
    assertTrue(byHabit.get(Habit.SHARED).stream().anyMatch(user -> user.endsWith("-b")));
  }

  @Test
  void a_publisher_is_judged_by_enough_installs_and_a_farm_by_enough_a_day() {
    LocalDate last = FROM.plusDays(39);
    Publisher flood = new Publisher("p1", "R03", FROM, last, 1);
    Publisher farm = new Publisher("p2", "R09", FROM, last, 1);

    assertTrue(flood.judgedBy(100) && !flood.judgedBy(99));
    assertTrue(farm.judgedBy(480) && !farm.judgedBy(479));
  }

  @Test
  void publishers_take_turns_and_each_is_dishonest_in_its_own_way() {
    Market market = Market.simulate(3, FROM, 40, 2);

    Map<String, Set<String>> rules = new TreeMap<>();
    for (User user : market.users()) {
      Publisher publisher = user.publisher();
      if (publisher != null) {
        LocalDate day = user.installedAt().toLocalDate();
        assertTrue(!day.isBefore(publisher.from()) && !day.isAfter(publisher.to()), day::toString);
        rules.computeIfAbsent(publisher.rule(), r -> new HashSet<>()).add(Claim.of(user).rule());
      }
    }

    assertEquals(Set.of(""), rules.get(""));
    assertEquals(Set.of(""), rules.get("R03"));
    for (String rule : List.of("R01", "R02", "R07", "R14", "R15")) {
      assertEquals(Set.of("", rule), rules.get(rule));
    }
  }
}
