package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A click or view before the one that got the credit, of another campaign that AppsFlyer knows.
 *
 * @param at in the app's zone
 * @param type click or impression
 * @param campaign whose ad it was; AppsFlyer tells its name only
 */
public record Assist(LocalDateTime at, String type, Campaign campaign) {
  private static final int MOST = 3;
  private static final int ASSISTED_IN = 4;
  private static final int VIEW_IN = 3;
  private static final int MINUTE = 60;
  private static final int DAY = 86_400;

  /** Of its own: what comes before an install changes nothing else. */
  private static final long STREAM = 0x455_1575L;

  /**
   * The touches before a user's winning one, latest first, at most three; none of who came by no
   * ad. The same on every request.
   */
  public static List<Assist> before(User user, List<Campaign> campaigns) {
    List<Assist> assists = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(STREAM + user.appsFlyerId().hashCode());
    if (user.campaign() == null || random.nextInt(ASSISTED_IN) > 0) {
      return assists;
    }
    LocalDateTime at = Claim.of(user).touchedAt();
    for (int n = 1 + random.nextInt(MOST); n > 0; n--) {
      at = at.minusSeconds(random.nextInt(MINUTE, DAY));
      LocalDate day = at.toLocalDate();
      List<Campaign> others =
          campaigns.stream()
              .filter(c -> Market.SOURCES.containsKey(c.channel()))
              .filter(c -> !c.equals(user.campaign()) && !c.launchedOn().isAfter(day))
              .toList();
      if (!others.isEmpty()) {
        String type = random.nextInt(VIEW_IN) == 0 ? "impression" : "click";
        assists.add(new Assist(at, type, others.get(random.nextInt(others.size()))));
      }
    }
    return assists;
  }

  /** AppsFlyer's word for the network. */
  public String mediaSource() {
    return Market.SOURCES.get(campaign.channel());
  }
}
