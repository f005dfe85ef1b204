package ltv.calculate.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Shop;
import ltv.calculate.forecast.Snapshot;
import ltv.calculate.value.LevelCheck.Campaign;
import org.junit.jupiter.api.Test;

class LevelCheckTest {
  private static final int DAY = 119;
  private static final Snapshot SHOP =
      BackTest.snapshot(Shop.after(DAY + 1, 14, 9), DAY, List.of(0, 7, 30), Level.CAMPAIGN);
  private static final LevelCheck CHECK = LevelCheck.of(SHOP, 1);

  @Test
  void draws_of_a_shop_can_be_trusted_and_are_the_seeds() {
    assertTrue(CHECK.posterior().trusted(), () -> CHECK.posterior().doubts().toString());
    assertEquals(CHECK.campaigns(), LevelCheck.of(SHOP, 1).campaigns());
  }

  @Test
  void what_forecasts_believe_lies_where_the_posterior_does() {
    assertEquals(SHOP.groups().count(Level.CAMPAIGN), CHECK.campaigns().size());
    for (Campaign campaign : CHECK.campaigns()) {
      double off = Math.abs(campaign.fast() - campaign.mean());
      assertTrue(off < 2 * campaign.deviation() + .05, campaign.toString());
      assertTrue(campaign.low() < campaign.mean() && campaign.mean() < campaign.high());
    }
  }

  @Test
  void both_lie_between_the_campaigns_own_experience_and_that_of_others() {
    Campaign farthest =
        CHECK.campaigns().stream()
            .reduce((a, b) -> Math.abs(a.own() - 1) > Math.abs(b.own() - 1) ? a : b)
            .orElseThrow();

    assertTrue(Math.abs(farthest.mean() - 1) < Math.abs(farthest.own() - 1), farthest.toString());
    assertTrue(Math.abs(farthest.fast() - 1) < Math.abs(farthest.own() - 1), farthest.toString());
  }
}
