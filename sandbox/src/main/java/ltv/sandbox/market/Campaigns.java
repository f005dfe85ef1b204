package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The campaigns of the demo shop: two Meta accounts, one of Google, of Apple and of Naver, two of
 * Adison, and a network whose cost nobody tells.
 */
final class Campaigns {
  /** A name that one campaign gives up in the middle and another takes. */
  static final String USED_AGAIN = "KR | 리타겟 유사 1%";

  private static final String FIRST_ACCOUNT = "1200340056789012345";
  static final String SECOND_ACCOUNT = "1200340056789012346";

  /** Google's campaign that is shown for keywords. */
  static final String SEARCH = "21987654323";

  private static final String CUSTOMER = "4815162342";
  private static final String ORGANIZATION = "3219110";
  private static final String ADVERTISER = "113131";

  private Campaigns() {}

  static List<Campaign> of(LocalDate from, int days, double size) {
    LocalDate middle = from.plusDays(days / 2);
    return List.of(
        meta(FIRST_ACCOUNT, 1, "KR | 봄 신상 | 구매", null, from, middle, 420_000, 18, 1.3, size),
        meta(
            FIRST_ACCOUNT,
            2,
            USED_AGAIN,
            "KR | 리타겟 유사 1% (v2)",
            from,
            middle,
            260_000,
            11,
            1.0,
            size),
        meta(FIRST_ACCOUNT, 3, "KR | 브랜드 \"영상\" 🍂", null, from, middle, 150_000, 4, 0.5, size),
        meta(SECOND_ACCOUNT, 4, "KR | 앱 설치 | AOS", null, from, middle, 300_000, 16, 0.7, size),
        meta(
            SECOND_ACCOUNT,
            5,
            "KR | 앱 설치 | iOS",
            "KR | 앱 설치 | iOS 신규",
            from,
            middle,
            280_000,
            9,
            1.1,
            size),
        meta(SECOND_ACCOUNT, 6, USED_AGAIN, null, middle, middle, 350_000, 14, 0.9, size),
        google("21987654321", "KR_UAC_구매", from, 190_000, 8, 0.8, 2, size),
        google("21987654322", "KR_PMax_쇼핑 | 전체", from, 120_000, 0, 0.8, 0, size),
        apple("973923054", "브랜드 | KR", from, 60_000, 3, 1.2, size),
        apple("973923055", "일반 검색", from, 45_000, 2, 0.9, size),
        naver("cmp-a001-01-000000000653279", "파워링크 | 브랜드", from, 70_000, size),
        naver("cmp-a001-02-000000000653280", "쇼핑검색 | 전체", from, 55_000, size),
        adison(Campaign.SHEET_ADVERTISER, "8801", "오퍼월 | 회원가입", from, 30_000, size),
        adison(Campaign.SERVED_ADVERTISER, "8802", "오퍼월, 첫 구매", from, 40_000, size),
        network("rtb-77", "KR_RTB_설치", from, 30, size),
        google(SEARCH, "KR_검색_브랜드", from, 80_000, 0, 0.8, 2, size));
  }

  /** Paid by somebody else: AppsFlyer only says whom it brought. */
  private static Campaign network(
      String id, String name, LocalDate from, double installs, double size) {
    return new Campaign(
        Campaign.NETWORK,
        "",
        id,
        name,
        name,
        from,
        from,
        0,
        installs * size,
        0.8,
        List.of(),
        false);
  }

  private static Campaign meta(
      String account,
      int number,
      String name,
      String newName,
      LocalDate launchedOn,
      LocalDate renamedOn,
      double spend,
      double installs,
      double value,
      double size) {
    List<Campaign.Ad> ads = new ArrayList<>();
    for (int set = 1; set <= 2; set++) {
      for (int ad = 1; ad <= 2; ad++) {
        ads.add(
            new Campaign.Ad(
                "12021000000%02d00%d0000".formatted(number, set),
                "세트 " + set,
                "12021000000%02d00%d000%d".formatted(number, set, ad),
                "소재, " + ad));
      }
    }
    return new Campaign(
        Campaign.META,
        account,
        "12021000000%02d000000".formatted(number),
        name,
        newName == null ? name : newName,
        renamedOn,
        launchedOn,
        spend * size,
        installs * size,
        value,
        List.copyOf(ads),
        false);
  }

  /**
   * Without ads where the campaign is of a kind that has none: what it cost is known as a whole.
   */
  private static Campaign google(
      String id,
      String name,
      LocalDate from,
      double spend,
      double installs,
      double value,
      int adCount,
      double size) {
    List<Campaign.Ad> ads = new ArrayList<>();
    int tens = 10 * (Integer.parseInt(id.substring(id.length() - 1)) - 1);
    for (int ad = tens + 1; ad <= tens + adCount; ad++) {
      String end = "%02d".formatted(ad);
      ads.add(new Campaign.Ad("145000000" + end, "광고그룹 " + ad, "6900000000" + end, ""));
    }
    return new Campaign(
        Campaign.GOOGLE_ADS,
        CUSTOMER,
        id,
        name,
        name,
        from,
        from,
        spend * size,
        installs * size,
        value,
        List.copyOf(ads),
        ads.isEmpty());
  }

  /** A web shop's: nobody installs an app through it. */
  private static Campaign naver(String id, String name, LocalDate from, double spend, double size) {
    String end = id.substring(id.length() - 6);
    return new Campaign(
        Campaign.NAVER,
        ADVERTISER,
        id,
        name,
        name,
        from,
        from,
        spend * size,
        0,
        1,
        List.of(new Campaign.Ad("grp-a001-01-" + end, "", "nad-a001-01-" + end, "")),
        false);
  }

  /** An offerwall's: its report knows no ads, and whom it brought is not told here. */
  private static Campaign adison(
      String account, String id, String name, LocalDate from, double spend, double size) {
    return new Campaign(
        Campaign.ADISON, account, id, name, name, from, from, spend * size, 0, 1, List.of(), true);
  }

  /** Two ad groups, and what Apple does not itemise. */
  private static Campaign apple(
      String id,
      String name,
      LocalDate from,
      double spend,
      double installs,
      double value,
      double size) {
    List<Campaign.Ad> groups = new ArrayList<>();
    for (int group = 1; group <= 2; group++) {
      groups.add(new Campaign.Ad(id + group, "키워드 " + group, "", ""));
    }
    return new Campaign(
        Campaign.APPLE_SEARCH_ADS,
        ORGANIZATION,
        id,
        name,
        name,
        from,
        from,
        spend * size,
        installs * size,
        value,
        List.copyOf(groups),
        true);
  }
}
