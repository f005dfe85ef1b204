package ltv.sandbox.market;

import java.time.LocalDateTime;
import java.util.SplittableRandom;

/**
 * What AppsFlyer is told of an install besides who it is. Networks that attribute themselves are
 * honest here; of the other network each publisher has its own way.
 *
 * @param site publisher; empty where the network has none
 * @param touchedAt the click that gets the credit, in the app's zone
 * @param begunAt when Google Play began to install; null where it does not tell
 * @param deviceModel brand and model
 * @param userAgent what opened the app
 * @param rule the fraud rule that this install falls under; empty for an honest one
 */
public record Claim(
    String site,
    LocalDateTime touchedAt,
    LocalDateTime begunAt,
    String deviceModel,
    String userAgent,
    String rule) {
  private static final int PUBLISHERS = 8;
  private static final int LONGEST_SECONDS = 1800;
  private static final int SHORTEST_SECONDS = 30;
  private static final String PHONE = "samsung::SM-S911N";
  private static final String APP = "Dalvik/2.1.0 (Linux; U; Android 13)";

  /** The same for a user on every request. */
  public static Claim of(User user) {
    LocalDateTime at = user.installedAt();
    if (user.campaign() == null || !user.campaign().channel().equals(Campaign.NETWORK)) {
      return new Claim("", at.minusMinutes(7), null, PHONE, APP, "");
    }
    SplittableRandom random = new SplittableRandom(user.appsFlyerId().hashCode());
    int publisher = random.nextInt(PUBLISHERS);
    String site = "pub-" + publisher;
    boolean honest = random.nextInt(2) == 0;
    LocalDateTime touched = at.minusSeconds(random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS));
    LocalDateTime begun = touched.plusSeconds(SHORTEST_SECONDS / 2);
    Claim claim = new Claim(site, touched, begun, PHONE, APP, "");
    return honest ? claim : claim.dishonest(publisher, at, random);
  }

  private Claim dishonest(int publisher, LocalDateTime at, SplittableRandom random) {
    return switch (publisher) {
      case 0 -> new Claim(site, at.minusSeconds(random.nextInt(5)), null, PHONE, APP, "R01");
      case 1 -> new Claim(site, touchedAt, touchedAt.minusSeconds(1), PHONE, APP, "R02");
      case 2 -> new Claim(site, touchedAt, begunAt, "Google::sdk_gphone64_x86_64", APP, "R14");
      case 3 -> new Claim(site, touchedAt, begunAt, PHONE, "Mozilla/5.0 Googlebot/2.1", "R15");
      default -> this;
    };
  }

  /** Whether the user is nobody. */
  public boolean machine() {
    return rule.equals("R14") || rule.equals("R15");
  }

  /** Whether the network did not bring the user. */
  public boolean stolen() {
    return rule.equals("R01") || rule.equals("R02");
  }
}
