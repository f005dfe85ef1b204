package ltv.sandbox.market;

import java.util.List;

/**
 * Sums over sources that no mart shows yet: day by day, what was served is what the lake holds.
 * They are told in thousandths, so that each is a whole number.
 */
public enum Sum {
  /** What Meta counts, by type and window; every repeated row counts. */
  ACTION_COUNTS("src_meta__action", "action_count", List.of("action_type", "attribution_window")),
  /** What Meta's actions are worth. */
  ACTION_VALUES("src_meta__action", "action_value", List.of("action_type", "attribution_window")),
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
  /** Google's conversions, by action. */
  CONVERSIONS("src_google_ads__conversion", "all_conversions", List.of("conversion_action_name")),
  /** The whole table of rates, as it is every day. */
  RATES("src_google_sheets__exchange_rates", "rate", List.of("from_currency"));

  private final String dataset;
  private final String column;
  private final List<String> by;

  Sum(String dataset, String column, List<String> by) {
    this.dataset = dataset;
    this.column = column;
    this.by = by;
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
