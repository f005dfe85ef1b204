package ltv.calculate.customer.fitted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.subject.Surprise;
import ltv.calculate.model.Fit;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final LocalDate OLD = LocalDate.of(2026, 8, 31);
  private static final LocalDate BEFORE = LocalDate.of(2026, 11, 9);
  private static final LocalDate NEW = LocalDate.of(2026, 11, 16);

  private static FittedModel model(String name, LocalDate until, boolean converged, Trial trial) {
    return new FittedModel(
        "purchases",
        name,
        until,
        State.CANDIDATE,
        false,
        Estimates.of(new Fit(new double[] {1}, new double[][] {{1}}, -1, converged, 1), "r"),
        10,
        10,
        "data",
        Optional.ofNullable(trial));
  }

  /** One that could be used; saying one thing of everybody is off by 1. */
  private static FittedModel model(String name, LocalDate until, double error) {
    return model(name, until, true, new Trial(91, 10, 10, 10, 10, error, 1, Quality.UNTOLD));
  }

  private static List<State> states(Map<String, LocalDate> pins, FittedModel... models) {
    return new Choice(pins).of(List.of(models)).stream().map(FittedModel::state).toList();
  }

  @Test
  void the_nearest_of_the_newest_is_in_use() {
    assertEquals(
        List.of(State.CANDIDATE, State.CANDIDATE, State.IN_USE),
        states(Map.of(), model("a", BEFORE, .5), model("a", NEW, .52), model("b", NEW, .51)));
  }

  @Test
  void a_newest_fit_that_is_much_worse_is_held() {
    assertEquals(
        List.of(State.IN_USE, State.HELD, State.HELD),
        states(Map.of(), model("a", BEFORE, .5), model("a", NEW, .56), model("b", NEW, .6)));
  }

  @Test
  void a_pin_is_used_and_what_is_much_worse_than_it_is_held() {
    assertEquals(
        List.of(State.IN_USE, State.CANDIDATE, State.HELD),
        states(
            Map.of("a", OLD), model("a", OLD, .5), model("a", BEFORE, .7), model("a", NEW, .56)));
    assertEquals(
        List.of(State.IN_USE, State.CANDIDATE),
        states(Map.of("a", OLD), model("a", OLD, 1.2), model("a", NEW, .5)),
        "also where it knows no more than a rule for everybody: the site wants it");
  }

  @Test
  void what_has_failed_or_knows_no_more_than_one_rule_is_not_used() {
    Trial good = new Trial(91, 10, 10, 10, 10, .1, 1, Quality.UNTOLD);
    assertEquals(
        List.of(State.IN_USE, State.FAILED, State.NO_BETTER),
        states(
            Map.of("a", NEW),
            model("b", BEFORE, .9),
            model("a", NEW, false, good),
            model("b", NEW, 1)));
    assertEquals(List.of(State.NO_BETTER), states(Map.of(), model("a", NEW, 1.1)));
    assertEquals(List.of(), states(Map.of()));
  }

  @Test
  void without_a_trial_the_newest_is_used() {
    assertEquals(
        List.of(State.CANDIDATE, State.IN_USE),
        states(Map.of(), model("a", BEFORE, true, null), model("a", NEW, true, null)));
  }

  @Test
  void a_level_is_believed_to_be_off_as_far_as_events_tell_it() {
    assertEquals(1.0, new Trial(91, 10, 50, 0, 50, .1, 1, Quality.UNTOLD).correction());
    assertEquals(
        Math.sqrt(.5), new Trial(91, 10, 50, 100, 50, .1, 1, Quality.UNTOLD).correction(), 1e-12);
    assertEquals(
        .5,
        new Trial(91, 10, 1e9, 100, 50, .1, 1, Quality.UNTOLD).correction(),
        1e-6,
        "of many events all of it");
  }

  @Test
  void surprise_is_the_mean_logarithmic_loss() {
    Surprise surprise = new Surprise();
    surprise.add(.8, true, 3);
    surprise.add(.4, false, 1);

    assertEquals((-3 * Math.log(.8) - Math.log(.6)) / 4, surprise.mean(), 1e-12);
    assertEquals((-3 * Math.log(.75) - Math.log(.25)) / 4, surprise.ofAll(), 1e-12);
    surprise.add(0, true, 1);
    assertEquals(true, Double.isFinite(surprise.mean()), "what was ruled out and came");
    assertEquals(0, new Surprise().mean());
  }
}
