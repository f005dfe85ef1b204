package ltv.calculate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.Spend;
import org.junit.jupiter.api.Test;

class FitTextTest {
  private static final Spend NOTHING = Spend.of(new int[0], new double[0]);

  private static final PurchaseHistories SOME =
      PurchaseHistories.of(
          Map.of(
              new PurchaseHistory(0, 0, 30), 60L,
              new PurchaseHistory(0, 0, 8), 20L,
              new PurchaseHistory(1, 2, 30), 9L,
              new PurchaseHistory(1, 25, 30), 3L,
              new PurchaseHistory(4, 28, 30), 4L,
              new PurchaseHistory(7, 9, 20), 2L,
              new PurchaseHistory(19, 27, 28), 2L));

  @Test
  void every_model_says_its_parameters_and_what_it_expects() {
    Spend spend = Spend.of(new int[] {1, 2, 5, 1, 3}, new double[] {10, 20, 15, 40, 12});

    Map<String, String> facts = new FitText(SOME, spend, 30).facts();

    assertEquals(
        List.of("BG/NBD", "MBG/NBD", "Pareto/NBD", "Gamma-Gamma"), List.copyOf(facts.keySet()));
    for (String model : List.of("BG/NBD", "MBG/NBD", "Pareto/NBD")) {
      assertTrue(
          facts
              .get(model)
              .matches("r [0-9.]+ ± .* in 30 days [0-9.]+ purchases, [0-9.]+ customers return"),
          facts.get(model));
    }
    assertTrue(facts.get("Gamma-Gamma").contains("correlate by -0."), facts.get("Gamma-Gamma"));
  }

  @Test
  void who_has_bought_once_only_is_too_young() {
    PurchaseHistories once = PurchaseHistories.of(Map.of(new PurchaseHistory(0, 0, 4), 100L));

    assertEquals(
        "{models=too young to say: nobody has bought on a second day}",
        new FitText(once, NOTHING, 30).facts().toString());
    assertEquals(
        "{models=too young to say: nobody has bought on a second day}",
        new FitText(PurchaseHistories.of(Map.of()), NOTHING, 30).facts().toString());
  }

  @Test
  void free_purchases_say_nothing_of_spend() {
    Map<String, String> facts = new FitText(SOME, NOTHING, 30).facts();

    assertEquals("too young to say: nothing was paid on a second day", facts.get("Gamma-Gamma"));
  }
}
