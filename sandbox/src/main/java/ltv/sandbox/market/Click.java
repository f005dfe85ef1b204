package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A click on an ad of the network, as it delivers them one by one.
 *
 * @param at in the app's zone
 * @param site who showed the ad
 * @param advertisingId of the phone
 * @param address of the phone
 */
public record Click(LocalDateTime at, String site, String advertisingId, String address) {
  private static final int PER_INSTALL = 15;
  private static final int FLOOD = 300;
  private static final int IN_STEPS = 6;
  private static final int STEP_SECONDS = 600;
  private static final int DEVICE_DAY_IN = 3;
  private static final int ADDRESS_DAY_IN = 5;

  /** So many clicks of one device on one day are too many. */
  private static final int OF_A_DEVICE = 25;

  /** So many clicks from one address on one day are too many. */
  private static final int OF_AN_ADDRESS = 220;

  /** All clicks of the market, by publisher and then in no order. */
  public static List<Click> of(Market market) {
    List<Click> clicks = new ArrayList<>();
    for (User user : market.users()) {
      if (user.publisher() != null) {
        before(user, clicks);
      }
    }
    for (int d = 0; d < market.days(); d++) {
      LocalDate day = market.from().plusDays(d);
      if (deviceClicksTooOften(day)) {
        crowd(day, OF_A_DEVICE, true, clicks);
      }
      if (addressClicksTooOften(day)) {
        crowd(day, OF_AN_ADDRESS, false, clicks);
      }
    }
    return clicks;
  }

  /** Whether some device clicks far too often on a day. */
  public static boolean deviceClicksTooOften(LocalDate day) {
    return day.toEpochDay() % DEVICE_DAY_IN == 0;
  }

  /** Whether far too many clicks come from one address on a day. */
  public static boolean addressClicksTooOften(LocalDate day) {
    return day.toEpochDay() % ADDRESS_DAY_IN == 0;
  }

  /** The first of the clicks that come like a clock and end with this one. */
  static LocalDateTime firstStep(LocalDateTime last) {
    return last.minusSeconds((IN_STEPS - 1L) * STEP_SECONDS);
  }

  /** The click that the user came by, and clicks that brought nobody. */
  private static void before(User user, List<Click> clicks) {
    SplittableRandom random = new SplittableRandom(~user.appsFlyerId().hashCode());
    Claim claim = Claim.of(user);
    String site = user.publisher().site();
    String address = claim.device().address();
    int own = claim.rule().equals("R07") ? IN_STEPS : 1;
    for (int n = 0; n < own; n++) {
      LocalDateTime at = claim.touchedAt().minusSeconds((long) n * STEP_SECONDS);
      clicks.add(new Click(at, site, user.advertisingId(), address));
    }
    int others = random.nextInt(2 * (user.publisher().rule().equals("R04") ? FLOOD : PER_INSTALL));
    LocalDateTime day = user.installedAt().toLocalDate().atStartOfDay();
    for (int n = 0; n < others; n++) {
      clicks.add(
          new Click(
              day.plusSeconds(random.nextInt(86_400)), site, id(random), Device.address(random)));
    }
  }

  private static void crowd(LocalDate day, int clicked, boolean oneDevice, List<Click> clicks) {
    SplittableRandom random = new SplittableRandom(day.toEpochDay());
    String id = id(random);
    String address = Device.address(random);
    for (int n = 0; n < clicked; n++) {
      clicks.add(
          new Click(
              day.atStartOfDay().plusSeconds(random.nextInt(86_400)),
              "",
              oneDevice ? id : id(random),
              oneDevice ? Device.address(random) : address));
    }
  }

  private static String id(SplittableRandom random) {
    return "%08x-0000-4000-9000-%012x".formatted(random.nextInt(), random.nextLong() >>> 16);
  }
}
