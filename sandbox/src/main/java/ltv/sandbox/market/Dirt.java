package ltv.sandbox.market;

import java.util.SplittableRandom;

/**
 * What the channels send wrong, decided by the thing it happens to: the same on every request.
 *
 * @param seed of the market
 */
public record Dirt(long seed) {
  /** After which AppsFlyer finds that nobody had earned the credit. */
  public static final int DAYS_UNTIL_REJECTED = 4;

  private static final int OWN_WORDS_AFTER = 7;

  /** AppsFlyer sends the event row a second time. */
  public boolean repeated(Event event) {
    return chance(event.user().appsFlyerId() + event.at() + event.name(), 40);
  }

  /** AppsFlyer sends the install row a second time. */
  public boolean repeated(User user) {
    return chance("install" + user.appsFlyerId(), 60);
  }

  /** AppsFlyer sends the event again, credited to a retargeting campaign, as not primary. */
  public boolean retargeted(Event event) {
    return event.user().campaign() != null
        && chance("retarget" + event.user().appsFlyerId() + event.at() + event.name(), 50);
  }

  /** Meta repeats the ad's row on the next page. */
  public boolean repeated(AdDay ad) {
    return chance("ad" + ad.day() + ad.ad().id(), 30);
  }

  /** Meta leaves the smallest place out of the ad's breakdown. */
  public boolean withheld(AdDay ad) {
    return chance("place" + ad.day() + ad.ad().id(), 4);
  }

  /** Somebody pretends that this user installed the app once more; AppsFlyer blocks it. */
  public boolean blocked(User user) {
    return user.campaign() != null && chance("blocked" + user.appsFlyerId(), 20);
  }

  /** AppsFlyer finds later that the credit was claimed by fraud. */
  public boolean rejected(User user) {
    return user.campaign() != null && chance("rejected" + user.appsFlyerId(), 40);
  }

  /** The user removes the app on the third day. */
  public boolean uninstalled(User user) {
    return chance("uninstalled" + user.appsFlyerId(), 6);
  }

  /** The user sees an ad in the app right after this event. */
  public boolean sawAd(Event event) {
    return event.user().campaign() != null
        && chance("ad revenue" + event.user().appsFlyerId() + event.at() + event.name(), 4);
  }

  /** Mixpanel exports the event as it was received, which was twice. */
  public boolean exportedTwice(Event event) {
    return chance("mixpanel" + event.user().appsFlyerId() + event.at() + event.name(), 30);
  }

  /** The app names nobody as if it were somebody. */
  public boolean misnamed(Event event) {
    return !event.told() && chance("nobody" + event.user().appsFlyerId() + event.at(), 20);
  }

  /** The app never ends this user's session. */
  public boolean endless(User user) {
    return chance("endless" + user.appsFlyerId(), 40);
  }

  /** Somebody of the company: Analytics is told so. */
  public boolean internal(User user) {
    return chance("internal" + user.appsFlyerId(), 150);
  }

  /** An app that developers try: Analytics is told so. */
  public boolean debugged(User user) {
    return chance("debug" + user.appsFlyerId(), 150);
  }

  /** How long the phone was offline before Mixpanel got the event. */
  public int daysLate(Event event) {
    String what = "late" + event.user().appsFlyerId() + event.at() + event.name();
    return chance(what, 20) ? 1 + Math.floorMod(what.hashCode(), 5) : 0;
  }

  /** Whether Mixpanel has the event when the market's last day is over. */
  public boolean received(Event event, Market market) {
    return !event.at().toLocalDate().plusDays(daysLate(event)).isAfter(market.lastDay());
  }

  /**
   * What the app calls it for everybody but AppsFlyer. From its second week on it has words of its
   * own for some of what people look at.
   */
  public String calledByOthers(Event event, Market market) {
    boolean view = event.name().equals("af_content_view");
    if (!view || event.at().toLocalDate().isBefore(market.from().plusDays(OWN_WORDS_AFTER))) {
      return event.shortName();
    }
    String what = event.user().appsFlyerId() + event.at();
    if (chance("wishlist" + what, 6)) {
      return Event.EXPLAINED;
    }
    return chance("lookbook" + what, 6) ? Event.UNEXPLAINED : event.shortName();
  }

  private boolean chance(String what, int oneIn) {
    return new SplittableRandom(seed * 31 + what.hashCode()).nextInt(oneIn) == 0;
  }
}
