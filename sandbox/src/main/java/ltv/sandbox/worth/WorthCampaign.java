package ltv.sandbox.worth;

import java.util.Random;

/**
 * A campaign, and what people are like who come by it.
 *
 * @param channel that shows it
 * @param id unique in its channel
 * @param firstDay first day that brings people, from 0
 * @param lastDay last one
 * @param installsPerDay their mean number
 * @param costPerInstall in won
 * @param quality how much more of them buy, and how much more often; 1 is average
 * @param slowdown power of age by which buying becomes rarer after the first week
 * @param stay median days until those go who stay longer than the first
 */
public record WorthCampaign(
    String channel,
    String id,
    int firstDay,
    int lastDay,
    double installsPerDay,
    double costPerInstall,
    double quality,
    double slowdown,
    double stay) {
  private static final double SPREAD = 0.35;

  /** What the campaigns of a channel have in common. */
  record Channel(String name, double quality, double slowdown, double stay) {
    /** A channel by chance. */
    static Channel of(String name, Random random) {
      return new Channel(
          name,
          Math.exp(0.3 * random.nextGaussian()),
          0.25 + 0.3 * random.nextDouble(),
          25 * Math.exp(0.4 * random.nextGaussian()));
    }
  }

  /** A campaign by chance: few are large, and one in three is young. */
  static WorthCampaign of(Channel channel, int number, int days, double size, Random random) {
    boolean young = random.nextInt(3) == 0;
    int first = young ? days - 5 - random.nextInt(26) : random.nextInt(Math.max(1, days * 2 / 3));
    int length = young || random.nextInt(2) == 0 ? days : 30 + random.nextInt(120);
    double installs = Math.min(120, 2 * Math.pow(1 - random.nextDouble(), -1 / 1.1)) * size;
    double quality = channel.quality * Math.exp(SPREAD * random.nextGaussian());
    return new WorthCampaign(
        channel.name,
        "%s-%03d".formatted(channel.name, number),
        Math.max(0, first),
        Math.min(days - 1, first + length),
        installs,
        1_800 * Math.exp(0.3 * random.nextGaussian()),
        quality,
        Math.max(0.05, channel.slowdown + 0.1 * random.nextGaussian()),
        channel.stay * Math.exp(0.2 * random.nextGaussian()));
  }
}
