package ltv.sandbox.worth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A market of many campaigns. Some people never buy; the others differ by a lognormal appetite,
 * come back at a rate that breaks after the first week and then falls by a power of age that
 * differs between campaigns, fill larger baskets (with a Pareto tail) when they buy more often,
 * leave after a lognormal time, and buy more on weekends, on pay day and in winter. Some subscribe;
 * all see ads while they stay; some send back.
 *
 * @param from its day 0
 * @param days on which people come
 * @param horizon age to which each is followed, in days
 */
public record WorthMarket(
    long seed, LocalDate from, int days, int horizon, List<WorthCampaign> campaigns, Turn turn) {
  private static final List<String> CHANNELS =
      List.of("meta", "google_ads", "apple_search_ads", "naver_search_ad", "adison");

  /**
   * A channel that brings other people from a day on.
   *
   * @param factor of their quality
   */
  public record Turn(String channel, int day, double factor) {
    static final Turn NONE = new Turn("", 0, 1);
  }

  /** Who is told what happens. */
  public interface Listener {
    /** Somebody has come; everything that follows until the next is of this one. */
    void came(WorthCampaign campaign, String platform, String country, int day);

    /**
     * What one paid.
     *
     * @param kind purchase, subscription, ad_revenue or refund
     * @param age in days since the one came
     * @param won negative for what is paid back
     */
    void paid(String kind, int age, long won);

    /** What chance had meant one to pay at an age, given what one is like. */
    void meant(int age, double won);

    /** That one orders at an age, given what one is like and has done; 0 where nothing is told. */
    default void likely(int age, double chance) {}
  }

  /**
   * A market by chance, the same for the same arguments.
   *
   * @param size 1 for some 25,000 people by 70 campaigns
   */
  public static WorthMarket of(
      long seed, LocalDate from, int days, int horizon, int campaigns, double size) {
    Random random = new Random(seed);
    List<WorthCampaign.Channel> channels =
        CHANNELS.stream().map(name -> WorthCampaign.Channel.of(name, random)).toList();
    List<WorthCampaign> all = new ArrayList<>();
    for (int n = 0; n < campaigns; n++) {
      var channel = channels.get(random.nextInt(channels.size()));
      all.add(WorthCampaign.of(channel, n, days, size, random));
    }
    return new WorthMarket(seed, from, days, horizon, List.copyOf(all), Turn.NONE);
  }

  /** The same market, in which a channel's people are others from a day on. */
  public WorthMarket turning(Turn other) {
    return new WorthMarket(seed, from, days, horizon, campaigns, other);
  }

  /** Tells everything that happens, campaign by campaign. */
  public void tell(Listener listener) {
    double[] seasons = seasons();
    for (int c = 0; c < campaigns.size(); c++) {
      WorthCampaign campaign = campaigns.get(c);
      Random random = new Random(seed * 1_000_003 + c);
      for (int day = campaign.firstDay(); day <= campaign.lastDay(); day++) {
        boolean turned = campaign.channel().equals(turn.channel) && day >= turn.day;
        double quality = campaign.quality() * (turned ? turn.factor : 1);
        for (int n = poisson(campaign.installsPerDay() * seasons[day], random); n > 0; n--) {
          new Visitor(campaign, quality, day, seasons, horizon, random).live(listener);
        }
      }
    }
  }

  /** How much more is bought on each day than on the average one. */
  double[] seasons() {
    return IntStream.range(0, days + horizon + 1)
        .mapToDouble(d -> season(from.plusDays(d)))
        .toArray();
  }

  private static double season(LocalDate day) {
    boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    double year = 1 + 0.15 * Math.cos(2 * Math.PI * (day.getDayOfYear() - 5) / 365.25);
    return year * (weekend ? 1.25 : 1) * (day.getDayOfMonth() == 25 ? 1.3 : 1);
  }

  private static int poisson(double mean, Random random) {
    double limit = Math.exp(-mean);
    int n = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      n++;
    }
    return n;
  }
}
