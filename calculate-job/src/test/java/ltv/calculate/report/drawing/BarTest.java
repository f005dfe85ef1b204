package ltv.calculate.report.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Kind;
import org.junit.jupiter.api.Test;

class BarTest {
  private static final Column RETURN = Column.estimated("ROAS", Kind.WHOLE_PERCENT);

  @Test
  void a_return_has_the_same_place_everywhere() {
    assertEquals(
        new Bar("25.0", "50.0", "49.0", false, "even"), Bar.of(new Estimate(1.0, .5, 1.5)));
  }

  @Test
  void its_side_is_told_by_the_whole_band() {
    assertEquals("good", Bar.of(new Estimate(1.5, 1.1, 1.9)).side());
    assertEquals("bad", Bar.of(new Estimate(.5, .1, .9)).side());
    assertEquals("even", Bar.of(new Estimate(1.5, 1.0, 1.9)).side());
  }

  @Test
  void what_lies_beyond_the_scale_ends_at_its_edge() {
    assertEquals(new Bar("99.0", "1.0", "98.0", true, "good"), Bar.of(new Estimate(4.0, 3.0, 5.0)));
    assertEquals(new Bar("0.0", "1.0", "0.0", false, "bad"), Bar.of(new Estimate(0.0, 0.0, 0.0)));
  }

  @Test
  void only_returns_with_a_band_are_drawn() {
    assertTrue(Bar.draws(RETURN, new Estimate(1.0, .5, 1.5)));
    assertFalse(Bar.draws(RETURN, new Estimate(1.0, .5, null)));
    assertFalse(Bar.draws(RETURN, new Estimate(null, .5, 1.5)));
    assertFalse(Bar.draws(Column.estimated("Days", Kind.DAYS), new Estimate(1.0, .5, 1.5)));
  }
}
