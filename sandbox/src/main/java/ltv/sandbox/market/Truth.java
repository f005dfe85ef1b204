package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a pipeline without fault must find.
 *
 * @param spend won by {@code day|channel|campaign}
 * @param counted what of installs and events counts
 * @param rowsServed rows sent by {@code dataset} and day
 * @param duplicates injected repeats by {@code dataset}
 * @param notPrimary injected second views by {@code dataset}
 * @param sums of sources, by {@link Sum} and {@code day|…}, in thousandths
 * @param findings what is to be found out of people and publishers
 */
public record Truth(
    Map<String, Long> spend,
    Counted counted,
    Map<String, Map<String, Long>> rowsServed,
    Map<String, Long> duplicates,
    Map<String, Long> notPrimary,
    Map<String, Map<String, Long>> sums,
    Findings findings) {

  /** Countries that each Apple campaign runs in. */
  public static final int APPLE_COUNTRIES = 2;

  private static final int DEVICES = 2;

  /** Adds the market up. */
  public static Truth of(Market market, Dirt dirt) {
    Truth truth =
        new Truth(
            new TreeMap<>(),
            Counted.of(market, dirt),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            Findings.of(market, dirt));
    market.ads().forEach(ad -> truth.add(ad, dirt));
    truth.addAdison(market);
    truth.addDropped(market);
    truth.addLists(market);
    InstallDay.of(market).forEach(truth::add);
    SessionDay.of(market, dirt).forEach(truth::add);
    market.users().forEach(user -> truth.add(user, dirt));
    List<User> people = User.byPerson(market.users());
    truth.served(market.lastDay(), Sources.PROFILES, 0, people.size());
    long known = people.stream().filter(user -> !user.customerId().isEmpty()).count();
    truth.served(market.lastDay(), Sources.DOCUMENTS, 0, known);
    market.events().forEach(event -> truth.add(event, dirt));
    market.events().stream()
        .filter(event -> dirt.received(event, market))
        .forEach(event -> truth.addExported(event, dirt.exportedTwice(event) ? 2 : 1));
    market.users().forEach(user -> truth.addLeaving(user, market.lastDay().plusDays(1), dirt));
    truth.addLevels(market.ads());
    return truth;
  }

  private void add(AdDay ad, Dirt dirt) {
    String campaignDay = ad.day() + "|" + ad.campaign().channel() + "|" + ad.campaign().id();
    long first = spend.containsKey(campaignDay) ? 0 : 1;
    long part = ad.ad() == null ? 0 : 1;
    switch (ad.campaign().channel()) {
      case Campaign.META -> {
        served(ad.day(), Sources.INSIGHTS, dirt.repeated(ad) ? 1 : 0, 1);
        addCredits(ad, dirt.repeated(ad) ? 2 : 1);
        Placement.addTo(this, ad, dirt);
      }
      case Campaign.GOOGLE_ADS -> {
        served(ad.day(), Sources.GOOGLE_ADS_CAMPAIGNS, 0, first);
        served(ad.day(), Sources.GOOGLE_ADS_ADS, 0, part);
        Keyword.addTo(this, ad);
      }
      case Campaign.NAVER -> {
        served(ad.day(), Sources.NAVER_ADS, 0, DEVICES * (Keyword.of(ad).size() + 1L));
        served(ad.day(), Sources.NAVER_CONVERSIONS, 0, ad.conversions() == 0 ? 0 : 1);
      }
      case Campaign.ADISON -> served(ad.day(), Sources.ADISON, 0, AdisonRow.PLATFORMS);
      default -> {
        served(ad.day(), Sources.APPLE_CAMPAIGNS, 0, first * APPLE_COUNTRIES);
        served(ad.day(), Sources.APPLE_AD_GROUPS, 0, part);
        Keyword.addTo(this, ad);
      }
    }
    spend.merge(campaignDay, ad.spend(), Long::sum);
    sum(
        Sum.cost(ad.campaign().channel()),
        ad.day() + "|" + ad.campaign().id(),
        ad.costAsSent(dirt));
  }

  /** Both reports of a month end with a total; in the served one the last row comes twice. */
  private void addAdison(Market market) {
    LocalDate end = market.lastDay();
    for (YearMonth month : AdisonRow.months(market)) {
      LocalDate first = month.atDay(1);
      LocalDate last = month.atEndOfMonth();
      served(first.isBefore(market.from()) ? market.from() : first, Sources.ADISON, 0, 2);
      served(last.isAfter(end) ? end : last, Sources.ADISON, 1, 0);
      List<AdisonRow> rows = AdisonRow.of(market, Campaign.SERVED_ADVERTISER, month);
      AdisonRow twice = rows.get(rows.size() - 1);
      sum(Sum.ADISON_COST, twice.day() + "|" + twice.campaign().id(), twice.cost() * 1100);
    }
  }

  private void addDropped(Market market) {
    Click.of(market).stream()
        .map(click -> click.at().toLocalDate())
        .filter(market::has)
        .forEach(day -> served(day, Sources.CLICKS, 0, 1));
    for (int d = 0; d < market.days(); d++) {
      LocalDate day = market.from().plusDays(d);
      for (Completion done : Completion.of(day)) {
        served(day, Sources.COMPLETIONS, done.again() ? 1 : 0, done.again() ? 0 : 1);
      }
    }
  }

  /** What is read whole on every day. */
  private void addLists(Market market) {
    Sheet rates = Sheet.rates(market);
    List<Campaign> naver = Campaign.of(Campaign.NAVER, market);
    Map<String, Long> lists =
        Map.of(
            Sources.NAVER_CAMPAIGNS,
            (long) naver.size(),
            Sources.NAVER_KEYWORDS,
            naver.stream().mapToLong(c -> Keyword.of(c).size()).sum(),
            Sum.RATES.dataset(),
            rates.entries(),
            Sources.GUIDE,
            Sheet.guide(market).entries(),
            Sources.EVENT_GUIDE,
            Sheet.eventGuide().entries(),
            Sources.TEST_USERS,
            Sheet.testUsers(market).entries());
    for (int d = 0; d < market.days(); d++) {
      LocalDate day = market.from().plusDays(d);
      lists.forEach((list, rows) -> served(day, list, 0, rows));
      rates
          .rows(2, rates.room())
          .forEach(
              row -> sum(Sum.RATES, day + "|" + row.get(1), (long) ((double) row.get(3) * 1000)));
    }
  }

  private void add(InstallDay group) {
    String source = "|" + group.mediaSource();
    int known = group.campaign() == null ? 1 : 3; // users, and what they cost
    served(group.day(), Sum.PARTNER_INSTALLS.dataset(), 0, 1);
    served(group.day(), Sum.COHORT_VALUES.dataset(), 0, (long) known + group.revenue().size());
    sum(Sum.PARTNER_INSTALLS, group.day() + source, group.installs() * 1000);
    String day = group.day() + "|";
    sum(Sum.COHORT_VALUES, day + "users" + source, group.installs() * 1000);
    sum(Sum.COHORT_VALUES, day + "cost" + source, group.cost() * 1000);
    sum(Sum.COHORT_VALUES, day + "ecpi" + source, group.costPerInstall() * 1000);
    group
        .revenue()
        .forEach(won -> sum(Sum.COHORT_VALUES, day + "revenue_sum" + source, won * 1000));
  }

  private void add(SessionDay sessions) {
    served(sessions.day(), Sum.GA4_REVENUE.dataset(), 0, 1);
    String group = sessions.day() + "|" + sessions.named().get(0);
    sum(Sum.GA4_REVENUE, group, sessions.revenue() * 1000);
  }

  private void addCredits(AdDay ad, int times) {
    for (Credit credit : Credit.of(ad)) {
      long repeats = (long) credit.rows() * (times - 1);
      served(ad.day(), Sum.ACTION_COUNTS.dataset(), repeats, credit.rows());
      credit
          .counts()
          .forEach((w, n) -> sum(Sum.ACTION_COUNTS, window(ad, credit, w), n * times * 1000));
      credit
          .values()
          .forEach(
              (w, worth) ->
                  sum(
                      Sum.ACTION_VALUES,
                      window(ad, credit, w),
                      worth.movePointRight(3).longValueExact() * times));
    }
  }

  private static String window(AdDay ad, Credit credit, String window) {
    return ad.day()
        + "|"
        + credit.actionType()
        + "|"
        + (window.equals("value") ? "default" : window);
  }

  /** What the channels add up themselves. */
  private void addLevels(List<AdDay> ads) {
    Set<String> seen = new HashSet<>();
    for (AdDay ad : ads) {
      String campaign = ad.day() + "|" + ad.campaign().id();
      if (ad.campaign().channel().equals(Campaign.META)) {
        String account = ad.day() + "|" + ad.campaign().account();
        addLevel(Sum.ADSET_SPEND, seen.add(ad.day() + ad.ad().adSetId()), campaign, ad);
        addLevel(Sum.CAMPAIGN_SPEND, seen.add(campaign), campaign, ad);
        for (Credit credit : Credit.of(ad)) {
          String type = ad.day() + "|" + credit.actionType();
          boolean first = seen.add(campaign + type);
          served(ad.day(), Sum.CAMPAIGN_ACTIONS.dataset(), 0, first ? 1 : 0);
          sum(Sum.CAMPAIGN_ACTIONS, type, credit.counts().get("value") * 1000);
        }
        addLevel(Sum.ACCOUNT_SPEND, seen.add(account), account, ad);
      } else if (ad.campaign().channel().equals(Campaign.GOOGLE_ADS) && ad.linkClicks() > 0) {
        boolean first = seen.add(campaign);
        for (Conversion kind : Conversion.ALL) {
          served(ad.day(), Sum.CONVERSIONS.dataset(), 0, first ? 1 : 0);
          sum(Sum.CONVERSIONS, ad.day() + "|" + kind.name(), kind.thousandths(ad.linkClicks()));
        }
      }
    }
  }

  private void addLevel(Sum level, boolean first, String group, AdDay ad) {
    served(ad.day(), level.dataset(), 0, first ? 1 : 0);
    sum(level, group, ad.spend() * 1000);
  }

  void sum(Sum of, String group, long thousandths) {
    if (thousandths != 0) {
      sums.computeIfAbsent(of.name(), s -> new TreeMap<>()).merge(group, thousandths, Long::sum);
    }
  }

  private void add(User user, Dirt dirt) {
    LocalDate day = user.installedAt().toLocalDate();
    served(day, Sources.INSTALLS, dirt.repeated(user) ? 1 : 0, 1);
    served(day, Sum.OTHER_REVENUE.dataset(), 0, dirt.blocked(user) ? 1 : 0);
  }

  /** Who is gone before the market ends. */
  private void addLeaving(User user, LocalDate end, Dirt dirt) {
    LocalDate gone = user.installedAt().toLocalDate().plusDays(User.DAYS_UNTIL_GONE);
    boolean seen = gone.isBefore(end);
    served(gone, Sum.OTHER_REVENUE.dataset(), 0, seen && dirt.uninstalled(user) ? 1 : 0);
    LocalDate found = user.installedAt().toLocalDate().plusDays(Dirt.DAYS_UNTIL_REJECTED);
    boolean told = found.isBefore(end) && dirt.rejected(user);
    served(found, Sum.OTHER_REVENUE.dataset(), 0, told ? 1 : 0);
  }

  private void add(Event event, Dirt dirt) {
    LocalDate day = event.at().toLocalDate();
    served(day, Sources.EVENTS, dirt.repeated(event) ? 1 : 0, 1);
    if (dirt.retargeted(event)) {
      served(day, Sources.EVENTS, 0, 1);
      notPrimary.merge(Sources.EVENTS, 1L, Long::sum);
    }
    if (dirt.sawAd(event)) {
      served(day, Sum.OTHER_REVENUE.dataset(), 0, 1);
      sum(Sum.OTHER_REVENUE, event.at().toLocalDate() + "|ad_revenue_raw", Event.AD_THOUSANDTHS);
    }
    if (dirt.retargeted(event)) {
      served(day, Sum.OTHER_REVENUE.dataset(), 0, 1);
      String group = event.at().toLocalDate() + "|in-app-events-retarget";
      sum(Sum.OTHER_REVENUE, group, event.revenue() * 1000);
    }
  }

  /** By GA4 once; by Mixpanel, where who signs up is identified beside it. */
  private void addExported(Event event, int times) {
    boolean identified = event.name().equals("af_complete_registration");
    String purchases = event.at().toLocalDate() + "|purchase";
    served(event.at().toLocalDate(), Sum.GA4_EXPORT_REVENUE.dataset(), 0, 1);
    sum(Sum.GA4_EXPORT_REVENUE, purchases, event.revenue() * 1000);
    String dataset = Sum.MIXPANEL_REVENUE.dataset();
    served(event.at().toLocalDate(), dataset, times - 1L, identified ? 2 : 1);
    sum(Sum.MIXPANEL_REVENUE, purchases, event.revenue() * times * 1000);
  }

  void served(LocalDate day, String dataset, long repeats, long rows) {
    rowsServed
        .computeIfAbsent(dataset, n -> new TreeMap<>())
        .merge(day.toString(), rows + repeats, Long::sum);
    duplicates.merge(dataset, repeats, Long::sum);
  }

  /** Rows of a dataset, of all days. */
  public long rows(String dataset) {
    return rowsServed.getOrDefault(dataset, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
