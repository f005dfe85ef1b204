package ltv.sandbox.market;

import java.util.Set;

/** Names of the datasets that the channels fill and {@link Truth} counts. */
public final class Sources {
  /** Meta's rows of ads. */
  public static final String INSIGHTS = "src_meta__insights";

  /** Google's rows of ads. */
  public static final String GOOGLE_ADS_ADS = "src_google_ads__ad";

  /** Google's rows of campaigns. */
  public static final String GOOGLE_ADS_CAMPAIGNS = "src_google_ads__campaign";

  /** Apple's rows of ad groups. */
  public static final String APPLE_AD_GROUPS = "src_apple_search_ads__ad_group";

  /** Apple's rows of campaigns, one per country. */
  public static final String APPLE_CAMPAIGNS = "src_apple_search_ads__campaign";

  /** Naver's rows of ads, one per device. */
  public static final String NAVER_ADS = "src_naver_search_ad__ad";

  /** Naver's rows of conversions. */
  public static final String NAVER_CONVERSIONS = "src_naver_search_ad__conversion";

  /** Naver's campaigns, all of them every day. */
  public static final String NAVER_CAMPAIGNS = "src_naver_search_ad__campaign";

  /** Naver's keywords, all of them every day. */
  public static final String NAVER_KEYWORDS = "src_naver_search_ad__keyword";

  /** Adison's rows, one per platform, and a total for each month of a report. */
  public static final String ADISON = "src_adison__report";

  /** The lists that people keep in sheets, all of them every day. */
  public static final String GUIDE = "src_google_sheets__campaign_guide";

  /** What people say of events. */
  public static final String EVENT_GUIDE = "src_google_sheets__event_guide";

  /** Who tests the app. */
  public static final String TEST_USERS = "src_google_sheets__test_users";

  /** Installs as AppsFlyer sends them. */
  public static final String INSTALLS = "src_appsflyer__installs";

  /** Events as AppsFlyer sends them. */
  public static final String EVENTS = "src_appsflyer__in_app_events";

  /** Clicks one by one, in files. */
  public static final String CLICKS = "src_file__clicks";

  /** Offers that users completed, in files. */
  public static final String COMPLETIONS = "src_file__completions";

  /** Mixpanel's users, as they are when they are read. */
  public static final String PROFILES = "src_mixpanel__profile";

  /** Firestore's documents, as they are when they are read. */
  public static final String DOCUMENTS = "src_firestore__document";

  /** Lists that are read as they are on the day of reading; an earlier one stays as it was. */
  public static final Set<String> SNAPSHOTS =
      Set.of(PROFILES, DOCUMENTS, "src_crm__customer", "src_crm__reservation", "src_crm__service");

  private Sources() {}
}
