package ltv.sandbox.worth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import ltv.sandbox.worth.WorthMarket.Turn;
import org.junit.jupiter.api.Test;

class WorthMarketTest {
  private static final WorthMarket MARKET =
      WorthMarket.of(5, LocalDate.of(2026, 1, 1), 120, 180, 40, 1);

  /** What one market told in sum. */
  private static final class Sums implements WorthMarket.Listener {
    long people;
    long paid;
    double meant;
    long late;
    long subscriptions;
    int oldest;

    static Sums of(WorthMarket market) {
      Sums sums = new Sums();
      market.tell(sums);
      return sums;
    }

    @Override
    public void came(WorthCampaign campaign, String platform, String country, int day) {
      people++;
      assertTrue(day >= campaign.firstDay() && day <= campaign.lastDay());
    }

    @Override
    public void paid(String kind, int age, long won) {
      paid += won;
      late += age > 7 ? won : 0;
      subscriptions += kind.equals("subscription") ? won : 0;
      oldest = Math.max(oldest, age);
      assertEquals(won < 0, kind.equals("refund"));
    }

    @Override
    public void meant(int age, double won) {
      meant += won;
    }
  }

  @Test
  void the_same_seed_tells_the_same_and_another_tells_another() {
    Sums once = Sums.of(MARKET);

    assertEquals(once.paid, Sums.of(MARKET).paid);
    assertNotEquals(once.paid, Sums.of(WorthMarket.of(6, MARKET.from(), 120, 180, 40, 1)).paid);
  }

  @Test
  void what_is_paid_is_what_was_meant_but_for_chance() {
    Sums sums = Sums.of(MARKET);

    assertTrue(sums.people > 5_000, "people " + sums.people);
    assertEquals(1, sums.paid / sums.meant, 0.03);
    assertTrue(sums.late > sums.paid / 4, "most is not paid in the first week");
    assertTrue(sums.subscriptions > sums.paid / 100);
    assertTrue(sums.oldest > 150 && sums.oldest <= 180);
  }

  @Test
  void a_channel_that_turns_brings_people_who_pay_less() {
    String channel = MARKET.campaigns().get(0).channel();
    Sums all = Sums.of(MARKET);
    Sums turned = Sums.of(MARKET.turning(new Turn(channel, 0, 0.5)));

    assertEquals(all.people, turned.people, 0.2 * all.people);
    assertTrue(turned.meant < 0.97 * all.meant);
  }
}
