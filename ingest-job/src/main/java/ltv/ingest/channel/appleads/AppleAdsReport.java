package ltv.ingest.channel.appleads;

import java.util.List;
import java.util.Locale;

/** What a site may read of an organization's day. */
public enum AppleAdsReport {
  /** Every ad group of the campaigns that had any traffic. */
  AD_GROUP("adgroups", "adGroupId"),
  /** Every campaign by country: the only level at which cost is complete. */
  CAMPAIGN("", "countryOrRegion"),
  /** Every keyword of these campaigns; what came by Search Match is no keyword's. */
  KEYWORD("keywords", "keywordId"),
  /** What people searched for; rare searches come without their words. */
  SEARCH_TERM("searchterms", "searchTermText"),
  /** What every campaign is set to when it is asked for, whatever it was on the day: no report. */
  CAMPAIGN_SETTING("", "id");

  private final String part;
  private final String order;

  AppleAdsReport(String part, String order) {
    this.part = part;
    this.order = order;
  }

  /** The stream that holds it. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is of the day it is read and not of the day it is read for. */
  boolean isOfNow() {
    return this == CAMPAIGN_SETTING;
  }

  /** Whether it is of all campaigns, not asked for campaign by campaign. */
  boolean isOfAll() {
    return part.isEmpty();
  }

  static AppleAdsReport of(String stream) {
    return valueOf(stream.toUpperCase(Locale.ROOT));
  }

  /** Apple's names of the reports that are asked for to make it. */
  List<String> calls() {
    return isOfAll() ? List.of(call()) : List.of("campaigns", part);
  }

  /** Apple's name of it. */
  String call() {
    return isOfAll() ? "campaigns" : part;
  }

  /** Where it lies; {@code campaign} is not looked at when it is of all. */
  String path(String campaign) {
    return (isOfNow() ? "" : "reports/")
        + (isOfAll() ? "campaigns" : "campaigns/" + campaign + "/" + part);
  }

  /** The field that its rows are put in order by. */
  String order() {
    return order;
  }

  /** What campaigns are told by; empty for what lies below them. */
  String groupBy() {
    return this == CAMPAIGN ? order : "";
  }
}
