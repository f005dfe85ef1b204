package ltv.sandbox.worth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ltv.sandbox.worth.Foresight.Known;
import org.junit.jupiter.api.Test;

class ForesightTest {
  private static final int AGE = 60;
  private static final int AHEAD = 30;
  private static final WorthMarket MARKET =
      WorthMarket.of(3, LocalDate.of(2026, 1, 1), 120, AGE + AHEAD, 40, 1);

  /** Who has come, with what each did. */
  private static List<Known> people() {
    List<Known> people = new ArrayList<>();
    MARKET.tell(
        new WorthMarket.Listener() {
          private Known known;

          @Override
          public void came(WorthCampaign campaign, String platform, String country, int day) {
            known =
                new Known(
                    campaign,
                    platform.equals("ios"),
                    day,
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>());
            people.add(known);
          }

          @Override
          public void paid(String kind, int age, long won) {
            switch (kind) {
              case "purchase" -> known.purchases().add(age);
              case "subscription" -> known.subscriptions().add(age);
              case "ad_revenue" -> known.visits().add(age);
              default -> assertTrue(won < 0, kind);
            }
          }

          @Override
          public void meant(int age, double won) {}
        });
    return people;
  }

  private static boolean within(Set<Integer> ages) {
    return ages.stream().anyMatch(age -> age > AGE && age <= AGE + AHEAD);
  }

  @Test
  void as_many_come_as_it_says_in_every_fifth_of_what_it_says() {
    Foresight foresight = new Foresight(MARKET);
    double[] said = new double[5];
    double[] came = new double[5];
    double[] spread = new double[5];
    for (Known known : people()) {
      boolean customer =
          known.purchases().stream().anyMatch(age -> age <= AGE)
              || known.subscriptions().stream().anyMatch(age -> age <= AGE);
      if (customer) {
        double chance = foresight.returns(known, AGE, AHEAD);
        int fifth = (int) Math.min(4, chance * 5);
        said[fifth] += chance;
        spread[fifth] += chance * (1 - chance);
        came[fifth] += within(known.purchases()) || within(known.subscriptions()) ? 1 : 0;
      }
    }
    for (int fifth = 0; fifth < 5; fifth++) {
      assertTrue(spread[fifth] > 5, "some of every fifth");
      assertEquals(said[fifth], came[fifth], 4 * Math.sqrt(spread[fifth]), "fifth " + fifth);
    }
  }

  @Test
  void who_has_not_come_of_late_is_told_less_and_who_paid_for_a_month_by_its_end() {
    Foresight foresight = new Foresight(MARKET);
    WorthCampaign campaign = MARKET.campaigns().get(0);

    double seen =
        foresight.returns(
            new Known(campaign, false, 0, Set.of(1, 20), Set.of(), Set.of(2, 50)), AGE, AHEAD);
    double gone =
        foresight.returns(
            new Known(campaign, false, 0, Set.of(1, 20), Set.of(), Set.of(2)), AGE, AHEAD);
    double renews =
        foresight.returns(
            new Known(campaign, false, 0, Set.of(), Set.of(4, 34), Set.of()), AGE, AHEAD);

    assertTrue(gone < seen, gone + " < " + seen);
    assertEquals(.85, renews, .02, "the second month is renewed by 85 of 100");
  }
}
