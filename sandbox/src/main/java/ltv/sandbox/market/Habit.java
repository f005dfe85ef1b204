package ltv.sandbox.market;

import java.util.Random;

/** How people use a phone, as far as it decides who of them can be recognised. */
public enum Habit {
  /** Signs in right after the installation, and not every event says so. */
  SIGNS_IN,

  /** Looks around for days or weeks before signing in. */
  SIGNS_IN_LATER,

  /** Never signs in, and may buy as a guest. */
  NEVER,

  /** A tablet of two: whoever signs in last uses it. */
  SHARED,

  /** A phone on show in a shop: many sign in, and it is nobody's. */
  ON_SHOW;

  private static final int ON_SHOW_IN = 300;

  static Habit of(Random random, long daysLeft) {
    int n = random.nextInt(ON_SHOW_IN);
    if (n == 0) {
      // until enough have signed in it looks like somebody's
      return daysLeft > SignIns.DAYS_ON_SHOW ? ON_SHOW : SIGNS_IN;
    }
    return n < 20 ? NEVER : n < 70 ? SIGNS_IN_LATER : n < 80 ? SHARED : SIGNS_IN;
  }
}
