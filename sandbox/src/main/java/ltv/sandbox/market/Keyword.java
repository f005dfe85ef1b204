package ltv.sandbox.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a keyword had of an ad's day (of Apple's, an ad group's).
 *
 * @param id of Google, of the words: the same in every ad group
 * @param matchType by the channel's word
 * @param part its part of the day
 */
public record Keyword(String id, String text, String matchType, AdDay part) {
  /** Those that are shown for keywords at all. */
  private static final Set<String> SEARCHED =
      Set.of(Campaigns.SEARCH, "973923054", "cmp-a001-01-000000000653279");

  private static final List<String> WORDS = List.of("운동화 추천", "신발, \"할인\"", "러닝화 🍂");

  /** Of an ad's numbers, in percent; what is left is no keyword's, or of Google the last one's. */
  private static final List<Integer> SHARES = List.of(50, 30);

  /** The keywords of an ad's day; none for a campaign that has none. */
  public static List<Keyword> of(AdDay ad) {
    List<Keyword> all = new ArrayList<>();
    if (ad.ad() != null && SEARCHED.contains(ad.campaign().id())) {
      for (int n = 0; n < SHARES.size(); n++) {
        all.add(of(ad, n, ad.part(SHARES.get(n))));
      }
      if (ad.campaign().channel().equals(Campaign.GOOGLE_ADS)) {
        all.add(of(ad, all.size(), without(ad, all)));
      }
    }
    return List.copyOf(all);
  }

  private static Keyword of(AdDay ad, int n, AdDay part) {
    String group = ad.ad().adSetId();
    boolean first = group.endsWith("1");
    return switch (ad.campaign().channel()) {
      case Campaign.GOOGLE_ADS ->
          new Keyword("29681234560" + n, WORDS.get(n), first ? "EXACT" : "PHRASE", part);
      case Campaign.NAVER -> new Keyword(group.replace("grp", "nkw") + n, WORDS.get(n), "", part);
      default -> new Keyword(group + n, WORDS.get(n), n == 0 ? "EXACT" : "BROAD", part);
    };
  }

  /** What of an ad's day no keyword had. */
  public static AdDay rest(AdDay ad) {
    return without(ad, of(ad));
  }

  private static AdDay without(AdDay ad, List<Keyword> keywords) {
    AdDay left = ad;
    for (Keyword keyword : keywords) {
      left = left.without(keyword.part);
    }
    return left;
  }

  /** The keywords of a campaign, whatever they did. */
  public static List<Keyword> of(Campaign campaign) {
    return campaign.ads().stream()
        .map(ad -> new AdDay(campaign.launchedOn(), campaign, ad, 0, 0, 0, 0, 0))
        .flatMap(ad -> of(ad).stream())
        .toList();
  }

  /** Tells the truth which rows of keywords are served for an ad's day; Naver has no own ones. */
  static void addTo(Truth truth, AdDay ad) {
    boolean google = ad.campaign().channel().equals(Campaign.GOOGLE_ADS);
    Sum cost = google ? Sum.GOOGLE_KEYWORD_COST : Sum.APPLE_KEYWORD_SPEND;
    for (Keyword keyword : of(ad)) {
      truth.served(ad.day(), cost.dataset(), 0, 1);
      truth.sum(
          cost,
          ad.day() + "|" + ad.campaign().id() + "|" + keyword.id,
          keyword.part.spend() * 1000 * (google ? 1_000_000 : 1));
    }
  }
}
