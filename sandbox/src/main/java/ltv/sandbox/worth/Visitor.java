package ltv.sandbox.worth;

import java.util.Random;
import ltv.sandbox.worth.WorthMarket.Listener;

/** Somebody who has come by a campaign. */
final class Visitor {
  static final double BUYERS = 0.14;
  private static final double EARLY_RATE = 0.09;
  private static final double LATE_RATE = 0.05;
  private static final int KINK = 7;
  private static final double BASKET = 9_000;
  private static final double TAIL = 2.6;
  private static final double LARGEST = 900_000;
  private static final double REFUNDED = 0.02;
  static final double GONE_AT_ONCE = 0.45;
  static final double SUBSCRIBERS = 0.015;
  private static final long FEE = 9_900;
  static final int MONTH = 30;
  static final int FIRST_FEE = 14;
  static final double[] CANCEL = {0.35, 0.15, 0.07};
  private static final double AD = 16;
  static final double STAY_SPREAD = 1.6;

  private final WorthCampaign campaign;
  private final int day;
  private final double[] seasons;
  private final int horizon;
  private final Random random;
  private final String platform;
  private final String country;
  private final double worth;
  private final int stays;

  Visitor(
      WorthCampaign campaign,
      double quality,
      int day,
      double[] seasons,
      int horizon,
      Random random) {
    this.campaign = campaign;
    this.day = day;
    this.seasons = seasons;
    this.horizon = horizon;
    this.random = random;
    boolean ios = campaign.channel().startsWith("apple") || random.nextInt(10) < 3;
    this.platform = ios ? "ios" : "android";
    int at = random.nextInt(20);
    this.country = at == 0 ? "US" : at < 3 ? "JP" : "KR";
    this.worth = worth(quality, ios);
    this.stays =
        random.nextDouble() < GONE_AT_ONCE
            ? 0
            : (int) (campaign.stay() * Math.exp(STAY_SPREAD * random.nextGaussian()));
  }

  /** How much more one buys than the average, on a platform of a campaign of such a quality. */
  static double worth(double quality, boolean ios) {
    return quality * (ios ? 1.3 : 1);
  }

  /** Of an appetite, by a standard normal number. */
  static double appetite(double normal) {
    return Math.exp(0.9 * normal - 0.4);
  }

  /** That somebody with such an appetite who has not left buys at an age. */
  static double buys(
      WorthCampaign campaign, double worth, double appetite, double season, int age) {
    double rate =
        age < KINK
            ? EARLY_RATE
            : LATE_RATE * Math.pow((age + 1.0) / (KINK + 1), -campaign.slowdown());
    return Math.min(0.9, rate * appetite * Math.sqrt(worth) * season);
  }

  /** Last age at which somebody buys who stays so long: who buys has a reason to stay. */
  static int last(int stays) {
    return stays * 3 + 1;
  }

  /** That somebody who stays is seen at an age. */
  static double seen(int age) {
    return 0.7 * Math.pow(age + 1, -0.35);
  }

  /** Tells what this one pays, day by day. */
  void live(Listener listener) {
    listener.came(campaign, platform, country, day);
    if (random.nextDouble() < BUYERS * Math.sqrt(worth)) {
      buy(listener);
    }
    if (random.nextDouble() < SUBSCRIBERS * worth) {
      subscribe(listener);
    }
    for (int age = 0; age <= Math.min(stays, horizon); age++) {
      double seen = seen(age);
      listener.meant(age, seen * AD);
      if (random.nextDouble() < seen) {
        listener.paid("ad_revenue", age, Math.round(AD * 2 * random.nextDouble()));
      }
    }
  }

  private void buy(Listener listener) {
    double appetite = appetite(random.nextGaussian());
    double least = BASKET * Math.pow(appetite, 0.3);
    double mean =
        TAIL * least / (TAIL - 1)
            - Math.pow(least, TAIL) * Math.pow(LARGEST, 1 - TAIL) / (TAIL - 1);
    for (int age = 0; age <= Math.min(horizon, last(stays)); age++) {
      double chance = buys(campaign, worth, appetite, seasons[day + age], age);
      listener.likely(age, chance);
      listener.meant(age, chance * mean * (1 - REFUNDED));
      if (random.nextDouble() < chance) {
        double basket = least * Math.pow(1 - random.nextDouble(), -1 / TAIL);
        long won = Math.round(Math.min(basket, LARGEST) / 100) * 100;
        listener.paid("purchase", age, won);
        int back = age + 3;
        if (random.nextDouble() < REFUNDED && back <= horizon) {
          listener.paid("refund", back, -won);
        }
      }
    }
  }

  private void subscribe(Listener listener) {
    double stillThere = 1;
    boolean there = true;
    int age = random.nextInt(FIRST_FEE);
    for (int month = 0; age <= horizon; month++, age += MONTH) {
      listener.meant(age, stillThere * FEE);
      if (there) {
        listener.paid("subscription", age, FEE);
      }
      double leaves = CANCEL[Math.min(month, CANCEL.length - 1)];
      stillThere *= 1 - leaves;
      listener.likely(age + MONTH, there ? 1 - leaves : 0);
      there &= random.nextDouble() >= leaves;
    }
  }
}
