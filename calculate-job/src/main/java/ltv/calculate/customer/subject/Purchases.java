package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Customers.Bought;
import ltv.calculate.model.Fit;
import ltv.calculate.model.purchase.BgNbd;
import ltv.calculate.model.purchase.MbgNbd;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.lake.Fingerprint;

/** On how many days customers will buy again. Pareto/NBD is too slow for every week. */
public final class Purchases implements Subject {
  /** As {@code model_fit} calls it. */
  public static final String NAME = "purchases";

  private static final Map<String, Function<Fit, PurchaseModel>> MODELS =
      Map.of("bg_nbd", BgNbd::new, "mbg_nbd", MbgNbd::new);

  /** Names of the parameters of each. */
  static final String[] PARAMETERS = {"r", "alpha", "a", "b"};

  /** The model of a name with these parameters. */
  public static PurchaseModel of(String model, Fit fit) {
    return MODELS.get(model).apply(fit);
  }

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int days) {
    Bought seen = customers.purchases(until, until);
    PurchaseHistories histories = seen.histories();
    List<FittedModel> models = new ArrayList<>();
    if (histories.repeats() == 0) {
      return models;
    }
    Bought before = days == 0 ? seen : customers.purchases(until.minusDays(days), until);
    PurchaseHistories earlier = before.histories();
    String data = data(seen);
    Map<String, PurchaseModel> tried =
        days == 0 ? Map.of() : customers.models(until.minusDays(days));
    new TreeMap<>(customers.models(until))
        .forEach(
            (name, fitted) ->
                models.add(
                    new FittedModel(
                        NAME,
                        name,
                        until,
                        State.CANDIDATE,
                        false,
                        Estimates.of(fitted.fit(), PARAMETERS),
                        histories.customers(),
                        histories.repeats(),
                        data,
                        Optional.ofNullable(tried.get(name))
                            .map(model -> trial(before, earlier, days, model)))));
    return models;
  }

  private static Trial trial(
      Bought before, PurchaseHistories histories, int days, PurchaseModel model) {
    double weeks = days / Customers.DAYS_IN_A_WEEK;
    Surprise surprise = new Surprise();
    double expected = 0;
    double actual = 0;
    for (int i = 0; i < before.after().length; i++) {
      long many = before.customers()[i];
      surprise.add(model.returns(before.known().get(i), weeks), before.after()[i] > 0, many);
      expected += many * model.expected(before.known().get(i), weeks);
      actual += many * before.after()[i];
    }
    return new Trial(
        days,
        histories.customers(),
        actual,
        expected,
        actual,
        surprise.mean(),
        surprise.ofAll(),
        Quality.UNTOLD);
  }

  /** Fingerprint of histories. */
  static String data(Bought seen) {
    Fingerprint data = Fingerprint.start();
    for (int i = 0; i < seen.customers().length; i++) {
      data.add(seen.known().get(i).toString()).add("" + seen.customers()[i]);
    }
    return data.hex();
  }
}
