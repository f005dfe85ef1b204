package ltv.calculate.customer.fitted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import ltv.calculate.model.Digits;
import ltv.calculate.model.Fit;
import ltv.calculate.model.LinearFit;

/**
 * Parameters by name, each with its standard error, and how they were found.
 *
 * @param errors not finite where the likelihood is flat
 */
public record Estimates(
    List<String> names,
    double[] values,
    double[] errors,
    double logLikelihood,
    boolean converged,
    int evaluations) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of a fit. */
  public static Estimates of(Fit fit, String... names) {
    return new Estimates(
        List.of(names),
        fit.parameters(),
        fit.standardErrors(),
        fit.logLikelihood(),
        fit.converged(),
        fit.evaluations());
  }

  /** Those of a regression, whose constant comes before the coefficients of its features. */
  public static Estimates of(LinearFit fit, List<String> features) {
    List<String> names = new ArrayList<>(List.of("constant"));
    names.addAll(features);
    return new Estimates(
        names,
        fit.coefficients(),
        fit.standardErrors(),
        fit.logLikelihood(),
        fit.converged(),
        fit.evaluations());
  }

  /** The first of them only. */
  public Estimates first(int n) {
    return new Estimates(
        names.subList(0, n),
        Arrays.copyOf(values, n),
        Arrays.copyOf(errors, n),
        logLikelihood,
        converged,
        evaluations);
  }

  /** The same with more numbers behind, of which no error is known. */
  public Estimates with(List<String> more, double... numbers) {
    List<String> all = new ArrayList<>(names);
    all.addAll(more);
    double[] unknown = new double[numbers.length];
    Arrays.fill(unknown, Double.NaN);
    return new Estimates(
        all,
        DoubleStream.concat(Arrays.stream(values), Arrays.stream(numbers)).toArray(),
        DoubleStream.concat(Arrays.stream(errors), Arrays.stream(unknown)).toArray(),
        logLikelihood,
        converged,
        evaluations);
  }

  /** A number to ten digits: what is beyond depends on the order of sums. */
  public static String told(double number) {
    return String.valueOf(Digits.told(number));
  }

  /** The values as an object of JSON. */
  public String toldValues() {
    return json(values);
  }

  /** The standard errors as an object of JSON, null where one is not known. */
  public String toldErrors() {
    return json(errors);
  }

  private String json(double[] numbers) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), Double.isFinite(numbers[i]) ? Digits.told(numbers[i]) : null);
    }
    try {
      return JSON.writeValueAsString(named);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers by name are plain data", e);
    }
  }

  /** Values that were told, in the order of their names. */
  static double[] read(String told) {
    try {
      return JSON.readTree(told).properties().stream()
          .mapToDouble(e -> e.getValue().doubleValue())
          .toArray();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no parameters: " + told, e);
    }
  }
}
