package ltv.calculate.customer;

import java.util.List;
import java.util.Optional;
import ltv.calculate.model.Fit;
import ltv.engine.Session;

/**
 * The model of a subject that is in use, as {@code model_fit} tells it.
 *
 * @param parameters in the order of the model
 * @param correction what it expects is multiplied by it
 */
record InUse(String model, double[] parameters, double correction) {
  /**
   * The model of a subject; empty where none is in use.
   *
   * @param session has {@code model_fit} by its name
   */
  static Optional<InUse> of(Session session, String subject) {
    List<List<Object>> rows =
        session.rows(
            "select model, parameters, correction from model_fit where state = 'in_use' and subject = '%s'"
                .formatted(subject));
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new InUse(
                    (String) row.get(0),
                    Estimates.read((String) row.get(1)),
                    ((Number) row.get(2)).doubleValue()));
  }

  /** Parameters only: what is asked of a model does not need how they were found. */
  Fit fit() {
    return new Fit(parameters, new double[0][], 0, true, 0);
  }
}
