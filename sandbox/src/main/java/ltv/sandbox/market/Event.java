package ltv.sandbox.market;

import java.time.LocalDateTime;

/**
 * One in-app event.
 *
 * @param at in the app's zone
 * @param value the event value's JSON
 * @param revenue whole won; 0 for an event without money
 */
public record Event(User user, String name, LocalDateTime at, String value, long revenue) {
  /** What an ad in the app earns, in thousandths of a won. */
  public static final long AD_THOUSANDTHS = 12_500;
}
