package ltv.calculate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GiniTest {
  private static final double[] AMOUNTS = {0, 10, 30, 5};

  @Test
  void the_right_order_is_one_and_the_wrong_one_minus_one() {
    assertEquals(1, Gini.of(new double[] {1, 3, 4, 2}, AMOUNTS), 1e-12);
    assertEquals(-1, Gini.of(new double[] {4, 2, 1, 3}, AMOUNTS), 1e-12);
  }

  @Test
  void what_is_predicted_alike_is_chance_and_its_order_does_not_matter() {
    assertEquals(0, Gini.of(new double[] {7, 7, 7, 7}, AMOUNTS), 1e-12);
    // 0 and 10 share the first places, 30 and 5 the last: (-1 - 1 + 1 + 1) of 10/2, 35/2 over 55/2
    assertEquals(
        (-10 + 35) / (-1.5 * 0 - .5 * 5 + .5 * 10 + 1.5 * 30),
        Gini.of(new double[] {1, 1, 2, 2}, AMOUNTS),
        1e-12);
  }

  @Test
  void amounts_that_are_all_the_same_have_no_order() {
    assertEquals(0, Gini.of(new double[] {1, 2}, new double[] {5, 5}));
    assertEquals(0, Gini.of(new double[0], new double[0]));
  }
}
