package ltv.ingest.channel.appleads;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import ltv.config.Problems;
import ltv.config.Secret;
import okhttp3.HttpUrl;

/**
 * The channel {@code apple_search_ads} of a site.
 *
 * @param baseUrl default https://api.searchads.apple.com
 * @param tokenUrl where access tokens are issued; default
 *     https://appleid.apple.com/auth/oauth2/token
 * @param apiVersion for example v5
 * @param clientId that Apple shows beside the public key
 * @param teamId that Apple shows beside the public key
 * @param keyId that Apple shows beside the public key
 * @param privateKey the P-256 key as PEM, as openssl writes it, or the base64 of PKCS #8 alone
 * @param pageLimit rows per page; default and most 1000
 * @param lookbackDays past days that Apple may restate; default 30, its attribution window
 * @param reports what is read of each organization; default ad_group and campaign
 * @param organizations accounts that spend
 */
public record AppleAdsConfig(
    String baseUrl,
    String tokenUrl,
    String apiVersion,
    String clientId,
    String teamId,
    String keyId,
    Secret privateKey,
    Integer pageLimit,
    Integer lookbackDays,
    List<AppleAdsReport> reports,
    List<Organization> organizations) {
  private static final int LARGEST_PAGE = 1000;
  private static final int ATTRIBUTION_DAYS = 30;

  /** An organization and the zone set for it, in which its reports are asked for. */
  public record Organization(String id, ZoneId timezone) {
    public Organization {
      new Problems()
          .check(id != null && id.matches("\\d+"), "id", "must be digits, the orgId")
          .require("timezone", timezone)
          .throwIfAny();
    }
  }

  public AppleAdsConfig {
    baseUrl = baseUrl == null ? "https://api.searchads.apple.com" : baseUrl;
    tokenUrl = tokenUrl == null ? "https://appleid.apple.com/auth/oauth2/token" : tokenUrl;
    pageLimit = pageLimit == null ? LARGEST_PAGE : pageLimit;
    lookbackDays = lookbackDays == null ? ATTRIBUTION_DAYS : lookbackDays;
    reports =
        reports == null
            ? List.of(AppleAdsReport.AD_GROUP, AppleAdsReport.CAMPAIGN)
            : reports.stream().filter(Objects::nonNull).distinct().toList();
    new Problems()
        .check(HttpUrl.parse(baseUrl) != null, "base_url", "must be an http or https address")
        .check(HttpUrl.parse(tokenUrl) != null, "token_url", "must be an http or https address")
        .check(
            apiVersion != null && apiVersion.matches("v\\d+"),
            "api_version",
            "must be a version such as v5")
        .require("client_id", clientId)
        .require("team_id", teamId)
        .require("key_id", keyId)
        .require("private_key", privateKey)
        .check(
            privateKey == null || ClientSecret.isKey(privateKey),
            "private_key",
            "must be a P-256 private key as PEM, as openssl writes it")
        .check(pageLimit > 0 && pageLimit <= LARGEST_PAGE, "page_limit", "must be 1 to 1000")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(
            !reports.isEmpty(),
            "reports",
            "names no report; the usual ones are ad_group and campaign")
        .check(
            organizations != null && !organizations.isEmpty(),
            "organizations",
            "names no organization")
        .throwIfAny();
    organizations = List.copyOf(organizations);
  }
}
