package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Returners;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.regression.Chances;
import ltv.calculate.model.regression.Logistic;
import ltv.calculate.model.regression.Recalibration;
import ltv.lake.Fingerprint;

/**
 * Whether customers buy again within a number of days: a regression on recency, frequency, age, gap
 * and visits, beside what models of purchases tell. Each is fitted to what was known before the
 * newest split of which the outcome is known, calibrated on that split, and tried in the same way
 * one split earlier.
 */
public final class Returns implements Subject {
  /** A belief worth one customer that features do not matter. */
  private static final double RIDGE = 1;

  /** A belief that chances are right as they were told, worth some twenty customers. */
  private static final double BELIEF = 5;

  /** Splits that a regression learns from: the level of the newest alone could be a season's. */
  private static final int LEARNT = 3;

  /** The test, the one for its calibration and one at least to learn from, and days before it. */
  private static final int FEWEST_SPLITS = 4;

  /** The shorter time of which chances are told, in days. */
  public static final int WEEK = 7;

  /** The longer one. */
  public static final int MONTH = 30;

  /** What looks at visits too. */
  public static final String REGRESSION = "logistic";

  private final int days;

  /**
   * Chances of a time.
   *
   * @param days its length
   */
  public Returns(int days) {
    this.days = days;
  }

  /** As {@code model_fit} calls it. */
  public static String name(int days) {
    return "return_" + days;
  }

  /** The name of a model, of which each subject has its own so that it can be pinned alone. */
  public static String model(String kind, int days) {
    return kind + "_" + days;
  }

  /** Which one a name is of. */
  static String kind(String model) {
    return model.substring(0, model.lastIndexOf('_'));
  }

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int daysOfTrial) {
    if (customers.daysSinceFirst(until) < FEWEST_SPLITS * days) {
      return List.of();
    }
    List<LocalDate> splits =
        IntStream.rangeClosed(1, LEARNT + 2)
            .mapToObj(n -> until.minusDays((long) n * days))
            .toList();
    List<Returners> inOrder =
        splits.stream().map(split -> customers.returners(split, days)).toList();
    List<Told> newest = told(inOrder);
    if (newest.isEmpty()) {
      return List.of();
    }
    List<Told> before = told(inOrder.subList(1, inOrder.size()));
    List<FittedModel> models = new ArrayList<>();
    for (Told told : newest) {
      Optional<Told> tried = before.stream().filter(b -> b.model.equals(told.model)).findFirst();
      models.add(fitted(told, until, inOrder, tried.flatMap(b -> trial(b, inOrder.get(0)))));
    }
    return models;
  }

  /** A model as it was fitted and calibrated, on splits of which the first is the newest. */
  private record Told(
      String model, Estimates fitted, Returning returning, Recalibration calibrated) {
    Chances of(Returners asked) {
      return calibrated.of(returning.of(asked));
    }
  }

  /** Something that tells chances of customers. */
  private interface Returning {
    Chances of(Returners asked);
  }

  private List<Told> told(List<Returners> inOrder) {
    List<Told> told = new ArrayList<>();
    Returners calibration = inOrder.get(0);
    List<Returners> learnt = inOrder.subList(1, Math.min(inOrder.size(), LEARNT + 1));
    if (learnt.stream().mapToLong(Returners::events).sum() == 0) {
      return told;
    }
    Logistic regression = Logistic.of(Returners.together(learnt), RIDGE);
    told.add(
        calibrated(
            REGRESSION,
            Estimates.of(regression.fit(), Returners.FEATURES),
            asked -> asked.by(regression),
            calibration));
    PurchaseHistories histories = calibration.histories();
    if (histories.repeats() > 0) {
      double weeks = days / Customers.DAYS_IN_A_WEEK;
      Customers.fitted(histories)
          .forEach(
              (kind, model) ->
                  told.add(
                      calibrated(
                          kind,
                          Estimates.of(model.fit(), Purchases.PARAMETERS),
                          asked -> asked.by(h -> model.returns(h, weeks)),
                          calibration)));
    }
    return told;
  }

  private Told calibrated(
      String kind, Estimates estimates, Returning returning, Returners calibration) {
    Recalibration found = Recalibration.of(returning.of(calibration), BELIEF);
    return new Told(
        model(kind, days),
        estimates.with(
            List.of("calibration.constant", "calibration.slope"), found.constant(), found.slope()),
        returning,
        found);
  }

  private FittedModel fitted(
      Told told, LocalDate until, List<Returners> splits, Optional<Trial> trial) {
    List<Returners> learnt = splits.subList(1, LEARNT + 1);
    Fingerprint data = Fingerprint.start();
    splits.forEach(split -> split.addTo(data));
    return new FittedModel(
        name(days),
        told.model,
        until,
        State.CANDIDATE,
        false,
        told.fitted,
        learnt.stream().mapToLong(Returners::size).sum(),
        learnt.stream().mapToLong(Returners::events).sum(),
        data.hex(),
        trial);
  }

  private Optional<Trial> trial(Told told, Returners test) {
    Chances chances = told.of(test);
    if (chances.events() == 0 || chances.events() == test.size()) {
      return Optional.empty();
    }
    Quality quality =
        Quality.ofChances(chances.auc(), chances.brier(), Recalibration.of(chances, 0).slope());
    return Optional.of(
        new Trial(
            days,
            test.size(),
            chances.events(),
            chances.expected(),
            chances.events(),
            chances.logLoss(),
            chances.logLossOfAll(),
            quality));
  }
}
