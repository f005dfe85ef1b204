package ltv.calculate.customer.fitted;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import ltv.calculate.customer.fitted.FittedModel.State;

/** Which of a subject's models tells what customers will do. */
public final class Choice {
  /**
   * A newest fit whose trial was worse than that of the fit before by more is held. Each is
   * measured by the rule for everybody in the same days: in December all errors are others.
   */
  private static final double MUCH_WORSE = 1.1;

  private final Map<String, LocalDate> pins;

  /**
   * A choice.
   *
   * @param pins by model the version that the site wants
   */
  public Choice(Map<String, LocalDate> pins) {
    this.pins = pins;
  }

  /**
   * The same models with their states. What is pinned is used unless it has failed.
   *
   * @param models of one subject, of one or more versions
   */
  public List<FittedModel> of(List<FittedModel> models) {
    List<FittedModel> judged = models.stream().map(this::judged).toList();
    Optional<FittedModel> pinned =
        judged.stream().filter(FittedModel::pinned).filter(Choice::usable).findFirst();
    LocalDate newest =
        judged.stream().map(FittedModel::until).max(Comparator.naturalOrder()).orElse(null);
    Optional<FittedModel> fresh = best(judged, m -> m.until().equals(newest));
    Optional<FittedModel> before = pinned.or(() -> best(judged, m -> !m.until().equals(newest)));
    boolean held =
        fresh.isPresent()
            && before.isPresent()
            && before.get().trial().isPresent()
            && fresh.get().share() > MUCH_WORSE * before.get().share();
    Optional<FittedModel> inUse = pinned.or(() -> held ? before : fresh.or(() -> before));
    List<FittedModel> chosen = new ArrayList<>();
    for (FittedModel model : judged) {
      boolean used = inUse.isPresent() && inUse.get() == model;
      boolean isHeld = held && model.until().equals(newest) && usable(model) && !used;
      chosen.add(used ? model.in(State.IN_USE) : isHeld ? model.in(State.HELD) : model);
    }
    return chosen;
  }

  private FittedModel judged(FittedModel model) {
    boolean pinned = model.until().equals(pins.get(model.model()));
    State state =
        model.state() == State.FAILED || !model.estimates().converged()
            ? State.FAILED
            : !pinned && model.trial().isPresent() && !model.trial().get().passed()
                ? State.NO_BETTER
                : State.CANDIDATE;
    return model.pinnedIn(pinned, state);
  }

  private static boolean usable(FittedModel model) {
    return model.state() == State.CANDIDATE;
  }

  private static Optional<FittedModel> best(List<FittedModel> models, Predicate<FittedModel> of) {
    return models.stream()
        .filter(of)
        .filter(Choice::usable)
        .min(Comparator.comparingDouble(FittedModel::error).thenComparing(FittedModel::model));
  }
}
