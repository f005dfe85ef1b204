package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Market;

/**
 * Google Ads: an endpoint that issues access tokens, and the stream of a query's rows as one array
 * of batches. Whole numbers are texts, what is zero is absent, a token ends after some calls.
 */
public final class GoogleAdsServer extends LocalServer {
  /** Who may ask. */
  public record Access(
      String developerToken, String clientId, String secret, String refreshToken) {}

  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/token";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v\\d+/customers/(\\d{10})/googleAds:searchStream");
  private static final Pattern QUERY =
      Pattern.compile(
          "SELECT (.+) FROM (campaign|ad_group_ad|keyword_view|search_term_view)"
              + " WHERE segments\\.date BETWEEN '([0-9-]{10})' AND '([0-9-]{10})'");
  private static final Pattern SETTINGS = Pattern.compile("SELECT (.+) FROM campaign");

  /** Which fields of what lies below campaigns may be asked for, by what is asked. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "campaign", "",
          "ad_group_ad", "ad_group\\..*|ad_group_ad\\..*",
          "keyword_view", "ad_group\\..*|ad_group_criterion\\..*",
          "search_term_view", "ad_group\\..*");

  private static final String CONVERSION_ACTION = "segments.conversion_action";

  /** What cannot be told by conversion action. */
  private static final Set<String> BESIDE_CONVERSIONS =
      Set.of("metrics.impressions", "metrics.clicks", "metrics.cost_micros");

  private static final int ROWS_PER_BATCH = 2;
  private static final int CALLS_PER_TOKEN = 50;

  private final Map<String, ByDay<AdDay>> customers = new LinkedHashMap<>();
  private final Access access;
  private final TokenDesk tokens = new TokenDesk("sandbox-google-access-", CALLS_PER_TOKEN);

  /** A server over a market; port 0 takes a free one. */
  public GoogleAdsServer(Market market, int port, Access access) {
    super(port);
    this.access = access;
    market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.GOOGLE_ADS))
        .forEach(
            ad ->
                customers
                    .computeIfAbsent(ad.campaign().account(), a -> new ByDay<>())
                    .add(ad.day(), ad));
  }

  @Override
  Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return token(asked);
    }
    if (!tokens.takes(asked)) {
      return error(401, "UNAUTHENTICATED", "authenticationError", "OAUTH_TOKEN_EXPIRED");
    }
    if (!asked.header("developer-token").equals(access.developerToken)) {
      return error(401, "UNAUTHENTICATED", "authorizationError", "DEVELOPER_TOKEN_INVALID");
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches() || !customers.containsKey(path.group(1))) {
      return error(403, "PERMISSION_DENIED", "authorizationError", "USER_PERMISSION_DENIED");
    }
    if (query(asked.body()).endsWith(" FROM customer")) {
      return Answer.json(
          200,
          "[{\"results\":[{\"customer\":{\"id\":\"%s\",\"timeZone\":\"Asia/Seoul\",\"currencyCode\":\"KRW\",\"status\":\"ENABLED\"}}]}]"
              .formatted(path.group(1)));
    }
    Matcher settings = SETTINGS.matcher(query(asked.body()));
    if (settings.matches()) {
      return stream(
          new GoogleAdsRows(List.of(settings.group(1).split(", *")))
              .settings(customers.get(path.group(1)).all()));
    }
    Matcher query = QUERY.matcher(query(asked.body()));
    if (!query.matches()) {
      return error(400, "INVALID_ARGUMENT", "queryError", "UNEXPECTED_INPUT");
    }
    List<String> fields = List.of(query.group(1).split(", *"));
    String from = query.group(2);
    if (fields.stream().anyMatch(f -> f.startsWith("ad_group") && !f.matches(FIELDS.get(from)))) {
      return error(400, "INVALID_ARGUMENT", "queryError", "UNRECOGNIZED_FIELD");
    }
    boolean byAction = fields.contains(CONVERSION_ACTION);
    if (byAction && fields.stream().anyMatch(BESIDE_CONVERSIONS::contains)) {
      return error(
          400, "INVALID_ARGUMENT", "queryError", "PROHIBITED_SEGMENT_WITH_METRIC_IN_SELECT");
    }
    List<AdDay> days =
        rows(
            customers.get(path.group(1)),
            LocalDate.parse(query.group(3)),
            LocalDate.parse(query.group(4)),
            !from.equals("campaign"));
    GoogleAdsRows rows = new GoogleAdsRows(fields);
    return stream(
        days.stream()
            .flatMap(
                day ->
                    switch (from) {
                      case "keyword_view" -> rows.keywords(day);
                      case "search_term_view" -> rows.searches(day);
                      default -> byAction ? rows.conversions(day) : rows.whole(day);
                    })
            .toList());
  }

  private Answer token(Asked asked) {
    boolean known =
        asked.get("grant_type").equals("refresh_token")
            && asked.get("client_id").equals(access.clientId)
            && asked.get("client_secret").equals(access.secret)
            && asked.get("refresh_token").equals(access.refreshToken);
    if (!known) {
      return Answer.json(
          400, "{\"error\":\"invalid_grant\",\"error_description\":\"Bad Request\"}");
    }
    return Answer.json(
        200,
        "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
            .formatted(tokens.issue()));
  }

  private static String query(String body) {
    try {
      return JSON.readTree(body).path("query").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** One row per ad, or the ads of a campaign's day added up. */
  private static List<AdDay> rows(ByDay<AdDay> days, LocalDate from, LocalDate to, boolean ads) {
    if (ads) {
      return days.between(from, to).stream().filter(ad -> ad.ad() != null).toList();
    }
    Map<String, AdDay> byCampaign = new LinkedHashMap<>();
    for (AdDay ad : days.between(from, to)) {
      byCampaign.merge(
          ad.day() + ad.campaign().id(),
          ad,
          (a, b) ->
              new AdDay(
                  a.day(),
                  a.campaign(),
                  null,
                  a.impressions() + b.impressions(),
                  a.clicks() + b.clicks(),
                  a.linkClicks() + b.linkClicks(),
                  a.reach() + b.reach(),
                  a.spend() + b.spend()));
    }
    return List.copyOf(byCampaign.values());
  }

  private static Answer stream(List<ObjectNode> rows) {
    ArrayNode batches = JSON.createArrayNode();
    for (int i = 0; i < rows.size(); i += ROWS_PER_BATCH) {
      ObjectNode batch = batches.addObject();
      ArrayNode results = batch.putArray("results");
      results.addAll(rows.subList(i, Math.min(rows.size(), i + ROWS_PER_BATCH)));
      batch.put("requestId", UUID.randomUUID().toString()); // another one each time, as Google's
    }
    if (rows.isEmpty()) {
      batches.addObject().putArray("results");
    }
    return Answer.json(200, batches.toString());
  }

  private static Answer error(int status, String name, String category, String code) {
    ObjectNode error = JSON.createObjectNode();
    error.put("code", status).put("message", "Request had a fault.").put("status", name);
    error
        .putArray("details")
        .addObject()
        .put("@type", "type.googleapis.com/google.ads.googleads.v23.errors.GoogleAdsFailure")
        .putArray("errors")
        .addObject()
        .put("message", code)
        .putObject("errorCode")
        .put(category, code);
    ArrayNode body = JSON.createArrayNode();
    body.addObject().set("error", error);
    return Answer.json(status, body.toString());
  }
}
