package ltv.ingest.channel.naver;

import java.util.Locale;
import ltv.ingest.channel.naver.ReportJob.Kinds;

/** What a site may read of a customer. */
public enum NaverReport {
  /** Delivery of the day by ad, keyword, media and device. */
  AD(Kinds.STAT, "AD"),
  /** Campaigns as they are called when they are read. */
  CAMPAIGN(Kinds.MASTER, "Campaign"),
  /** Conversions of the day. */
  CONVERSION(Kinds.STAT, "AD_CONVERSION"),
  /** Registered keywords: the words for the ids of the other reports. */
  KEYWORD(Kinds.MASTER, "Keyword"),
  /** What people searched for on the day when an ad of a power link was shown. */
  SEARCH_TERM(Kinds.STAT, "EXPKEYWORD");

  private final Kinds kind;
  private final String word;

  NaverReport(Kinds kind, String word) {
    this.kind = kind;
    this.word = word;
  }

  /** The stream that holds it. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NaverReport of(String stream) {
    return valueOf(stream.toUpperCase(Locale.ROOT));
  }

  /** Whether it tells what was on a day, or what is now. */
  Kinds kind() {
    return kind;
  }

  /** Naver's word for it. */
  String word() {
    return word;
  }
}
