package ltv.calculate.model.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChainLadderTest {
  /** Taylor and Ashe 1983, as Mack 1993 has it: claims of ten years until each year of age. */
  private static final double[][] CLAIMS = {
    {344014},
    {376686, 1363294},
    {359480, 1421128, 2864498},
    {440832, 1288463, 2419861, 3483130},
    {396132, 1333217, 2180715, 2985752, 3691712},
    {443160, 1136350, 2128333, 2897821, 3402672, 3873311},
    {310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268},
    {290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315},
    {352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085},
    {357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463}
  };

  private static final double[] EQUAL = equal(CLAIMS.length);

  private static double[] equal(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    return weights;
  }

  @Test
  void the_factors_of_taylor_and_ashe_are_those_that_mack_prints() {
    ChainLadder ladder = ChainLadder.of(CLAIMS, EQUAL, 9);

    double[] factors = {3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177};
    for (int k = 0; k < factors.length; k++) {
      assertEquals(factors[k], ladder.share(k + 1) / ladder.share(k), 5e-5, "age " + k);
    }
    double reserve = 0;
    for (double[] year : CLAIMS) {
      double paid = year[year.length - 1];
      reserve += paid / ladder.share(year.length - 1) - paid;
    }
    assertEquals(18_680_856, reserve, 1);
  }

  @Test
  void the_error_of_a_factor_is_macks() {
    ChainLadder ladder = ChainLadder.of(CLAIMS, EQUAL, 9);

    // sigma squared of the first three ages, and what their factors are relative to
    double[] sigma = {160_280, 37_737, 41_965};
    double[] factor = {3.4906, 1.7473, 1.4574};
    double[] paid = {3_327_371, 10_251_249, 15_047_844};
    for (int k = 0; k < sigma.length; k++) {
      double expected = sigma[k] / paid[k] / factor[k] / factor[k];
      assertEquals(expected, ladder.variance(k, k + 1), 2e-4 * expected);
    }
  }

  @Test
  void cohorts_of_no_weight_say_nothing() {
    double[] weights = EQUAL.clone();
    weights[9] = 0;
    ChainLadder without = ChainLadder.of(Arrays.copyOf(CLAIMS, 9), equal(9), 8);
    ChainLadder weightless = ChainLadder.of(CLAIMS, weights, 8);

    for (int k = 0; k < 8; k++) {
      assertEquals(without.share(k), weightless.share(k), 1e-12);
    }
  }

  @Test
  void where_nothing_was_paid_nothing_grows() {
    ChainLadder nothing = ChainLadder.of(new double[][] {{0}, {0, 0}, {0, 0, 0}}, equal(3), 2);
    ChainLadder late = ChainLadder.of(new double[][] {{0}, {0, 0}, {0, 0, 5}}, equal(3), 2);

    assertEquals(1, nothing.share(0));
    assertEquals(0, late.share(0));
    assertEquals(1, late.share(2));
    assertEquals(0, late.variance(0, 2));
  }

  @Test
  void half_a_ladder_and_half_another_lie_between() {
    ChainLadder slow = ChainLadder.of(new double[][] {{1}, {1, 4}}, equal(2), 1);
    ChainLadder fast = ChainLadder.of(new double[][] {{1}, {1, 1}}, equal(2), 1);

    assertEquals(.5, slow.mixedWith(fast, .5).share(0), 1e-12);
    assertEquals(.25, slow.mixedWith(fast, 1).share(0), 1e-12);
  }

  @Test
  void a_tail_that_is_a_power_is_found_again() {
    double[] curve = new double[121];
    for (int age = 1; age < curve.length; age++) {
      curve[age] = curve[age - 1] + Math.pow(age + 1, -1.4);
    }

    PowerTail tail = PowerTail.of(curve, 60);

    assertEquals(1.4, tail.power(), .02);
    assertEquals(Math.pow(201, -1.4), tail.between(199, 200), .03 * Math.pow(201, -1.4));
    assertTrue(tail.variance(300) > tail.variance(150), "what is farther away is known less");
  }

  @Test
  void a_tail_of_nothing_is_nothing() {
    assertEquals(0, PowerTail.of(new double[10], 5).between(9, 100));
  }
}
