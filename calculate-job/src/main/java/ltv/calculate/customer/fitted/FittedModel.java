package ltv.calculate.customer.fitted;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A model as it was fitted, with what is known of how good it is.
 *
 * @param subject what it tells of: purchases, next_order, return_7, return_30, spend, renewals or
 *     first_days
 * @param model its name
 * @param until the last day that it was fitted to; the version of the model
 * @param state what it is used for
 * @param pinned whether the site wants this one
 * @param estimates its parameters
 * @param customers that it was fitted to
 * @param events how many purchases or renewals of them
 * @param data fingerprint of what it was fitted to
 * @param trial empty where the past is too short for one
 */
public record FittedModel(
    String subject,
    String model,
    LocalDate until,
    State state,
    boolean pinned,
    Estimates estimates,
    long customers,
    long events,
    String data,
    Optional<Trial> trial) {
  /** What a model is used for. */
  public enum State {
    /** It tells what customers will do. */
    IN_USE,

    /** It could, but another one was nearer in its trial, is newer, or is pinned. */
    CANDIDATE,

    /** It was much worse in its trial than the one before it, or the pinned one. */
    HELD,

    /** It knows no more of customers than a rule that says one thing of everybody. */
    NO_BETTER,

    /** No parameters are likeliest. */
    FAILED
  }

  /** The same in another state. */
  FittedModel in(State newState) {
    return pinnedIn(pinned, newState);
  }

  /** The same in another state, pinned or not. */
  FittedModel pinnedIn(boolean newPinned, State newState) {
    return new FittedModel(
        subject, model, until, newState, newPinned, estimates, customers, events, data, trial);
  }

  /** How far its trial was off; infinite without one, so that a model with one comes first. */
  double error() {
    return trial.map(Trial::error).orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The same over the error of a rule that says one thing of everybody; infinite without a trial.
   */
  double share() {
    return trial.map(t -> t.error() / t.errorOfAll()).orElse(Double.POSITIVE_INFINITY);
  }

  /** By what to multiply what it expects; 1 without a trial. */
  public double correction() {
    return trial.map(Trial::correction).orElse(1.0);
  }
}
