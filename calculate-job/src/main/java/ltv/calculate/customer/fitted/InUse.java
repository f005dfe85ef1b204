package ltv.calculate.customer.fitted;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ltv.calculate.model.Fit;
import ltv.engine.Session;

/**
 * The model of a subject that is in use, as {@code model_fit} tells it.
 *
 * @param until the last day that it was fitted to
 * @param parameters in the order of the model
 * @param correction what it expects is multiplied by it
 */
public record InUse(String model, LocalDate until, double[] parameters, double correction) {
  /**
   * The model of a subject; empty where none is in use.
   *
   * @param session has {@code model_fit} by its name
   */
  public static Optional<InUse> of(Session session, String subject) {
    List<List<Object>> rows =
        session.rows(
            "select model, fitted_until, parameters, correction from model_fit where state = 'in_use' and subject = '%s'"
                .formatted(subject));
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new InUse(
                    (String) row.get(0),
                    (LocalDate) row.get(1),
                    Estimates.read((String) row.get(2)),
                    ((Number) row.get(3)).doubleValue()));
  }

  /** By which it is pinned and asked for: {@code mbg_nbd=2026-11-16}. */
  public String version() {
    return model + "=" + until;
  }

  /** Parameters only: what is asked of a model does not need how they were found. */
  public Fit fit() {
    return firstOf(parameters.length);
  }

  /** The first of them only. */
  public Fit firstOf(int n) {
    return new Fit(Arrays.copyOf(parameters, n), new double[0][], 0, true, 0);
  }
}
