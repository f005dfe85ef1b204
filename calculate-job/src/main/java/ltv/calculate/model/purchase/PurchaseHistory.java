package ltv.calculate.model.purchase;

/**
 * What is known of a customer's repeat purchases. The first purchase starts the clock and is no
 * repeat.
 *
 * @param repeats purchases after the first (x)
 * @param last when the last of them was, since the first purchase; 0 without one (t_x)
 * @param age how long the customer has been observed since the first purchase (T), in the same unit
 */
public record PurchaseHistory(int repeats, double last, double age) {
  /**
   * A history.
   *
   * @throws IllegalArgumentException unless 0 ≤ last ≤ age, and last is 0 where nothing was
   *     repeated
   */
  public PurchaseHistory {
    if (repeats < 0 || !(last >= 0) || !(last <= age) || (repeats == 0 && last > 0)) {
      throw new IllegalArgumentException(
          "no history: %d repeats, the last at %s of %s".formatted(repeats, last, age));
    }
  }
}
