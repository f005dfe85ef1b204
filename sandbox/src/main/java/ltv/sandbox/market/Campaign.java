package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.List;

/**
 * A campaign of the simulated market.
 *
 * @param channel our word: meta, google_ads, apple_search_ads, naver_search_ad, adison, or
 *     unattributed for a network that we do not know
 * @param account ad account or customer
 * @param id longer than a double can hold exactly, as Meta's are
 * @param name until the rename
 * @param newName from {@code renamedOn} on
 * @param renamedOn empty text for never
 * @param launchedOn first day with delivery
 * @param dailySpend mean won per day
 * @param installsPerDay mean installs per day
 * @param userValue how much more or less its users buy; 1 is average
 * @param ads ads in ad groups; none for a kind of campaign that has none
 * @param whole whether some of what it did is known for the campaign only, as no ad's
 */
public record Campaign(
    String channel,
    String account,
    String id,
    String name,
    String newName,
    LocalDate renamedOn,
    LocalDate launchedOn,
    double dailySpend,
    double installsPerDay,
    double userValue,
    List<Ad> ads,
    boolean whole) {

  /** Channel id of Meta. */
  public static final String META = "meta";

  /** Channel id of Google Ads. */
  public static final String GOOGLE_ADS = "google_ads";

  /** Channel id of Apple Search Ads, whose ad groups stand for ads here. */
  public static final String APPLE_SEARCH_ADS = "apple_search_ads";

  /** Channel id of Adison. */
  public static final String ADISON = "adison";

  /** Channel id of Naver Search Ad. */
  public static final String NAVER = "naver_search_ad";

  /** Channel word for a network that only AppsFlyer tells of. */
  public static final String NETWORK = "unattributed";

  /** Adison's advertiser whose report is kept in a sheet. */
  public static final String SHEET_ADVERTISER = "offerwall-app";

  /** Adison's advertiser whose report is served. */
  public static final String SERVED_ADVERTISER = "offerwall-web";

  /** One ad. */
  public record Ad(String adSetId, String adSetName, String id, String name) {
    /** The page it leads to, without tags. */
    public String page() {
      return "https://shop.example/landing/" + adSetId;
    }
  }

  /** Whether somebody has written down what it is for. */
  boolean inGuide() {
    return !channel.equals(NETWORK)
        && !channel.equals(GOOGLE_ADS)
        && !account.equals(Campaigns.SECOND_ACCOUNT);
  }

  /** Of what its money is a multiple, in won: so it stays whole with VAT, and in each part. */
  int step() {
    return channel.equals(NAVER) ? 10 : channel.equals(ADISON) ? 100 : 1;
  }

  /** The campaigns that a market has of a channel. */
  public static List<Campaign> of(String channel, Market market) {
    return market.campaigns().stream().filter(c -> c.channel.equals(channel)).toList();
  }

  /** What may be spent on a day, in won: a fifth more than usual, in round thousands. */
  public long dailyBudget() {
    return Math.round(dailySpend * 1.2 / 1000) * 1000;
  }

  /** What the account is called, by channels that tell it. */
  public String accountName() {
    return "LTV 샵 " + account.substring(account.length() - 2);
  }

  /** The name on a day. */
  public String nameOn(LocalDate day) {
    return day.isBefore(renamedOn) ? name : newName;
  }
}
