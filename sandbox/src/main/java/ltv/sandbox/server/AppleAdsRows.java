package ltv.sandbox.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Keyword;
import ltv.sandbox.market.Search;

/** Rows as Apple Search Ads writes them: of campaigns by country, and of what lies below them. */
final class AppleAdsRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What of a campaign lies in its first country, in percent. */
  private static final int HOME_SHARE = 80;

  private AppleAdsRows() {}

  /** What each campaign that ever ran is set to by the market's end. */
  static List<ObjectNode> settings(List<AdDay> ads) {
    List<ObjectNode> rows = new ArrayList<>();
    for (Campaign campaign : AdDay.campaigns(ads)) {
      ObjectNode row = JSON.createObjectNode().put("id", Long.parseLong(campaign.id()));
      row.put("orgId", Long.parseLong(campaign.account()));
      row.put("name", campaign.nameOn(LocalDate.MAX)).put("status", "ENABLED");
      row.put("deleted", false).put("adChannelType", "SEARCH");
      row.putObject("dailyBudgetAmount")
          .put("amount", "" + campaign.dailyBudget())
          .put("currency", "KRW");
      rows.add(row);
    }
    return rows;
  }

  /** Each campaign's day, in its two countries. */
  static List<ObjectNode> campaigns(List<AdDay> ads) {
    Map<String, List<AdDay>> byCampaign = new LinkedHashMap<>();
    ads.forEach(
        ad ->
            byCampaign
                .computeIfAbsent(ad.day() + ad.campaign().id(), c -> new ArrayList<>())
                .add(ad));
    List<ObjectNode> rows = new ArrayList<>();
    for (String country : List.of("JP", "KR")) {
      for (List<AdDay> parts : byCampaign.values()) {
        ObjectNode row = row(parts, country);
        row.withObject("/metadata").put("countryOrRegion", country);
        rows.add(row);
      }
    }
    return rows;
  }

  static ObjectNode ofGroup(AdDay ad) {
    ObjectNode row = row(List.of(ad), "");
    row.withObject("/metadata")
        .put("adGroupId", Long.parseLong(ad.ad().adSetId()))
        .put("adGroupName", ad.ad().adSetName())
        .put("adGroupStatus", "ENABLED");
    return row;
  }

  static List<ObjectNode> keywords(List<AdDay> parts) {
    return parts.stream()
        .flatMap(ad -> Keyword.of(ad).stream())
        .map(keyword -> ofKeyword(keyword, keyword.part()))
        .toList();
  }

  private static ObjectNode ofKeyword(Keyword keyword, AdDay part) {
    ObjectNode row = ofGroup(part);
    row.withObject("/metadata")
        .put("keywordId", Long.parseLong(keyword.id()))
        .put("keyword", keyword.text())
        .put("keywordStatus", "ACTIVE")
        .put("matchType", keyword.matchType());
    return row;
  }

  /** Rare searches come without their words; what no keyword had is Search Match's. */
  static List<ObjectNode> searches(List<AdDay> parts) {
    List<ObjectNode> rows = new ArrayList<>();
    for (AdDay ad : parts) {
      for (Search search : Search.of(ad)) {
        ObjectNode row = ofKeyword(search.keyword(), search.part());
        row.withObject("/metadata")
            .put("searchTermText", search.exact() ? search.term() : null)
            .put("searchTermSource", "TARGETED");
        rows.add(row);
      }
      ObjectNode rest = ofGroup(Keyword.rest(ad));
      rest.withObject("/metadata").put("searchTermText", "신발").put("searchTermSource", "AUTO");
      rows.add(rest);
    }
    return rows;
  }

  private static ObjectNode row(List<AdDay> parts, String country) {
    Campaign campaign = parts.get(0).campaign();
    ObjectNode row = JSON.createObjectNode().put("other", false);
    ObjectNode metadata = row.putObject("metadata");
    metadata.put("campaignId", Long.parseLong(campaign.id())).put("campaignName", campaign.name());
    metadata.put("campaignStatus", "ENABLED").put("deleted", false);
    metadata.put("orgId", Long.parseLong(campaign.account()));
    metadata.putObject("app").put("appName", "LTV 샵").put("adamId", 1589007550L);
    metadata.putNull("totalBudget");
    ObjectNode day = row.putArray("granularity").addObject();
    day.put("date", parts.get(0).day().toString());
    day.put("impressions", share(parts.stream().mapToLong(AdDay::impressions).sum(), country));
    day.put("taps", share(parts.stream().mapToLong(AdDay::clicks).sum(), country));
    day.put("ttr", 0.05);
    day.putObject("localSpend")
        .put("amount", "" + share(parts.stream().mapToLong(AdDay::spend).sum(), country))
        .put("currency", "KRW");
    return row;
  }

  private static long share(long all, String country) {
    long home = all * HOME_SHARE / 100;
    return country.isEmpty() ? all : country.equals("KR") ? home : all - home;
  }
}
