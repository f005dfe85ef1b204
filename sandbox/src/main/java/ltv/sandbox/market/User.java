package ltv.sandbox.market;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person with a phone.
 *
 * @param appsFlyerId the device at AppsFlyer
 * @param advertisingId all zeros when the user opted out
 * @param customerId the app's own id of its owner; empty for who never signs in
 * @param installedAt in the app's zone
 * @param mediaSource AppsFlyer's word, organic for nobody's merit
 * @param campaign null for organic
 * @param ad null unless the network tells it
 * @param publisher who showed the ad; null unless the network has publishers
 * @param habit who uses the phone
 */
public record User(
    String appsFlyerId,
    String advertisingId,
    String customerId,
    LocalDateTime installedAt,
    String mediaSource,
    Campaign campaign,
    Campaign.Ad ad,
    String platform,
    Publisher publisher,
    Habit habit) {
  /** After which those who leave have removed the app. */
  public static final int DAYS_UNTIL_GONE = 3;

  /** Whether the advertising id tells this phone from others. */
  public boolean identifiable() {
    return !advertisingId.startsWith("00000000-");
  }

  /** Each person once, by the first phone; who never signs in is as many people as phones. */
  public static List<User> byPerson(List<User> users) {
    Map<String, User> people = new LinkedHashMap<>();
    users.forEach(
        user ->
            people.putIfAbsent(
                user.customerId.isEmpty() ? user.appsFlyerId : user.customerId, user));
    return List.copyOf(people.values());
  }

  /** An address that only sources may know. */
  public String email() {
    return email(customerId);
  }

  /** A number that only sources may know. */
  public String phone() {
    return phone(customerId);
  }

  /** The address of a member. */
  public static String email(String member) {
    return member + "@shop-canary.kr";
  }

  /** The number of a member. */
  public static String phone(String member) {
    long digits = Math.floorMod(member.hashCode(), 100_000_000);
    return "010-%04d-%04d".formatted(digits / 10_000, digits % 10_000);
  }
}
