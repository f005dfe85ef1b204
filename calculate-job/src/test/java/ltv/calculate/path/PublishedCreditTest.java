package ltv.calculate.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others have published, to the digits that they print. */
class PublishedCreditTest {
  private static final double SIX_DIGITS = 5e-7;
  private static final double EXACT = 1e-12;

  /** DP6's README. */
  private static final Paths README =
      new Journeys().path("a>a>b", 2, 1).path("b>a", 1, 3).path("c>b", 0, 6).of(3);

  /** DP6's test: a, b, c in nine orders, three each. */
  private static final Paths NINE =
      new Journeys()
          .path("a", 3, 0)
          .path("a>b", 3, 0)
          .path("a>b>c", 3, 0)
          .path("b", 3, 0)
          .path("b>a", 3, 0)
          .path("b>c>a", 3, 0)
          .path("c", 3, 0)
          .path("c>a", 3, 0)
          .path("c>b>a", 3, 0)
          .of(3);

  /** eeghor's fixture: direct a, search b, email c, social d. */
  private static final Paths FIXTURE =
      new Journeys().path("a", 2, 0).path("b>c", 3, 0).path("b>d>c", 5, 0).of(4);

  @Test
  void bryl() {
    Paths paths = new Journeys().path("a>b>c", 1, 0).path("a", 0, 1).path("b>c", 0, 1).of(3);

    MarkovChain.Solved solved = markov(paths, 1);

    assertEquals(1 / 3.0, solved.conversion(), EXACT);
    assertArrayEquals(new double[] {.5, 1, 1}, solved.removalEffects(), EXACT);
    assertArrayEquals(new double[] {.2, .4, .4}, solved.credit(1), EXACT);
  }

  @Test
  void readme_of_dp6() {
    MarkovChain.Solved solved = markov(README, 1);

    assertEquals(.230769, solved.conversion(), SIX_DIGITS);
    assertArrayEquals(
        new double[] {.487179, .857143, .455696}, solved.removalEffects(), SIX_DIGITS);
    assertArrayEquals(new double[] {.811957, 1.428557, .759486}, solved.credit(3), SIX_DIGITS);
    assertArrayEquals(new double[] {1.833333, 1.166667, 0}, by(Rule.LINEAR, README), SIX_DIGITS);
    assertArrayEquals(new double[] {1.5, 1.5, 0}, shapley(README), EXACT);
  }

  @Test
  void test_of_dp6() {
    assertArrayEquals(new double[] {9, 9, 9}, by(Rule.FIRST, NINE), EXACT);
    assertArrayEquals(new double[] {15, 6, 6}, by(Rule.LAST, NINE), EXACT);
    assertArrayEquals(new double[] {10.5, 9, 7.5}, by(Rule.LINEAR, NINE), EXACT);
    assertArrayEquals(new double[] {10.5, 9, 7.5}, shapley(NINE), EXACT);
    assertArrayEquals(new double[] {11.1, 8.4, 7.5}, by(Rule.POSITION, NINE), EXACT);
    assertArrayEquals(
        new double[] {10.643154, 8.514523, 7.842324}, markov(NINE, 1).credit(27), SIX_DIGITS);
  }

  @Test
  void fixture_of_eeghor() {
    assertArrayEquals(new double[] {2, 8, 0, 0}, by(Rule.FIRST, FIXTURE), EXACT);
    assertArrayEquals(new double[] {2, 0, 8, 0}, by(Rule.LAST, FIXTURE), EXACT);
    assertArrayEquals(
        new double[] {2, 19 / 6.0, 19 / 6.0, 5 / 3.0}, by(Rule.LINEAR, FIXTURE), EXACT);
    assertArrayEquals(new double[] {2, 3.5, 3.5, 1}, by(Rule.POSITION, FIXTURE), EXACT);
    assertArrayEquals(
        new double[] {7, 3},
        shapley(new Journeys().path("a", 4, 0).path("a>b", 6, 0).of(2)),
        EXACT);
  }

  /** a leads to b with 2/3, b converts with 3/4, c with 1/2. */
  @Test
  void transitions_of_eeghor() {
    Paths paths = new Journeys().path("a>b", 3, 1).path("a>c", 1, 1).of(3);

    MarkovChain.Solved solved = markov(paths, 1);

    assertEquals(2 / 3.0 * 3 / 4 + 1 / 3.0 / 2, solved.conversion(), EXACT);
    assertArrayEquals(new double[] {1, 3 / 4.0, 1 / 4.0}, solved.removalEffects(), EXACT);
  }

  @Test
  void a_week_halves_what_a_touch_gets() {
    assertArrayEquals(
        new double[] {1 / 7.0, 2 / 7.0, 4 / 7.0},
        Rule.DECAY.weights(new double[] {14.5, 7.5, .5}),
        EXACT);
    assertArrayEquals(new double[] {1}, Rule.DECAY.weights(new double[] {1e6}), EXACT);
  }

  private static MarkovChain.Solved markov(Paths paths, int order) {
    return new MarkovChain(paths, order).solve(paths.converting(), paths.others());
  }

  private static double[] by(Rule rule, Paths paths) {
    return rule.credit(paths, Journeys.ages(paths), paths.converting());
  }

  private static double[] shapley(Paths paths) {
    return Shapley.credit(paths, paths.converting());
  }

  @Test
  void every_rule_gives_one_whole() {
    for (Rule rule : Rule.values()) {
      for (int touches : new int[] {1, 2, 3, 10}) {
        double[] ages = IntStream.range(0, touches).mapToDouble(i -> 3 * i).toArray();
        assertEquals(
            1, IntStream.range(0, touches).mapToDouble(i -> rule.weights(ages)[i]).sum(), EXACT);
      }
    }
  }
}
