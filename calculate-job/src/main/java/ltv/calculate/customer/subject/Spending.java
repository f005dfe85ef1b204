package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Customers.Spent;
import ltv.calculate.model.purchase.GammaGamma;
import ltv.calculate.model.purchase.Spend;
import ltv.lake.Fingerprint;

/** How much customers will spend on a day on which they buy again. */
public final class Spending implements Subject {
  /** As {@code model_fit} calls it. */
  public static final String NAME = "spend";

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int days) {
    Spent seen = customers.spend(until, until);
    Spend spend = seen.spend();
    if (spend.customers() == 0) {
      return List.of();
    }
    long repeats = Arrays.stream(seen.times()).asLongStream().sum();
    Fingerprint data = Fingerprint.start();
    for (int i = 0; i < seen.times().length; i++) {
      data.add(seen.times()[i] + " " + seen.each()[i]);
    }
    GammaGamma model = GammaGamma.of(spend);
    return List.of(
        new FittedModel(
            NAME,
            "gamma_gamma",
            until,
            model.hasMean() ? State.CANDIDATE : State.FAILED,
            false,
            Estimates.of(model.fit(), "p", "q", "v"),
            spend.customers(),
            repeats,
            data.hex(),
            days == 0 ? Optional.empty() : trial(customers, until, days)));
  }

  private static Optional<Trial> trial(Customers customers, LocalDate until, int days) {
    Spent before = customers.spend(until.minusDays(days), until);
    Spend spend = before.spend();
    if (spend.customers() == 0) {
      return Optional.empty();
    }
    GammaGamma model = GammaGamma.of(spend);
    double times = 0;
    double spent = 0;
    for (int i = 0; i < before.times().length; i++) {
      times += before.timesAfter()[i];
      spent += before.spentAfter()[i];
    }
    if (!model.hasMean() || !(spent > 0)) {
      return Optional.empty();
    }
    double expected = 0;
    double missed = 0;
    double missedByAll = 0;
    double all = model.expected(0, 0);
    long asked = 0;
    for (int i = 0; i < before.times().length; i++) {
      double after = before.timesAfter()[i];
      double said = after * model.expected(before.times()[i], Math.max(0, before.each()[i]));
      expected += said;
      missed += Math.abs(said - before.spentAfter()[i]);
      missedByAll += Math.abs(after * all - before.spentAfter()[i]);
      asked += after > 0 ? 1 : 0;
    }
    return Optional.of(
        new Trial(
            days,
            asked,
            times,
            expected,
            spent,
            missed / spent,
            missedByAll / spent,
            Quality.UNTOLD));
  }
}
