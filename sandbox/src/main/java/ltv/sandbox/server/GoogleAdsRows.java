package ltv.sandbox.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Conversion;
import ltv.sandbox.market.Keyword;
import ltv.sandbox.market.Search;

/** Rows as Google Ads answers a query: the selected fields, and of them what is not zero. */
final class GoogleAdsRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> fields;

  GoogleAdsRows(List<String> fields) {
    this.fields = fields;
  }

  /** What is known of an ad or a campaign. */
  Stream<ObjectNode> whole(AdDay ad) {
    Map<String, String> values = values(ad);
    if (ad.ad() != null) {
      values.put("ad_group_ad.ad.id", ad.ad().id());
    }
    ObjectNode row = row(ad, values);
    // of campaigns for apps an ad leads to their shop
    if (ad.ad() != null
        && fields.contains("ad_group_ad.ad.final_urls")
        && !Keyword.of(ad.campaign()).isEmpty()) {
      row.withArray("/adGroupAd/ad/finalUrls").add(ad.ad().page() + "?utm_source=google");
    }
    return Stream.of(row);
  }

  /** A row for each keyword of an ad. */
  Stream<ObjectNode> keywords(AdDay ad) {
    return Keyword.of(ad).stream()
        .map(
            keyword -> {
              Map<String, String> values = values(keyword.part());
              values.put("ad_group_criterion.criterion_id", keyword.id());
              values.put("ad_group_criterion.keyword.text", keyword.text());
              values.put("ad_group_criterion.keyword.match_type", keyword.matchType());
              return row(keyword.part(), values);
            });
  }

  /** A row for each campaign that ever ran. */
  List<ObjectNode> settings(List<AdDay> ads) {
    return AdDay.campaigns(ads).stream()
        .map(
            campaign -> {
              AdDay bare = new AdDay(LocalDate.MAX, campaign, null, 0, 0, 0, 0, 0);
              Map<String, String> values = values(bare);
              values.put("campaign_budget.amount_micros", campaign.dailyBudget() + "000000");
              values.put("campaign_budget.period", "DAILY");
              return row(bare, values);
            })
        .toList();
  }

  /** A row for each search that an ad's keyword answered. */
  Stream<ObjectNode> searches(AdDay ad) {
    return Search.of(ad).stream()
        .map(
            search -> {
              Map<String, String> values = values(search.part());
              String criterion =
                  "customers/%s/adGroupCriteria/%s~%s"
                      .formatted(ad.campaign().account(), ad.ad().adSetId(), search.keyword().id());
              values.put("search_term_view.search_term", search.term());
              values.put("segments.keyword.ad_group_criterion", criterion);
              values.put("segments.keyword.info.text", search.keyword().text());
              values.put(
                  "segments.search_term_match_type", search.exact() ? "EXACT" : "NEAR_PHRASE");
              return row(search.part(), values);
            });
  }

  private static Map<String, String> values(AdDay ad) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("customer.id", ad.campaign().account());
    values.put("customer.descriptive_name", ad.campaign().accountName());
    values.put("customer.currency_code", "KRW");
    values.put("customer.time_zone", "Asia/Seoul");
    values.put("campaign.id", ad.campaign().id());
    values.put("campaign.name", ad.campaign().name());
    values.put("campaign.status", "ENABLED");
    values.put(
        "campaign.advertising_channel_type",
        ad.campaign().ads().isEmpty()
            ? "PERFORMANCE_MAX"
            : Keyword.of(ad.campaign()).isEmpty() ? "MULTI_CHANNEL" : "SEARCH");
    values.put("segments.date", ad.day().toString());
    if (ad.ad() != null) {
      values.put("ad_group.id", ad.ad().adSetId());
      values.put("ad_group.name", ad.ad().adSetName());
    }
    number(values, "metrics.impressions", ad.impressions());
    number(values, "metrics.clicks", ad.clicks());
    number(values, "metrics.cost_micros", ad.spend() * 1_000_000);
    return values;
  }

  private ObjectNode row(AdDay ad, Map<String, String> values) {
    ObjectNode row = JSON.createObjectNode();
    fields.stream().filter(values::containsKey).forEach(f -> put(row, f, values.get(f)));
    Conversion.ALL.forEach(kind -> count(row, kind, ad.linkClicks()));
    return row;
  }

  /** A row for each action of a day that has any. */
  Stream<ObjectNode> conversions(AdDay day) {
    AdDay bare = new AdDay(day.day(), day.campaign(), day.ad(), 0, 0, 0, 0, 0);
    return Conversion.ALL.stream()
        .filter(kind -> day.linkClicks() > 0)
        .map(
            kind -> {
              ObjectNode row = row(bare, values(bare));
              String customer = "customers/" + day.campaign().account();
              row.withObject("/segments")
                  .put("conversionAction", customer + "/conversionActions/" + kind.id())
                  .put("conversionActionName", kind.name())
                  .put("conversionActionCategory", kind.category());
              count(row, kind, day.linkClicks());
              return row;
            });
  }

  /** Adds what a kind of conversion brings: fractions, of which only some count for bidding. */
  private void count(ObjectNode row, Conversion kind, long clicks) {
    if (fields.contains("metrics.all_conversions")) {
      add(row, "allConversions", kind.thousandths(clicks));
    }
    if (kind.bidding() && fields.contains("metrics.conversions")) {
      add(row, "conversions", kind.thousandths(clicks));
    }
  }

  private static void add(ObjectNode row, String name, long thousandths) {
    if (thousandths == 0) {
      return;
    }
    ObjectNode metrics = row.withObject("/metrics");
    long before = Math.round(metrics.path(name).asDouble() * 1000);
    metrics.put(name, (before + thousandths) / 1000.0);
  }

  private static void number(Map<String, String> values, String field, long value) {
    if (value != 0) {
      values.put(field, "" + value);
    }
  }

  /** GAQL writes {@code ad_group.id}, the answer {@code adGroup} with an {@code id} in it. */
  private static void put(ObjectNode row, String field, String value) {
    List<String> steps = new ArrayList<>(List.of(camel(field).split("\\.")));
    String last = steps.remove(steps.size() - 1);
    ObjectNode at = row;
    for (String step : steps) {
      at = at.withObject("/" + step);
    }
    at.put(last, value);
  }

  private static String camel(String field) {
    return Pattern.compile("_([a-z])")
        .matcher(field)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }
}
