package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * Who signs in on a phone, and when.
 *
 * @param all members by the moment, in the app's zone; empty for a phone on which nobody does
 */
record SignIns(NavigableMap<LocalDateTime, String> all) {
  /** After so many days a phone on show has been used by more people than share one. */
  static final int DAYS_ON_SHOW = 10;

  private static final int AT_ONCE_SECONDS = 20;
  private static final int LATEST_DAY = 40;
  private static final int SWITCH_IN = 8;

  /** At most one a day, so that what is done in between is told apart. */
  static SignIns of(User user, LocalDateTime end, Random random) {
    NavigableMap<LocalDateTime, String> all = new TreeMap<>();
    LocalDateTime atOnce = user.installedAt().plusSeconds(AT_ONCE_SECONDS);
    LocalDate day = atOnce.toLocalDate();
    switch (user.habit()) {
      case SIGNS_IN -> all.put(atOnce, user.customerId());
      case SIGNS_IN_LATER ->
          all.put(moment(day.plusDays(1L + random.nextInt(LATEST_DAY)), random), user.customerId());
      case SHARED -> {
        all.put(atOnce, user.customerId());
        boolean other = true;
        for (LocalDate d = day.plusDays(1); d.atStartOfDay().isBefore(end); d = d.plusDays(1)) {
          if (random.nextInt(SWITCH_IN) == 0) {
            all.put(moment(d, random), user.customerId() + (other ? "-b" : ""));
            other = !other;
          }
        }
      }
      case ON_SHOW -> {
        all.put(atOnce, user.customerId());
        for (int d = 1; d < DAYS_ON_SHOW; d++) {
          all.put(moment(day.plusDays(d), random), user.customerId() + "-" + d);
        }
      }
      case NEVER -> {}
    }
    return new SignIns(all);
  }

  private static LocalDateTime moment(LocalDate day, Random random) {
    return day.atStartOfDay().plusSeconds(random.nextInt(86_000));
  }

  /** Who signs in first. */
  String first() {
    return all.firstEntry().getValue();
  }

  /** Whether anybody has signed in before. */
  boolean before(LocalDateTime at) {
    return all.lowerEntry(at) != null;
  }

  /** Who signed in last before, else who does first; empty for nobody ever. */
  String who(LocalDateTime at) {
    Map.Entry<LocalDateTime, String> last = all.lowerEntry(at);
    return last != null ? last.getValue() : all.isEmpty() ? "" : first();
  }
}
