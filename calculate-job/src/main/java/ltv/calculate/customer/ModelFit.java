package ltv.calculate.customer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import ltv.calculate.customer.fitted.Choice;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.subject.FirstDays;
import ltv.calculate.customer.subject.NextOrder;
import ltv.calculate.customer.subject.Purchases;
import ltv.calculate.customer.subject.Renewals;
import ltv.calculate.customer.subject.Returns;
import ltv.calculate.customer.subject.Spending;
import ltv.calculate.customer.subject.Subject;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * Computes {@code model_fit}: the models of the newest day of fitting, of the one before, and of
 * days that are pinned. They depend on what was known until these days only, so that the same
 * version comes out on every day until the next.
 */
public final class ModelFit implements Computation {
  /** Changes whenever the same purchases give other models or other scores. */
  static final String VERSION = "2";

  /** A Monday: weekly fits are of Mondays. */
  private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);

  /** Thirteen weeks: long enough for most customers to buy again. */
  private static final int DAYS_OF_TRIAL = 91;

  private static final int FEWEST_DAYS = 7;
  private static final List<Subject> SUBJECTS =
      List.of(
          new Purchases(),
          new NextOrder(),
          new Returns(Returns.WEEK),
          new Returns(Returns.MONTH),
          new Spending(),
          new Renewals(),
          new FirstDays());

  /** Found as a service. */
  public ModelFit() {}

  @Override
  public String name() {
    return "model_fit";
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    LocalDate day = (LocalDate) session.rows("select run_date()").get(0).get(0);
    int every = Integer.parseInt(parameter(session, "ltv_fit_every"));
    Map<String, LocalDate> pins = pins(parameter(session, "ltv_pins"));
    pins.values().removeIf(pinned -> pinned.isAfter(day));
    LocalDate newest = day.minusDays(Math.floorMod(day.toEpochDay() - MONDAY.toEpochDay(), every));
    Customers customers = new Customers(session);
    Map<LocalDate, Integer> daysOfTrial = new TreeMap<>();
    Stream.concat(pins.values().stream(), Stream.of(newest.minusDays(every), newest))
        .forEach(version -> daysOfTrial.computeIfAbsent(version, v -> daysOfTrial(customers, v)));
    Choice choice = new Choice(pins);
    List<List<String>> rows = new ArrayList<>();
    for (Subject subject : SUBJECTS) {
      List<FittedModel> models = new ArrayList<>();
      daysOfTrial.forEach((version, days) -> models.addAll(subject.fit(customers, version, days)));
      choice.of(models).forEach(model -> rows.add(row(day, model)));
    }
    return rows;
  }

  /** Half of the past at most: what is fitted must see as much as it is tried by. */
  private static int daysOfTrial(Customers customers, LocalDate version) {
    int days = Math.min(DAYS_OF_TRIAL, customers.daysSinceFirst(version) / 2);
    return days < FEWEST_DAYS ? 0 : days;
  }

  private static String parameter(Session session, String name) {
    return (String) session.rows("select param_" + name + "()").get(0).get(0);
  }

  /** As the site's settings tell them: {@code bg_nbd=2026-11-16,…}. */
  private static Map<String, LocalDate> pins(String text) {
    Map<String, LocalDate> pins = new HashMap<>();
    Arrays.stream(text.split(","))
        .filter(pin -> !pin.isEmpty())
        .map(pin -> pin.split("="))
        .forEach(pin -> pins.put(pin[0], LocalDate.parse(pin[1])));
    return pins;
  }

  private static List<String> row(LocalDate day, FittedModel model) {
    List<String> row = new ArrayList<>();
    row.add(day.toString());
    row.add(model.subject());
    row.add(model.model());
    row.add(model.until().toString());
    row.add(model.state().name().toLowerCase(Locale.ROOT));
    row.add(String.valueOf(model.pinned()));
    row.add(model.estimates().toldValues());
    row.add(model.estimates().toldErrors());
    row.add(Estimates.told(model.estimates().logLikelihood()));
    row.add(String.valueOf(model.estimates().converged()));
    row.add(String.valueOf(model.estimates().evaluations()));
    row.add(String.valueOf(model.customers()));
    row.add(String.valueOf(model.events()));
    row.add(model.data());
    row.add(model.trial().map(t -> String.valueOf(t.days())).orElse(null));
    row.add(model.trial().map(t -> String.valueOf(t.customers())).orElse(null));
    row.add(model.trial().map(t -> Estimates.told(t.expected())).orElse(null));
    row.add(model.trial().map(t -> Estimates.told(t.actual())).orElse(null));
    row.add(model.trial().map(t -> Estimates.told(t.error())).orElse(null));
    row.add(model.trial().map(t -> Estimates.told(t.errorOfAll())).orElse(null));
    row.add(measured(model, Quality::auc));
    row.add(measured(model, Quality::brier));
    row.add(measured(model, Quality::slope));
    row.add(measured(model, Quality::covered));
    row.add(Estimates.told(model.correction()));
    return row;
  }

  /** Null where it is no number. */
  private static String measured(FittedModel model, ToDoubleFunction<Quality> measure) {
    return model
        .trial()
        .map(t -> measure.applyAsDouble(t.quality()))
        .filter(Double::isFinite)
        .map(Estimates::told)
        .orElse(null);
  }
}
