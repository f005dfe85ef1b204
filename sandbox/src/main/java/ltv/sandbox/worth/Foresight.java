package ltv.sandbox.worth;

import java.util.Set;

/**
 * What a market itself would say of a person of whom purchases and visits are known, and the
 * campaign: its own rules, integrated over what cannot be seen (appetite, and how long one stays).
 * Nobody who sees the same can say more.
 */
public final class Foresight {
  private static final double WIDEST = 4;
  private static final int NODES = 33;

  private final WorthMarket market;
  private final double[] seasons;
  private final double[] appetites = new double[NODES];
  private final double[] weights = new double[NODES];

  /** Of a market in which no channel turns. */
  public Foresight(WorthMarket market) {
    this.market = market;
    this.seasons = market.seasons();
    double sum = 0;
    for (int k = 0; k < NODES; k++) {
      double normal = WIDEST * (2.0 * k / (NODES - 1) - 1);
      appetites[k] = Visitor.appetite(normal);
      weights[k] = Math.exp(-normal * normal / 2);
      sum += weights[k];
    }
    for (int k = 0; k < NODES; k++) {
      weights[k] /= sum;
    }
  }

  /**
   * What is known of a person; ages are days since the person came.
   *
   * @param day on which the person came
   * @param purchases ages with a purchase
   * @param subscriptions ages with a payment of a subscription
   * @param visits ages with a visit, those of purchases or not
   */
  public record Known(
      WorthCampaign campaign,
      boolean ios,
      int day,
      Set<Integer> purchases,
      Set<Integer> subscriptions,
      Set<Integer> visits) {}

  /** The chance that an order follows an age within so many days, of what is known until it. */
  public double returns(Known known, int age, int ahead) {
    double worth = Visitor.worth(known.campaign.quality(), known.ios);
    return 1 - (1 - buys(known, worth, age, ahead)) * (1 - renews(known, worth, age, ahead));
  }

  private double buys(Known known, double worth, int age, int ahead) {
    int last = known.purchases.stream().filter(a -> a <= age).max(Integer::compare).orElse(-1);
    int end = Math.min(age + ahead, market.horizon());
    double[] stayedFor = stayed(known, age, Math.max(age, (age + ahead) / 3) + 1);
    double all = 0;
    double comes = 0;
    for (int k = 0; k < NODES; k++) {
      double[] until = new double[end + 1];
      double sum = 0;
      for (int a = 0; a <= end; a++) {
        double chance =
            Visitor.buys(known.campaign, worth, appetites[k], seasons[known.day + a], a);
        boolean bought = a <= age && known.purchases.contains(a);
        sum += bought ? Math.log(chance) : Math.log1p(-chance);
        until[a] = sum;
      }
      for (int s = 0; s < stayedFor.length; s++) {
        int gone = Visitor.last(s);
        if (gone >= last) {
          double likelihood = weights[k] * stayedFor[s] * Math.exp(until[Math.min(gone, age)]);
          all += likelihood;
          comes +=
              gone > age ? likelihood * -Math.expm1(until[Math.min(gone, end)] - until[age]) : 0;
        }
      }
    }
    double buyers = Math.min(1, Visitor.BUYERS * Math.sqrt(worth));
    double others = 0;
    if (last < 0) {
      for (double likelihood : stayedFor) {
        others += likelihood;
      }
    }
    return buyers * comes / (buyers * all + (1 - buyers) * others);
  }

  /** By how long one stays, how likely that and the visits are; the last stands for all longer. */
  private static double[] stayed(Known known, int age, int longest) {
    double[] stayed = new double[longest + 1];
    double visits = 0;
    for (int s = 0; s <= longest; s++) {
      if (s <= age && !known.purchases.contains(s)) {
        boolean seen = known.visits.contains(s);
        if (seen) {
          for (int before = 0; before < s; before++) {
            stayed[before] = 0; // had left by then
          }
        }
        visits += seen ? Math.log(Visitor.seen(s)) : Math.log1p(-Visitor.seen(s));
      }
      double above = s == longest ? 1 : shorter(known.campaign, s + 1);
      double share = (1 - Visitor.GONE_AT_ONCE) * (above - shorter(known.campaign, s));
      stayed[s] = (share + (s == 0 ? Visitor.GONE_AT_ONCE : 0)) * Math.exp(visits);
    }
    return stayed;
  }

  /** The share of those who stay at all who do so for less. */
  private static double shorter(WorthCampaign campaign, int days) {
    return days == 0 ? 0 : normal(Math.log(days / campaign.stay()) / Visitor.STAY_SPREAD);
  }

  /** The normal distribution to 1e-7 (Abramowitz and Stegun 26.2.17). */
  private static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double polynomial =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double beyond = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    return x < 0 ? beyond : 1 - beyond;
  }

  private static double renews(Known known, double worth, int age, int ahead) {
    int last = known.subscriptions.stream().filter(a -> a <= age).max(Integer::compare).orElse(-1);
    int month = (int) known.subscriptions.stream().filter(a -> a <= age).count() - 1;
    if (last >= 0) {
      int due = last + Visitor.MONTH;
      boolean counts = due > age && due <= age + ahead;
      return counts ? 1 - Visitor.CANCEL[Math.min(month, Visitor.CANCEL.length - 1)] : 0;
    }
    double later = Math.max(0, Visitor.FIRST_FEE - 1 - age);
    double subscribes = Visitor.SUBSCRIBERS * worth / Visitor.FIRST_FEE;
    return subscribes
        * Math.min(later, ahead)
        / (1 - Visitor.SUBSCRIBERS * worth + subscribes * later);
  }
}
