package ltv.calculate.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that was fitted, in words.
 *
 * @param row of it in {@code model_fit}, by column
 */
public record ModelText(Map<String, Object> row) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name by which it is asked for and pinned: {@code mbg_nbd=2026-11-16}. */
  public String version() {
    return row.get("model") + "=" + row.get("fitted_until");
  }

  /** What it tells of. */
  public String subject() {
    return (String) row.get("subject");
  }

  /** Whether it is used for this. */
  public boolean is(String state) {
    return row.get("state").equals(state);
  }

  /** What it is used for, what it was fitted to and how near it came, in one line. */
  public String line() {
    return "%-10s %-24s %-10s%s %,.0f customers, %,.0f events; %s"
        .formatted(
            subject(),
            version(),
            row.get("state"),
            Boolean.TRUE.equals(row.get("pinned")) ? " pinned" : "",
            number("customers"),
            number("events"),
            trial());
  }

  private String trial() {
    return row.get("trial_days") == null
        ? "not tried: the past is too short"
        : "trial of %s days: %,.1f expected, %,.1f came; error %.4f, %.4f by one rule for everybody%s"
            .formatted(
                row.get("trial_days"),
                number("trial_expected"),
                number("trial_actual"),
                number("trial_error"),
                number("trial_error_of_all"),
                quality());
  }

  /** What is measured of chances, or of intervals. */
  private String quality() {
    if (row.get("trial_auc") != null) {
      return "; AUC %.4f, Brier %.4f, slope %.3f"
          .formatted(number("trial_auc"), number("trial_brier"), number("trial_slope"));
    }
    return row.get("trial_covered") == null
        ? ""
        : "; %.1f %% within intervals of 80 %%".formatted(100 * number("trial_covered"));
  }

  /** Everything that is known of it, a line for each. */
  public String lines() {
    List<String> lines = new ArrayList<>(List.of(line()));
    parameters()
        .forEach(
            (name, parameter) ->
                lines.add("  %-24s %.6g ± %s".formatted(name, parameter[0], known(parameter[1]))));
    lines.add(
        "  log-likelihood %,.6f after %s evaluations%s; no random number is drawn"
            .formatted(
                number("log_likelihood"),
                row.get("evaluations"),
                Boolean.TRUE.equals(row.get("converged")) ? "" : ", not converged"));
    lines.add("  correction     what it expects times %.4f".formatted(number("correction")));
    lines.add("  data           " + row.get("data"));
    return String.join("\n", lines);
  }

  private static String known(double error) {
    return Double.isNaN(error) ? "unknown" : "%.3g".formatted(error);
  }

  /** How it differs from another one of its subject. */
  public String against(ModelText other) {
    List<String> said = new ArrayList<>();
    if (row.get("trial_days") != null && other.row.get("trial_days") != null) {
      said.add(
          "its trial was off by %+.2f %% of the other's error"
              .formatted(100 * (number("trial_error") / other.number("trial_error") - 1)));
    }
    said.add(
        "it corrects by %.4f, %.4f".formatted(number("correction"), other.number("correction")));
    if (row.get("model").equals(other.row.get("model"))) {
      Map<String, double[]> others = other.parameters();
      parameters()
          .forEach(
              (name, own) ->
                  said.add(
                      "%s %.5g, %.5g (%s standard errors)"
                          .formatted(
                              name,
                              own[0],
                              others.get(name)[0],
                              known((own[0] - others.get(name)[0]) / others.get(name)[1]))));
    }
    if (row.get("data").equals(other.row.get("data"))) {
      said.add("fitted to the same data");
    }
    return "%s beside %s: %s".formatted(version(), other.version(), String.join("; ", said));
  }

  /** Each with its standard error, which is no number where it is not known. */
  private Map<String, double[]> parameters() {
    JsonNode values = json("parameters");
    JsonNode errors = json("standard_errors");
    Map<String, double[]> parameters = new LinkedHashMap<>();
    values
        .properties()
        .forEach(
            value ->
                parameters.put(
                    value.getKey(),
                    new double[] {
                      value.getValue().doubleValue(),
                      errors.path(value.getKey()).isNumber()
                          ? errors.path(value.getKey()).doubleValue()
                          : Double.NaN
                    }));
    return parameters;
  }

  private JsonNode json(String column) {
    try {
      return JSON.readTree((String) row.get(column));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(column + " of " + version() + " is no JSON", e);
    }
  }

  private double number(String column) {
    return row.get(column) == null ? Double.NaN : ((Number) row.get(column)).doubleValue();
  }
}
