package ltv.sandbox.market;

import java.time.LocalDateTime;
import java.util.SplittableRandom;

/**
 * What AppsFlyer is told of an install besides who it is. Networks that attribute themselves are
 * honest here; of the other network each publisher has its own way.
 *
 * @param touchedAt the click that gets the credit, in the app's zone
 * @param begunAt when Google Play began to install; null where it does not tell
 * @param device what it is installed on
 * @param rule the fraud rule that this install falls under; empty for an honest one
 */
public record Claim(LocalDateTime touchedAt, LocalDateTime begunAt, Device device, String rule) {
  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;
  private static final int SHORTEST = 30;
  private static final String FARM = "100.127.254.7";
  private static final String CROWD = "100.126.254.7";

  /** The same for a user on every request. */
  public static Claim of(User user) {
    LocalDateTime at = user.installedAt();
    SplittableRandom random = new SplittableRandom(user.appsFlyerId().hashCode());
    Device device = Device.usual(user.platform().equals("ios"), random);
    Publisher publisher = user.publisher();
    if (publisher == null) {
      return new Claim(at.minusMinutes(7), null, device, "");
    }
    LocalDateTime touched =
        at.minusSeconds(
            random.nextInt(10) > 0
                ? random.nextInt(SHORTEST, HOUR / 2)
                : random.nextInt(HOUR / 2, 6 * HOUR));
    Claim honest = new Claim(touched, touched.plusSeconds(SHORTEST / 2), device, "");
    int dishonestInTen = publisher.dishonestAsAWhole() ? 9 : 5;
    return random.nextInt(10) < dishonestInTen ? honest.dishonest(user, random) : honest;
  }

  private Claim dishonest(User user, SplittableRandom random) {
    LocalDateTime at = user.installedAt();
    Publisher publisher = user.publisher();
    return switch (publisher.rule()) {
      case "R01" -> new Claim(at.minusSeconds(random.nextInt(5)), null, device, "R01");
      case "R02" -> new Claim(touchedAt, touchedAt.minusSeconds(1), device, "R02");
      case "R03" -> clicked(at.minusSeconds(random.nextInt(SHORTEST, 7 * DAY)));
      case "R05" ->
          random.nextBoolean()
              ? this
              : clicked(at.minusSeconds(random.nextInt(10 * HOUR, 23 * HOUR)));
      // only an id tells that it was one device that clicked, and a publisher clicks in its turn
      case "R07" ->
          user.identifiable()
                  && !Click.firstStep(touchedAt).toLocalDate().isBefore(publisher.from())
              ? new Claim(touchedAt, begunAt, device, "R07")
              : this;
      case "R09" -> on(device.as("Xiaomi::M2004J19C", "13.0").at(FARM));
      case "R10" -> on(device.limiting());
      case "R11" -> on(device.at(CROWD));
      case "R12" -> on(device.as(device.model(), user.platform().equals("ios") ? "13.3" : "8.1"));
      case "R13" -> on(device.copied());
      case "R14" ->
          new Claim(
              touchedAt, begunAt, device.as("Google::sdk_gphone64_x86_64", device.system()), "R14");
      case "R15" ->
          new Claim(touchedAt, begunAt, device.openedBy("Mozilla/5.0 Googlebot/2.1"), "R15");
      default -> this;
    };
  }

  private Claim clicked(LocalDateTime at) {
    return new Claim(at, at.plusSeconds(SHORTEST / 2), device, "");
  }

  private Claim on(Device other) {
    return new Claim(touchedAt, begunAt, other, "");
  }

  /** Whether the user is nobody. */
  public boolean machine() {
    return rule.equals("R14") || rule.equals("R15");
  }

  /** Whether the network did not bring the user. */
  public boolean stolen() {
    return rule.equals("R01") || rule.equals("R02") || rule.equals("R07");
  }
}
