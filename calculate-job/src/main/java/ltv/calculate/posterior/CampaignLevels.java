package ltv.calculate.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What campaigns are worth beside what is expected of them, each believed as far as its size allows
 * beside its channel, and that beside all channels: the hierarchical model of which the weights of
 * Buehlmann and Straub are the linear approximation. It costs seconds where these cost nothing; it
 * is what they are held against.
 *
 * <p>What the cohorts of campaign c of channel k had paid has mean {@code e_c theta_c} and variance
 * {@code v_c theta_c}, and varies as {@link PoissonPaid} says; {@code log theta_c} is normal around
 * {@code m_k} with deviation tau, {@code m_k} around {@code m} with deviation sigma, {@code m}
 * around 0 with deviation 1; tau and sigma are half-normal with scale 0.5.
 *
 * <p>Where little is known of tau and sigma, the level of a campaign of which nothing is known has
 * a mean but no finite variance, as a lognormal number has whose spread is unknown: quantiles say
 * more of it than the deviation does.
 */
public final class CampaignLevels {
  private final int campaigns;
  private final int channels;
  private final LevelTree tree;

  private CampaignLevels(int campaigns, int channels, LevelTree tree) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.tree = tree;
  }

  /**
   * Of campaigns, in any one unit of money.
   *
   * @param channels the channel of each, counted from 0
   * @param paid by the cohorts of each; less than nothing after refunds
   * @param expected of each at level 1; where it is 0, nothing is known of the campaign
   * @param variances of what is paid, by chance, at level 1; above 0 where anything is expected
   * @throws IllegalArgumentException where a number is out of its range
   */
  public static CampaignLevels of(
      int[] channels, double[] paid, double[] expected, double[] variances) {
    List<PoissonPaid> known = new ArrayList<>();
    for (int c = 0; c < channels.length; c++) {
      boolean told = expected[c] > 0;
      if (channels[c] < 0
          || !Double.isFinite(paid[c])
          || !(expected[c] >= 0 && expected[c] < Double.POSITIVE_INFINITY)
          || told && !(variances[c] > 0 && variances[c] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            ("campaign %d of channel %d: paid %s of %s, variance %s; all must be finite, the"
                    + " channel and what is expected at least 0, the variance above 0")
                .formatted(c, channels[c], paid[c], expected[c], variances[c]));
      }
      known.add(
          told
              ? new PoissonPaid(paid[c] / expected[c], variances[c] / expected[c] / expected[c])
              : PoissonPaid.UNKNOWN);
    }
    int count = Arrays.stream(channels).max().orElse(-1) + 1;
    return new CampaignLevels(channels.length, count, new LevelTree(known, channels, count));
  }

  /** Draws of all levels and both deviations, at the places that the other methods name. */
  public Posterior draw(Sampler how, long seed) {
    List<String> names = names();
    return how.draw(tree, names, seed).turned(names, tree::quantities);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    IntStream.range(0, campaigns).forEach(c -> names.add("campaign " + c));
    IntStream.range(0, channels).forEach(k -> names.add("channel " + k));
    names.addAll(List.of("all", "tau", "sigma"));
    return names;
  }

  LevelTree tree() {
    return tree;
  }

  /** The place of a campaign's level, theta. */
  public int campaign(int campaign) {
    return campaign;
  }

  /** The place of the level of a channel, exp(m_k). */
  public int channel(int channel) {
    return campaigns + channel;
  }

  /** The place of the level of all, exp(m). */
  public int all() {
    return campaigns + channels;
  }

  /** The place of the deviation between campaigns of a channel, in logarithms. */
  public int tau() {
    return all() + 1;
  }

  /** The place of the deviation between channels, in logarithms. */
  public int sigma() {
    return all() + 2;
  }
}
