package ltv.sandbox.market;

import java.util.ArrayList;
import java.util.List;

/**
 * What of an ad's day was in one place.
 *
 * @param platform facebook, instagram and so on
 * @param part its numbers
 */
public record Placement(String platform, String position, String device, AdDay part) {
  private static final int WHOLE = 1000;

  /** A place and its share of an ad, in thousandths. */
  private record Place(String platform, String position, String device, int share) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("facebook", "feed", "android_smartphone", 400),
          new Place("facebook", "facebook_reels", "iphone", 150),
          new Place("instagram", "feed", "iphone", 200),
          new Place("instagram", "instagram_stories", "android_smartphone", 145),
          new Place("audience_network", "an_classic", "android_smartphone", 100),
          new Place("messenger", "messenger_inbox", "android_tablet", 5));

  /** The places of an ad, which add up to it but for the last one where Meta withholds it. */
  public static List<Placement> of(AdDay ad, Dirt dirt) {
    List<Placement> placements = new ArrayList<>();
    int from = 0;
    for (Place place : PLACES) {
      int to = from + place.share;
      AdDay part =
          new AdDay(
              ad.day(),
              ad.campaign(),
              ad.ad(),
              part(ad.impressions(), from, to),
              part(ad.clicks(), from, to),
              part(ad.linkClicks(), from, to),
              part(ad.reach(), from, to),
              part(ad.spend(), from, to));
      if (part.impressions() > 0 && (to < WHOLE || !dirt.withheld(ad))) {
        placements.add(new Placement(place.platform, place.position, place.device, part));
      }
      from = to;
    }
    return placements;
  }

  /** What lies between two thousandths; all of them together are the whole. */
  private static long part(long all, int from, int to) {
    return all * to / WHOLE - all * from / WHOLE;
  }

  /** Counts the rows of an ad's placements, and what they cost by platform. */
  static void addTo(Truth truth, AdDay ad, Dirt dirt) {
    for (Placement placement : of(ad, dirt)) {
      truth.served(ad.day(), Sum.PLACEMENT_SPEND.dataset(), 0, 1);
      truth.sum(
          Sum.PLACEMENT_SPEND, ad.day() + "|" + placement.platform, placement.part.spend() * 1000);
    }
  }
}
