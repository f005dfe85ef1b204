package ltv.sandbox.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Credit;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Placement;

/**
 * The rows of one request for insights: ads, ads by placement, or what is added up of them. Numbers
 * are texts, and what is zero is absent.
 *
 * @param level ad, adset, campaign or account
 * @param fields what is asked of a row
 * @param windows of attribution that are asked for
 * @param daily whether each day is a row
 * @param byPlacement whether ads are broken down
 */
record MetaRows(
    String level, List<String> fields, List<String> windows, boolean daily, boolean byPlacement) {
  /** What may be asked of a row. */
  static final Set<String> FIELDS =
      Set.of(
          "account_id",
          "account_name",
          "account_currency",
          "campaign_id",
          "campaign_name",
          "adset_id",
          "adset_name",
          "ad_id",
          "ad_name",
          "impressions",
          "clicks",
          "inline_link_clicks",
          "reach",
          "frequency",
          "spend",
          "actions",
          "action_values",
          "attribution_setting",
          "date_start",
          "date_stop");

  /** The levels and what of the sum of their ads' reach is reached once, in percent. */
  static final Map<String, Integer> LEVELS =
      Map.of("account", 70, "campaign", 80, "adset", 90, "ad", 100);

  /** The one breakdown that this market knows. */
  static final String PLACEMENT = "publisher_platform,platform_position,impression_device";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What an account's campaigns are set to by the market's end. */
  static List<ObjectNode> settings(List<AdDay> ads) {
    return AdDay.campaigns(ads).stream()
        .map(
            c ->
                JSON.createObjectNode()
                    .put("account_id", c.account())
                    .put("id", c.id())
                    .put("name", c.nameOn(LocalDate.MAX))
                    .put("status", "ACTIVE")
                    .put("effective_status", "ACTIVE")
                    .put("objective", "OUTCOME_APP_PROMOTION")
                    .put("daily_budget", "" + c.dailyBudget()))
        .toList();
  }

  /** Where an account's ads lead; that of every second stands in its video's button. */
  static List<ObjectNode> links(List<AdDay> ads) {
    List<ObjectNode> rows = new ArrayList<>();
    for (Campaign campaign : AdDay.campaigns(ads)) {
      for (Campaign.Ad ad : campaign.ads()) {
        ObjectNode row = JSON.createObjectNode();
        row.put("account_id", campaign.account()).put("campaign_id", campaign.id());
        row.put("adset_id", ad.adSetId()).put("id", ad.id());
        ObjectNode creative = row.putObject("creative").put("id", "9" + ad.id());
        creative.put("url_tags", "utm_source=facebook&utm_campaign={{campaign.name}}");
        ObjectNode story = creative.putObject("object_story_spec");
        ObjectNode link =
            rows.size() % 2 == 0
                ? story.putObject("link_data")
                : story.withObject("/video_data/call_to_action/value");
        link.put("link", ad.page());
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows of these ads, which are in the order of their days. */
  List<ObjectNode> of(List<AdDay> ads, Dirt dirt) {
    if (!level.equals("ad")) {
      return sums(ads);
    }
    List<ObjectNode> rows = new ArrayList<>();
    List<ObjectNode> again = new ArrayList<>();
    for (AdDay ad : ads) {
      if (byPlacement) {
        Placement.of(ad, dirt).forEach(placement -> rows.add(row(placement)));
      } else {
        rows.add(row(ad));
        if (dirt.repeated(ad)) {
          again.add(row(ad));
        }
      }
    }
    // a repeat comes at the end, where another page begins when the limit is small
    rows.addAll(again);
    return rows;
  }

  private List<ObjectNode> sums(List<AdDay> ads) {
    Map<String, List<AdDay>> groups = new LinkedHashMap<>();
    for (AdDay ad : ads) {
      groups
          .computeIfAbsent((daily ? ad.day() : "") + "|" + id(ad), group -> new ArrayList<>())
          .add(ad);
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (List<AdDay> group : groups.values()) {
      ObjectNode row = row(group.stream().reduce(MetaRows::together).orElseThrow());
      Credit.together(group).forEach(credit -> add(row, credit));
      rows.add(row);
    }
    return rows;
  }

  private String id(AdDay ad) {
    return switch (level) {
      case "account" -> ad.campaign().account();
      case "campaign" -> ad.campaign().id();
      default -> ad.ad().adSetId();
    };
  }

  private static AdDay together(AdDay a, AdDay b) {
    return new AdDay(
        a.day(),
        a.campaign(),
        a.ad(),
        a.impressions() + b.impressions(),
        a.clicks() + b.clicks(),
        a.linkClicks() + b.linkClicks(),
        a.reach() + b.reach(),
        a.spend() + b.spend());
  }

  private ObjectNode row(Placement placement) {
    return row(placement.part())
        .put("publisher_platform", placement.platform())
        .put("platform_position", placement.position())
        .put("impression_device", placement.device());
  }

  private ObjectNode row(AdDay ad) {
    ObjectNode row = JSON.createObjectNode();
    row.put("date_start", ad.day().toString()).put("date_stop", ad.day().toString());
    put(row, "account_id", ad.campaign().account());
    put(row, "account_name", ad.campaign().accountName());
    put(row, "account_currency", "KRW");
    if (!level.equals("account")) {
      put(row, "campaign_id", ad.campaign().id());
      put(row, "campaign_name", ad.campaign().nameOn(ad.day()));
    }
    if (level.equals("adset") || level.equals("ad")) {
      put(row, "adset_id", ad.ad().adSetId());
      put(row, "adset_name", ad.ad().adSetName());
    }
    if (level.equals("ad")) {
      put(row, "ad_id", ad.ad().id());
      put(row, "ad_name", ad.ad().name());
    }
    long reach = ad.reach() * LEVELS.get(level) / 100;
    putNumber(row, "impressions", ad.impressions());
    putNumber(row, "clicks", ad.clicks());
    putNumber(row, "inline_link_clicks", ad.linkClicks());
    putNumber(row, "reach", reach);
    putNumber(row, "spend", ad.spend());
    if (reach > 0) {
      BigDecimal seen = BigDecimal.valueOf(ad.impressions());
      put(
          row,
          "frequency",
          seen.divide(BigDecimal.valueOf(reach), 6, RoundingMode.HALF_UP).toPlainString());
    }
    if (level.equals("ad") && !byPlacement) {
      put(row, "attribution_setting", "7d_click_1d_view");
      Credit.of(ad).forEach(credit -> add(row, credit));
    }
    return row;
  }

  private void add(ObjectNode row, Credit credit) {
    add(row, "actions", credit.actionType(), credit.counts());
    add(row, "action_values", credit.actionType(), credit.values());
  }

  private void add(ObjectNode row, String field, String type, Map<String, ? extends Number> by) {
    if (!fields.contains(field) || by.isEmpty()) {
      return;
    }
    ArrayNode list = row.withArray("/" + field);
    ObjectNode entry = list.addObject().put("action_type", type);
    entry.put("value", by.get("value").toString());
    windows.stream().filter(by::containsKey).forEach(w -> entry.put(w, by.get(w).toString()));
  }

  private void put(ObjectNode row, String name, String value) {
    if (fields.contains(name)) {
      row.put(name, value);
    }
  }

  private void putNumber(ObjectNode row, String name, long value) {
    if (value != 0) {
      put(row, name, "" + value);
    }
  }
}
