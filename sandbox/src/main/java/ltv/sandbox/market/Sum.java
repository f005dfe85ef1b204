package ltv.sandbox.market;

import java.util.List;

/**
 * Sums over sources that no mart shows yet: day by day, what was served is what the lake holds.
 * They are told in thousandths, so that each is a whole number.
 */
public enum Sum {
  /** Meta's spend; every repeated row counts. */
  META_SPEND("src_meta__insights", "spend", List.of("campaign_id")),
  /** Google's cost, in millionths. */
  GOOGLE_COST("src_google_ads__campaign", "cost_micros", List.of("campaign_id")),
  /** Apple's spend. */
  APPLE_SPEND("src_apple_search_ads__campaign", "spend", List.of("campaign_id")),
  /** Naver's cost, with VAT as the day has it. */
  NAVER_COST("src_naver_search_ad__ad", "cost", List.of("campaign_id")),
  /** Google's cost of keywords, in millionths. */
  GOOGLE_KEYWORD_COST(
      "src_google_ads__keyword", "cost_micros", List.of("campaign_id", "keyword_id")),
  /** Apple's spend on keywords. */
  APPLE_KEYWORD_SPEND(
      "src_apple_search_ads__keyword", "spend", List.of("campaign_id", "keyword_id")),
  /** Adison's cost, with VAT where the report has it; every repeated row counts. */
  ADISON_COST("src_adison__report", "cost", List.of("campaign_id")),
  /** What Meta counts, by type and window; every repeated row counts. */
  ACTION_COUNTS("src_meta__action", "action_count", List.of("action_type", "attribution_window")),
  /** What Meta's actions are worth. */
  ACTION_VALUES("src_meta__action", "action_value", List.of("action_type", "attribution_window")),
  /** What Meta counts of campaigns, by type. */
  CAMPAIGN_ACTIONS("src_meta__campaign_action", "action_count", List.of("action_type")),
  /** Spend where it happened. */
  PLACEMENT_SPEND("src_meta__placement", "spend", List.of("publisher_platform")),
  /** Spend as Meta adds it up for ad sets. */
  ADSET_SPEND("src_meta__adset", "spend", List.of("campaign_id")),
  /** Spend as Meta adds it up for campaigns. */
  CAMPAIGN_SPEND("src_meta__campaign", "spend", List.of("campaign_id")),
  /** Spend as Meta adds it up for accounts. */
  ACCOUNT_SPEND("src_meta__account", "spend", List.of("account_id")),
  /** Money of AppsFlyer's other reports. */
  OTHER_REVENUE("src_appsflyer__other_events", "revenue", List.of("report")),
  /** First opens as AppsFlyer adds them up. */
  PARTNER_INSTALLS("src_appsflyer__partners_by_date", "installs", List.of("media_source")),
  /** What AppsFlyer adds up by the age of users. */
  COHORT_VALUES("src_appsflyer__cohort", "value", List.of("figure", "media_source")),
  /** What was paid by Mixpanel's word; every repeated event counts. */
  MIXPANEL_REVENUE("src_mixpanel__event", "revenue", List.of("event_name")),
  /** Revenue by GA4's word. */
  GA4_REVENUE("src_ga4__session", "purchase_revenue", List.of("session_campaign_id")),
  /** What was paid by GA4's exported events. */
  GA4_EXPORT_REVENUE("src_ga4_export__event", "revenue", List.of("event_name")),
  /** Google's conversions, by action. */
  CONVERSIONS("src_google_ads__conversion", "all_conversions", List.of("conversion_action_name")),
  /** The whole table of rates, as it is every day. */
  RATES("src_google_sheets__exchange_rates", "rate", List.of("from_currency"));

  /** Those of which a correction is told as the sum itself. */
  public static final List<Sum> RESTATED =
      List.of(
          META_SPEND,
          GOOGLE_COST,
          APPLE_SPEND,
          NAVER_COST,
          ADISON_COST,
          MIXPANEL_REVENUE,
          GA4_REVENUE,
          GA4_EXPORT_REVENUE);

  private final String dataset;
  private final String column;
  private final List<String> by;

  Sum(String dataset, String column, List<String> by) {
    this.dataset = dataset;
    this.column = column;
    this.by = by;
  }

  /** Money of a channel's ads as it is sent. */
  static Sum cost(String channel) {
    return switch (channel) {
      case Campaign.META -> META_SPEND;
      case Campaign.GOOGLE_ADS -> GOOGLE_COST;
      case Campaign.NAVER -> NAVER_COST;
      case Campaign.ADISON -> ADISON_COST;
      default -> APPLE_SPEND;
    };
  }

  /** The source dataset. */
  public String dataset() {
    return dataset;
  }

  /** The column that holds the day. */
  public String day() {
    return this == RATES ? "snapshot_date" : "report_date";
  }

  /** The column that is summed. */
  public String column() {
    return column;
  }

  /** The columns that tell sums of a day apart. */
  public List<String> by() {
    return by;
  }
}
