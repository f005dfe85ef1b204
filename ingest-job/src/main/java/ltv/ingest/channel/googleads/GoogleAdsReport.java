package ltv.ingest.channel.googleads;

import java.time.LocalDate;
import java.util.Locale;

/**
 * What a site may read of a customer's day. Every segment that is selected multiplies rows and
 * becomes part of the key, so conversions by action are a report of their own: cost and clicks
 * cannot be asked for beside them, and must never be joined to them by a sum.
 */
public enum GoogleAdsReport {
  /** Every ad, of the kinds of campaign that have any. */
  AD(
      "customer.descriptive_name, ad_group.id, ad_group.name, ad_group_ad.ad.id, ad_group_ad.ad.name,"
          + " ad_group_ad.ad.final_urls, "
          + Fields.NUMBERS,
      "ad_group_ad"),
  /** Every campaign: the only level that is complete for cost. */
  CAMPAIGN("customer.descriptive_name, " + Fields.NUMBERS, "campaign"),
  /** Every campaign's conversions by conversion action. */
  CONVERSION(
      "segments.conversion_action, segments.conversion_action_name,"
          + " segments.conversion_action_category, "
          + Fields.CONVERSIONS,
      "campaign"),
  /** Every keyword of search campaigns; its id is known within its ad group only. */
  KEYWORD(
      "ad_group.id, ad_group.name, ad_group_criterion.criterion_id,"
          + " ad_group_criterion.keyword.text, ad_group_criterion.keyword.match_type, "
          + Fields.NUMBERS,
      "keyword_view"),
  /** What people searched for, by the keyword that answered it; rare searches are not told. */
  SEARCH_TERM(
      "ad_group.id, ad_group.name, search_term_view.search_term,"
          + " segments.keyword.ad_group_criterion, segments.keyword.info.text,"
          + " segments.search_term_match_type, "
          + Fields.NUMBERS,
      "search_term_view"),
  /** What every campaign is set to when it is asked for, whatever it was on the day. */
  CAMPAIGN_SETTING(
      "campaign_budget.amount_micros, campaign_budget.total_amount_micros, campaign_budget.period",
      "campaign");

  private final String fields;
  private final String from;

  GoogleAdsReport(String fields, String from) {
    this.fields = fields;
    this.from = from;
  }

  /** The stream that holds it. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is of the day it is read and not of the day it is read for. */
  boolean isOfNow() {
    return this == CAMPAIGN_SETTING;
  }

  /** The query for a day of the customer. */
  String query(LocalDate day) {
    if (isOfNow()) {
      return "SELECT %s%s FROM %s".formatted(Fields.OF_ALL, fields, from);
    }
    return "SELECT %ssegments.date, %s FROM %s WHERE segments.date BETWEEN '%s' AND '%s'"
        .formatted(Fields.OF_ALL, fields, from, day, day);
  }

  private static final class Fields {
    static final String OF_ALL =
        "customer.id, customer.currency_code, customer.time_zone, campaign.id, campaign.name,"
            + " campaign.status, campaign.advertising_channel_type, ";
    static final String CONVERSIONS =
        "metrics.conversions, metrics.conversions_value, metrics.all_conversions,"
            + " metrics.all_conversions_value";
    static final String NUMBERS =
        "metrics.impressions, metrics.clicks, metrics.cost_micros, "
            + CONVERSIONS
            + ", metrics.view_through_conversions";
  }
}
