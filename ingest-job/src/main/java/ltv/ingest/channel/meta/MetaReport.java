package ltv.ingest.channel.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a site may read of an account's day. Reach and frequency do not add up, and a breakdown may
 * leave things out, so each level and breakdown is a report of its own beside {@link #INSIGHTS},
 * which is the truth for spend and conversions.
 */
public enum MetaReport {
  /** Every ad, not broken down, with what Meta credits to it. */
  INSIGHTS(MetaLevel.AD, List.of()),
  /** The actions of {@link #INSIGHTS}, typed from the same pages. */
  ACTION(MetaLevel.AD, List.of()),
  /** Every ad by placement: Facebook, Instagram, Messenger and so on. */
  PLACEMENT(MetaLevel.AD, List.of("publisher_platform", "platform_position", "impression_device")),
  /** Every ad set. */
  ADSET(MetaLevel.ADSET, List.of()),
  /** Every campaign, with what Meta credits to it: the control of what it credits to ads. */
  CAMPAIGN(MetaLevel.CAMPAIGN, List.of()),
  /** The actions of {@link #CAMPAIGN}, typed from the same pages. */
  CAMPAIGN_ACTION(MetaLevel.CAMPAIGN, List.of()),
  /** The account. */
  ACCOUNT(MetaLevel.ACCOUNT, List.of()),
  /** What each campaign is set to when it is asked for, whatever it was on the day: no insights. */
  CAMPAIGN_SETTING(MetaLevel.CAMPAIGN, List.of()),
  /** Where each ad leads when it is asked for, archived ones left out: no insights. */
  AD_LINK(MetaLevel.AD, List.of());

  private static final List<String> SETTINGS =
      List.of(
          "account_id",
          "id",
          "name",
          "status",
          "effective_status",
          "objective",
          "daily_budget",
          "lifetime_budget");

  /** A creative has its link where its kind has it. */
  private static final List<String> LINKS =
      List.of(
          "account_id",
          "campaign_id",
          "adset_id",
          "id",
          "creative{object_story_spec{link_data{link},template_data{link},"
              + "video_data{call_to_action{value{link}}}},asset_feed_spec{link_urls{website_url}},"
              + "url_tags}");

  private final MetaLevel level;
  private final List<String> breakdowns;

  MetaReport(MetaLevel level, List<String> breakdowns) {
    this.level = level;
    this.breakdowns = breakdowns;
  }

  /** The stream that holds it. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The report from whose pages this one is typed: itself, where it is asked for. */
  MetaReport landed() {
    return switch (this) {
      case ACTION -> INSIGHTS;
      case CAMPAIGN_ACTION -> CAMPAIGN;
      default -> this;
    };
  }

  /** Whether it is of the day it is read and not of the day it is read for. */
  boolean isOfNow() {
    return this == CAMPAIGN_SETTING || this == AD_LINK;
  }

  /** What is asked of the account. */
  String edge() {
    return switch (this) {
      case CAMPAIGN_SETTING -> "campaigns";
      case AD_LINK -> "ads";
      default -> "insights";
    };
  }

  /** What one row is of. */
  MetaLevel level() {
    return level;
  }

  /** By what a row is broken down; empty where it is not. */
  List<String> breakdowns() {
    return breakdowns;
  }

  /** Whether conversions are asked for by window: only where nothing is broken down or added up. */
  boolean hasWindows() {
    return this == INSIGHTS;
  }

  /** What is asked of a row; wide lists are what makes Meta time out. */
  List<String> fields() {
    if (isOfNow()) {
      return this == CAMPAIGN_SETTING ? SETTINGS : LINKS;
    }
    List<String> fields = new ArrayList<>(List.of("account_id", "account_currency"));
    for (MetaLevel each : MetaLevel.values()) {
      if (each != MetaLevel.ACCOUNT && each.compareTo(level) <= 0) {
        fields.add(each.idField());
        if (breakdowns.isEmpty()) {
          fields.add(each.nameField());
        }
      }
    }
    fields.addAll(List.of("impressions", "clicks", "inline_link_clicks", "reach"));
    if (level != MetaLevel.AD) {
      fields.add("frequency");
    }
    fields.add("spend");
    if (hasWindows() || this == CAMPAIGN) {
      fields.addAll(List.of("actions", "action_values"));
    }
    if (hasWindows()) {
      fields.addAll(List.of("attribution_setting", "account_name"));
    }
    return fields;
  }

  /** The fields that tell the rows of a day apart. */
  List<String> key() {
    List<String> key = new ArrayList<>(List.of(isOfNow() ? "id" : level.idField()));
    key.addAll(breakdowns);
    return key;
  }
}
