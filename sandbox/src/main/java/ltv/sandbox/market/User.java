package ltv.sandbox.market;

import java.time.LocalDateTime;

/**
 * A person with a phone.
 *
 * @param appsFlyerId the device at AppsFlyer
 * @param advertisingId all zeros when the user opted out
 * @param customerId the app's own id, empty before sign-up
 * @param installedAt in the app's zone
 * @param mediaSource AppsFlyer's word, organic for nobody's merit
 * @param campaign null for organic
 * @param ad null unless the network tells it
 */
public record User(
    String appsFlyerId,
    String advertisingId,
    String customerId,
    LocalDateTime installedAt,
    String mediaSource,
    Campaign campaign,
    Campaign.Ad ad,
    String platform) {
  /** After which those who leave have removed the app. */
  public static final int DAYS_UNTIL_GONE = 3;

  /** An address that only sources may know. */
  public String email() {
    return customerId + "@shop-canary.kr";
  }

  /** A number that only sources may know. */
  public String phone() {
    long digits = Math.floorMod(customerId.hashCode(), 100_000_000);
    return "010-%04d-%04d".formatted(digits / 10_000, digits % 10_000);
  }
}
