package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An offer of the offerwall that a user completed, as its server calls the shop.
 *
 * @param at in the app's zone
 * @param transaction the offerwall's id of it
 * @param member the app's id of the user
 * @param address of the phone
 * @param reward in points
 * @param again whether the server had called for it before
 */
public record Completion(
    LocalDateTime at,
    String transaction,
    String member,
    String address,
    int reward,
    boolean again) {
  /** So many of one user on one day are too many. */
  private static final int OF_A_USER = 14;

  /** So many from one address on one day are too many. */
  private static final int OF_AN_ADDRESS = 36;

  private static final int PER_DAY = 12;
  private static final int USER_DAY_IN = 4;
  private static final int ADDRESS_DAY_IN = 6;
  private static final int AGAIN_IN = 15;

  /** All of a day. */
  public static List<Completion> of(LocalDate day) {
    SplittableRandom random = new SplittableRandom(31 * day.toEpochDay());
    List<Completion> all = new ArrayList<>();
    for (int n = 0; n < PER_DAY; n++) {
      add(day, "offer-" + random.nextInt(1_000_000), Device.address(random), random, all);
    }
    if (userTooBusy(day)) {
      for (int n = 0; n < OF_A_USER; n++) {
        add(day, "farmer-" + day.toEpochDay(), Device.address(random), random, all);
      }
    }
    if (addressTooBusy(day)) {
      String address = Device.address(random);
      for (int n = 0; n < OF_AN_ADDRESS; n++) {
        add(day, "offer-" + random.nextInt(1_000_000), address, random, all);
      }
    }
    return all;
  }

  /** Whether a user completes far too many on a day. */
  public static boolean userTooBusy(LocalDate day) {
    return day.toEpochDay() % USER_DAY_IN == 1;
  }

  /** Whether far too many come from one address on a day. */
  public static boolean addressTooBusy(LocalDate day) {
    return day.toEpochDay() % ADDRESS_DAY_IN == 1;
  }

  private static void add(
      LocalDate day, String member, String address, SplittableRandom random, List<Completion> all) {
    LocalDateTime at = day.atStartOfDay().plusSeconds(random.nextInt(86_000));
    String transaction = "T%s-%d".formatted(day, all.size());
    int reward = 10 * (1 + random.nextInt(30));
    all.add(new Completion(at, transaction, member, address, reward, false));
    if (random.nextInt(AGAIN_IN) == 0) {
      all.add(new Completion(at.plusSeconds(30), transaction, member, address, reward, true));
    }
  }
}
