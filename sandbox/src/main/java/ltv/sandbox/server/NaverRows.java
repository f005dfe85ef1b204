package ltv.sandbox.server;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Keyword;
import ltv.sandbox.market.Search;

/** Rows of Naver's reports: fields between tabs. Cost has VAT. */
final class NaverRows {
  /** Of an ad's numbers, in percent. */
  private static final int MOBILE_SHARE = 70;

  private static final int BASKET = 39_900;

  private final String customer;

  NaverRows(String customer) {
    this.customer = customer;
  }

  /** What is registered now. */
  List<String> master(String item, List<Campaign> campaigns) {
    return item.equals("Keyword")
        ? campaigns.stream().flatMap(c -> Keyword.of(c).stream()).map(this::registered).toList()
        : campaigns.stream().map(this::named).toList();
  }

  /** What an ad did on a day. */
  Stream<String> of(String report, AdDay ad) {
    return switch (report) {
      case "AD" -> byKeyword(ad);
      case "EXPKEYWORD" -> searches(ad);
      default -> converted(ad);
    };
  }

  /** Of power links only: who searches for what no keyword had is told by a hyphen. */
  private Stream<String> searches(AdDay ad) {
    List<Search> told = Search.of(ad);
    return told.isEmpty()
        ? Stream.of()
        : Stream.concat(
            told.stream().map(s -> search(s.part(), s.term(), s.exact() ? "0" : "2")),
            Stream.of(search(Keyword.rest(ad), "-", "1")));
  }

  private String search(AdDay ad, String term, String kind) {
    return joined(
        DateTimeFormatter.BASIC_ISO_DATE.format(ad.day()),
        customer,
        ad.campaign().id(),
        ad.ad().adSetId(),
        term,
        "8753",
        "M",
        kind,
        ad.impressions(),
        ad.clicks(),
        withVat(ad.spend()),
        0);
  }

  private static String joined(Object... fields) {
    return Stream.of(fields).map(String::valueOf).collect(Collectors.joining("\t"));
  }

  /** What no keyword had is expanded search's. */
  private Stream<String> byKeyword(AdDay ad) {
    return Stream.concat(
        Keyword.of(ad).stream().flatMap(k -> byDevice(k.part(), k.id())),
        byDevice(Keyword.rest(ad), "-"));
  }

  private Stream<String> byDevice(AdDay ad, String keyword) {
    // net won in tens, so that a tenth more is whole won
    long mobile = ad.spend() / 10 * MOBILE_SHARE / 100 * 10;
    long shown = ad.impressions() * MOBILE_SHARE / 100;
    long clicked = ad.clicks() * MOBILE_SHARE / 100;
    return Stream.of(
        row(ad, keyword, "8753", "M", shown, clicked, withVat(mobile), shown * 2, 0),
        row(
            ad,
            keyword,
            "27758",
            "P",
            ad.impressions() - shown,
            ad.clicks() - clicked,
            withVat(ad.spend() - mobile),
            0,
            0));
  }

  private static long withVat(long net) {
    return net / 10 * 11;
  }

  private Stream<String> converted(AdDay ad) {
    long number = ad.conversions();
    String keyword = Keyword.of(ad).stream().map(Keyword::id).findFirst().orElse("-");
    return number == 0
        ? Stream.of()
        : Stream.of(row(ad, keyword, "8753", "M", 1, "purchase", number, number * BASKET));
  }

  private String row(AdDay ad, String keyword, String media, String device, Object... numbers) {
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(ad.day());
    Stream<Object> ids =
        Stream.of(
            day,
            customer,
            ad.campaign().id(),
            ad.ad().adSetId(),
            keyword,
            ad.ad().id(),
            "bsn-a001-00-000000001",
            media,
            device);
    return Stream.concat(ids, Stream.of(numbers))
        .map(String::valueOf)
        .collect(Collectors.joining("\t"));
  }

  private String named(Campaign campaign) {
    return String.join(
        "\t",
        customer,
        campaign.id(),
        campaign.name(),
        "1",
        "1",
        "0",
        "",
        "",
        "2026-01-01T00:00:00Z",
        "",
        "0",
        "");
  }

  private String registered(Keyword keyword) {
    return String.join(
        "\t",
        customer,
        keyword.part().ad().adSetId(),
        keyword.id(),
        keyword.text(),
        "70",
        "",
        "",
        "0",
        "20",
        "false",
        "2026-01-01T00:00:00Z",
        "",
        "1");
  }
}
