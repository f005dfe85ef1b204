package ltv.sandbox.market;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What AppsFlyer is told of a phone.
 *
 * @param model brand and model
 * @param system version of the operating system
 * @param address where it was when the app was installed
 * @param userAgent what opened the app
 * @param limited whether its user limits ad tracking
 */
public record Device(
    String model,
    String system,
    String language,
    String carrier,
    boolean wifi,
    String address,
    String userAgent,
    boolean limited) {
  private static final List<String> ANDROID =
      List.of(
          "samsung::SM-S911N",
          "samsung::SM-S921N",
          "samsung::SM-A546S",
          "samsung::SM-F946N",
          "samsung::SM-A356N",
          "samsung::SM-S908N",
          "LGE::LM-V510N",
          "Xiaomi::2201117TY",
          "motorola::moto g34");

  private static final List<String> IOS =
      List.of("iPhone16,2", "iPhone15,3", "iPhone14,7", "iPhone14,5", "iPhone17,1", "iPad14,1");

  private static final List<String> CARRIERS = List.of("SKTelecom", "KT", "LG U+");
  private static final List<String> LANGUAGES = List.of("한국어", "한국어", "한국어", "English");
  private static final int OLD_IN = 16;
  private static final int OLDEST_ANDROID = 9;
  private static final int OLDEST_IOS = 14;

  /** A phone as people have them. */
  static Device usual(boolean ios, SplittableRandom random) {
    List<String> models = ios ? IOS : ANDROID;
    boolean old = random.nextInt(OLD_IN) == 0;
    int newer = ios ? 16 + random.nextInt(3) : 12 + random.nextInt(4);
    int version = old ? ios ? OLDEST_IOS : OLDEST_ANDROID : newer;
    return new Device(
        models.get(random.nextInt(models.size())),
        version + "." + random.nextInt(3),
        LANGUAGES.get(random.nextInt(LANGUAGES.size())),
        CARRIERS.get(random.nextInt(CARRIERS.size())),
        random.nextBoolean(),
        address(random),
        ios ? "CFNetwork/1474 Darwin/23.0.0" : "Dalvik/2.1.0 (Linux; U; Android 13)",
        random.nextInt(100) < (ios ? 40 : 12));
  }

  /** Of the range that carriers share. */
  static String address(SplittableRandom random) {
    return "100.%d.%d.%d"
        .formatted(64 + random.nextInt(64), random.nextInt(256), 1 + random.nextInt(254));
  }

  Device as(String otherModel, String otherSystem) {
    return new Device(
        otherModel, otherSystem, language, carrier, wifi, address, userAgent, limited);
  }

  Device at(String otherAddress) {
    return new Device(model, system, language, carrier, wifi, otherAddress, userAgent, limited);
  }

  Device openedBy(String otherAgent) {
    return new Device(model, system, language, carrier, wifi, address, otherAgent, limited);
  }

  Device limiting() {
    return new Device(model, system, language, carrier, wifi, address, userAgent, true);
  }

  /** The same in everything that tells devices apart. */
  Device copied() {
    return new Device("samsung::SM-A546S", "13.0", "한국어", "KT", true, address, userAgent, limited);
  }
}
