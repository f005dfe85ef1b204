package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.model.Gini;
import ltv.calculate.model.LinearFit;
import ltv.calculate.model.regression.LogNormalRegression;
import ltv.calculate.model.regression.Logistic;
import ltv.calculate.model.regression.TwoPart;
import ltv.calculate.model.regression.UserRows;
import ltv.lake.Fingerprint;

/** What users will pay until day 90, by what they did in their first three days. */
public final class FirstDays implements Subject {
  /** As {@code model_fit} calls it. */
  public static final String NAME = "first_days";

  /** In the order of the query's columns. */
  public static final List<String> FEATURES =
      List.of("purchase_days", "log_revenue", "log_ad_revenue", "log_sessions", "ios");

  /** Until this age what is paid counts: as the query has it. */
  private static final int UNTIL_AGE = 90;

  /** A belief worth one user that features do not matter. */
  private static final double RIDGE = 1;

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int days) {
    LocalDate last = until.minusDays(UNTIL_AGE);
    double[][] seen = customers.firstDays(LocalDate.EPOCH, last);
    long payers = Arrays.stream(paid(seen)).filter(p -> p > 0).count();
    if (payers == 0) {
      return List.of();
    }
    Fingerprint data = Fingerprint.start();
    for (double[] column : seen) {
      data.add(Arrays.toString(column));
    }
    return List.of(
        new FittedModel(
            NAME,
            "two_part",
            until,
            State.CANDIDATE,
            false,
            estimates(TwoPart.of(users(seen), RIDGE)),
            seen[0].length,
            payers,
            data.hex(),
            days == 0 ? Optional.empty() : trial(customers, last, days)));
  }

  /** Fitted to users who had reached the age before, asked of those who have reached it since. */
  private static Optional<Trial> trial(Customers customers, LocalDate last, int days) {
    double[][] before = customers.firstDays(LocalDate.EPOCH, last.minusDays(days));
    double[][] since = customers.firstDays(last.minusDays(days - 1L), last);
    double[] actual = Arrays.stream(paid(since)).map(p -> Math.max(0, p)).toArray();
    double came = Arrays.stream(actual).sum();
    if (before[0].length == 0 || !(came > 0)) {
      return Optional.empty();
    }
    TwoPart model = TwoPart.of(users(before), RIDGE);
    double[] expected = new double[actual.length];
    Arrays.setAll(expected, i -> model.expected(features(since, i)));
    return Optional.of(
        new Trial(
            days,
            actual.length,
            Arrays.stream(actual).filter(a -> a > 0).count(),
            Arrays.stream(expected).sum(),
            came,
            1 - Gini.of(expected, actual),
            1,
            Quality.UNTOLD));
  }

  private static double[] paid(double[][] seen) {
    return seen[FEATURES.size()];
  }

  private static UserRows users(double[][] seen) {
    double[][] features = new double[seen[0].length][];
    Arrays.setAll(features, i -> features(seen, i));
    double[] ones = new double[features.length];
    Arrays.fill(ones, 1);
    return UserRows.of(features, paid(seen), ones);
  }

  static double[] features(double[][] seen, int user) {
    double[] features = new double[FEATURES.size()];
    Arrays.setAll(features, f -> seen[f][user]);
    return features;
  }

  private static Estimates estimates(TwoPart model) {
    List<String> names = new ArrayList<>();
    LinearFit paying = model.paying().fit();
    LinearFit amount = model.amount().fit();
    for (String part : List.of("pays", "amount")) {
      names.add(part + ".constant");
      FEATURES.forEach(feature -> names.add(part + "." + feature));
    }
    names.add("amount.sigma");
    names.add("amount.smearing");
    return new Estimates(
        names,
        joined(
            paying.coefficients(), amount.coefficients(), model.amount().sigma(), model.smearing()),
        joined(paying.standardErrors(), amount.standardErrors(), Double.NaN, Double.NaN),
        model.logLikelihood(),
        paying.converged() && amount.converged(),
        paying.evaluations() + amount.evaluations());
  }

  private static double[] joined(double[] first, double[] second, double... more) {
    double[] all = Arrays.copyOf(first, first.length + second.length + more.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(more, 0, all, first.length + second.length, more.length);
    return all;
  }

  /** The model with parameters that were told. */
  public static TwoPart of(double[] told) {
    int n = FEATURES.size() + 1;
    LinearFit paying = known(Arrays.copyOf(told, n));
    LinearFit amount = known(Arrays.copyOfRange(told, n, 2 * n));
    return new TwoPart(
        new Logistic(paying), new LogNormalRegression(amount, told[2 * n]), told[2 * n + 1]);
  }

  private static LinearFit known(double[] coefficients) {
    return new LinearFit(coefficients, new double[0][], 0, true, 0);
  }
}
