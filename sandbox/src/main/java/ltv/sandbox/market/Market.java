package ltv.sandbox.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A mobile shop in Korea and its advertising. The buying behaviour is none of the models that the
 * pipeline fits: a share of users never buys; the others come back at a rate that breaks after the
 * first week, with a heavy-tailed basket that is larger for frequent buyers, more on weekends.
 *
 * @param publishers of the network that has some
 * @param ads every ad's every day
 * @param users in the order of their installs
 * @param events in the order of time per user
 */
public record Market(
    LocalDate from,
    int days,
    List<Campaign> campaigns,
    List<Publisher> publishers,
    List<AdDay> ads,
    List<User> users,
    List<Event> events) {
  /** AppsFlyer's word for the network that has publishers. */
  public static final String NETWORK_SOURCE = "rtb_int";

  private static final double WEEKEND = 1.25;
  private static final double BUYERS = 0.22;
  private static final double EARLY_RATE = 0.10;
  private static final double LATE_RATE = 0.035;
  private static final int KINK_DAYS = 7;
  private static final int DAYS_UNTIL_SETTLED = 7;

  /** So many at the beginning have one phone: testers are among them. */
  private static final int FIRST = 40;

  private static final int SECOND_PHONE_IN = 25;
  private static final int MOST_VIEWS = 4;
  private static final int VIEWING_SECONDS = 20 * 86_400;

  /** AppsFlyer's word for each channel. */
  static final Map<String, String> SOURCES =
      Map.of(
          Campaign.META, "Facebook Ads",
          Campaign.GOOGLE_ADS, "googleadwords_int",
          Campaign.APPLE_SEARCH_ADS, "Apple Search Ads",
          Campaign.NETWORK, NETWORK_SOURCE);

  /** Makes the same market for the same arguments. */
  public static Market simulate(long seed, LocalDate from, int days, double size) {
    List<Campaign> campaigns = Campaigns.of(from, days, size);
    List<Publisher> publishers = Publisher.of(from, days, size);
    Maker maker = new Maker(seed, from, days, size);
    List<AdDay> ads = maker.ads(campaigns);
    List<User> users = maker.users(campaigns, publishers);
    return new Market(from, days, campaigns, publishers, ads, users, maker.events(users));
  }

  /**
   * The same market as its channels tell it when a day is over: nothing of later days, and of what
   * ads did in the last week some is still to come.
   */
  public Market toldAfter(LocalDate day) {
    LocalDate settled = day.minusDays(DAYS_UNTIL_SETTLED);
    return new Market(
        from,
        (int) ChronoUnit.DAYS.between(from, day) + 1,
        campaigns,
        publishers,
        ads.stream()
            .filter(ad -> !ad.day().isAfter(day))
            .map(ad -> ad.day().isAfter(settled) ? ad.firstTold() : ad)
            .toList(),
        users.stream().filter(user -> !user.installedAt().toLocalDate().isAfter(day)).toList(),
        events.stream().filter(event -> !event.at().toLocalDate().isAfter(day)).toList());
  }

  /** Whether a day is one of its days. */
  public boolean has(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(lastDay());
  }

  /** The last day that has happened. */
  public LocalDate lastDay() {
    return from.plusDays(days - 1);
  }

  private static final class Maker {
    private final Random random;

    /** Of their own: what other ads do changes nothing elsewhere. */
    private final Random others;

    private final Random searched;

    /** Of its own: who uses a phone, and how. */
    private final Random people;

    private final LocalDate from;
    private final int days;
    private final double size;
    private int orders;

    Maker(long seed, LocalDate from, int days, double size) {
      this.random = new Random(seed);
      this.others = new Random(seed + 1);
      this.people = new Random(seed + 2);
      this.searched = new Random(seed + 3);
      this.from = from;
      this.days = days;
      this.size = size;
    }

    List<AdDay> ads(List<Campaign> campaigns) {
      List<AdDay> all = new ArrayList<>();
      for (int d = 0; d < days; d++) {
        LocalDate day = from.plusDays(d);
        for (Campaign campaign : campaigns) {
          if (!day.isBefore(campaign.launchedOn())) {
            if (campaign.whole()) {
              all.add(adDay(day, campaign, null));
            }
            for (Campaign.Ad ad : campaign.ads()) {
              all.add(adDay(day, campaign, ad));
            }
          }
        }
      }
      return all;
    }

    private AdDay adDay(LocalDate day, Campaign campaign, Campaign.Ad ad) {
      boolean search = campaign.id().equals(Campaigns.SEARCH);
      Random chance =
          campaign.channel().equals(Campaign.META) ? random : search ? searched : others;
      double share = campaign.dailySpend() / (campaign.ads().size() + (campaign.whole() ? 1 : 0));
      long spend = Math.max(0, Math.round(share * season(day) * (0.7 + 0.6 * chance.nextDouble())));
      spend = spend / campaign.step() * campaign.step();
      long impressions = Math.round(spend / (5.0 + 3 * chance.nextDouble()));
      long clicks = Math.round(impressions * (0.01 + 0.02 * chance.nextDouble()));
      long linkClicks = Math.round(clicks * (0.6 + 0.3 * chance.nextDouble()));
      return new AdDay(
          day, campaign, ad, impressions, clicks, linkClicks, Math.round(impressions * 0.8), spend);
    }

    List<User> users(List<Campaign> campaigns, List<Publisher> publishers) {
      List<User> all = new ArrayList<>();
      for (int d = 0; d < days; d++) {
        LocalDate day = from.plusDays(d);
        for (Campaign campaign : campaigns) {
          if (!day.isBefore(campaign.launchedOn())) {
            double mean = campaign.installsPerDay() * season(day);
            int n = mean > 0 ? poisson(mean) : 0;
            for (int i = 0; i < n; i++) {
              all.add(user(day, campaign, publishers, all.size()));
            }
          }
        }
        int organic = poisson(25 * size * season(day));
        for (int i = 0; i < organic; i++) {
          all.add(user(day, null, publishers, all.size()));
        }
      }
      return all;
    }

    private User user(LocalDate day, Campaign campaign, List<Publisher> publishers, int n) {
      LocalDateTime at = day.atStartOfDay().plusSeconds(random.nextInt(86_400));
      boolean apple = campaign != null && campaign.channel().equals(Campaign.APPLE_SEARCH_ADS);
      Publisher publisher =
          campaign != null && campaign.channel().equals(Campaign.NETWORK)
              ? Publisher.on(day, publishers, people)
              : null;
      boolean alike = publisher != null && publisher.oneModel();
      boolean android = random.nextInt(100) < 68 && !apple || alike;
      Campaign.Ad ad =
          campaign == null || !campaign.channel().equals(Campaign.META)
              ? null // the others pass AppsFlyer the campaign only
              : campaign.ads().get(random.nextInt(campaign.ads().size()));
      boolean identifiable = android && random.nextInt(10) > 0 || alike;
      String advertisingId =
          identifiable
              ? "%08x-0000-4000-8000-%012x".formatted(random.nextInt(), n)
              : "00000000-0000-0000-0000-000000000000";
      Habit habit = Habit.of(people, ChronoUnit.DAYS.between(day, from.plusDays(days)));
      return new User(
          "%013d-%07d".formatted(1_750_000_000_000L + random.nextInt(1_000_000_000), n),
          advertisingId,
          habit == Habit.NEVER ? "" : member(n),
          at,
          campaign == null ? "organic" : SOURCES.get(campaign.channel()),
          campaign,
          ad,
          android ? "android" : "ios",
          publisher,
          habit);
    }

    /** Now and then somebody who has another phone already. */
    private String member(int n) {
      boolean second = n >= 2 * FIRST && people.nextInt(SECOND_PHONE_IN) == 0;
      return "member-" + (second ? FIRST + people.nextInt(n - FIRST) : n);
    }

    List<Event> events(List<User> users) {
      List<Event> all = new ArrayList<>();
      LocalDateTime end = from.plusDays(days).atStartOfDay();
      for (User user : users) {
        SignIns signIns = SignIns.of(user, end, people);
        List<Event> own = new ArrayList<>();
        signIns
            .all()
            .forEach((at, member) -> own.add(new Event(user, member, true, "af_login", at, "", 0)));
        if (random.nextInt(100) < 60 && !signIns.all().isEmpty()) {
          own.add(
              new Event(
                  user,
                  signIns.first(),
                  true,
                  "af_complete_registration",
                  signIns.all().firstKey().plusSeconds(70),
                  "{\"af_registration_method\":\"kakao, \\\"talk\\\"\"}",
                  0));
        }
        for (int n = people.nextInt(MOST_VIEWS); n > 0; n--) {
          LocalDateTime at = user.installedAt().plusSeconds(people.nextInt(VIEWING_SECONDS));
          Event view = seen(user, signIns, "af_content_view", at, "{\"af_content_id\":\"A-1\"}", 0);
          // nobody could tell two of one second apart
          if (own.stream().noneMatch(e -> e.name().equals(view.name()) && e.at().equals(at))) {
            own.add(view);
          }
        }
        double value = user.campaign() == null ? 1.1 : user.campaign().userValue();
        if (random.nextDouble() < BUYERS * value) {
          purchases(user, signIns, value, own);
        }
        own.removeIf(e -> !e.at().isBefore(end));
        own.sort(Comparator.comparing(Event::at));
        all.addAll(own);
      }
      return all;
    }

    private void purchases(User user, SignIns signIns, double value, List<Event> all) {
      double appetite = Math.exp(0.6 * random.nextGaussian());
      for (int age = 0; age < days; age++) {
        double rate = (age < KINK_DAYS ? EARLY_RATE : LATE_RATE) * appetite * value;
        LocalDate day = user.installedAt().toLocalDate().plusDays(age);
        if (random.nextDouble() < Math.min(0.9, rate * season(day))) {
          LocalDateTime at =
              age == 0
                  ? user.installedAt().plusSeconds(120 + random.nextInt(600))
                  : day.atStartOfDay().plusSeconds(random.nextInt(86_400));
          all.add(purchase(user, signIns, at, appetite));
        }
      }
    }

    /** Baskets follow a Pareto tail; who buys often buys more at once. */
    private Event purchase(User user, SignIns signIns, LocalDateTime at, double appetite) {
      double basket = 9_000 * Math.pow(1 - random.nextDouble(), -1 / 2.6) * Math.pow(appetite, 0.3);
      long won = Math.round(Math.min(basket, 900_000) / 100) * 100;
      String order = "O%08d".formatted(orders++);
      // now and then a note with quotes, and a line break between two fields, as some apps send
      String note = random.nextInt(20) == 0 ? ",\n\"memo\":\"문 앞, \\\"벨 X\\\"\"" : "";
      String value =
          "{\"af_order_id\":\"%s\",\"af_revenue\":%d,\"af_content_id\":[\"A-1\",\"B,2\"]%s}"
              .formatted(order, won, note);
      return seen(user, signIns, "af_purchase", at, value, won);
    }

    /** An event of somebody who, even when signed in, is not always named. */
    private Event seen(
        User user, SignIns signIns, String name, LocalDateTime at, String value, long won) {
      boolean told = signIns.before(at) && people.nextInt(3) > 0;
      return new Event(user, signIns.who(at), told, name, at, value, won);
    }

    private static double season(LocalDate day) {
      DayOfWeek weekday = day.getDayOfWeek();
      return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY ? WEEKEND : 1;
    }

    private int poisson(double mean) {
      double limit = Math.exp(-Math.min(mean, 500));
      int n = 0;
      for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
        n++;
      }
      return n;
    }
  }
}
