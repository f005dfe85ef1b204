package ltv.ingest.channel.mixpanel;

import java.util.Locale;

/** What of Mixpanel a site reads. */
public enum MixpanelReport {
  /** Every event of a day. */
  EVENT("export"),
  /** The users that there are now, with what is known of each. */
  PROFILE("engage");

  private final String api;

  MixpanelReport(String api) {
    this.api = api;
  }

  /** Mixpanel's word for it, by which calls are counted. */
  String api() {
    return api;
  }

  /** The stream's name. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }
}
