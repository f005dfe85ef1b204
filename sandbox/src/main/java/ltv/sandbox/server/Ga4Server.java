package ltv.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.SessionDay;

/**
 * GA4's Data API: a report's rows by position, each value a text; a token ends after some calls.
 */
public final class Ga4Server extends LocalServer {
  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/token";

  /** The property. */
  public static final String PROPERTY = "4242";

  private static final String PATH = "/v1beta/properties/" + PROPERTY;
  private static final int CALLS_PER_TOKEN = 25;
  private static final List<String> METRICS =
      List.of(
          "sessions",
          "engagedSessions",
          "totalUsers",
          "newUsers",
          "keyEvents",
          "transactions",
          "purchaseRevenue");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByDay<SessionDay> sessions = new ByDay<>();
  private final ServiceAccountKey key;
  private final TokenDesk tokens = new TokenDesk("sandbox-ga4-access-", CALLS_PER_TOKEN);

  /**
   * A server over a market; port 0 takes a free one.
   *
   * @param keyFile of the service account that may view
   */
  public Ga4Server(Market market, Dirt dirt, int port, String keyFile) {
    super(port);
    SessionDay.of(market, dirt).forEach(day -> sessions.add(day.day(), day));
    this.key = new ServiceAccountKey(keyFile, "/auth/analytics.readonly");
  }

  @Override
  synchronized Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return key.token(asked, tokens);
    }
    if (!tokens.takes(asked)) {
      return error(401, "Request had invalid authentication credentials.");
    }
    if (asked.path().equals(PATH + "/metadata")) {
      return metadata();
    }
    if (!asked.path().equals(PATH + ":runReport")) {
      return error(403, "User does not have sufficient permissions for this property.");
    }
    return report(json(asked.body()));
  }

  private static Answer metadata() {
    ObjectNode metadata = JSON.createObjectNode();
    ArrayNode metrics = metadata.putArray("metrics");
    METRICS.forEach(name -> metrics.addObject().put("apiName", name));
    return Answer.json(200, metadata.toString());
  }

  private Answer report(JsonNode asked) {
    JsonNode range = asked.path("dateRanges").path(0);
    List<SessionDay> all =
        sessions.between(
            LocalDate.parse(range.path("startDate").asText()),
            LocalDate.parse(range.path("endDate").asText()));
    ObjectNode report = JSON.createObjectNode();
    report.set("dimensionHeaders", asked.path("dimensions"));
    report.set("metricHeaders", asked.path("metrics"));
    int from = asked.path("offset").asInt();
    int to = Math.min(all.size(), from + asked.path("limit").asInt());
    if (from < to) {
      ArrayNode rows = report.putArray("rows");
      all.subList(from, to).forEach(day -> row(asked, day, rows.addObject()));
      report.put("rowCount", all.size());
    }
    report.putObject("metadata").put("currencyCode", "KRW").put("timeZone", "Asia/Seoul");
    report.putObject("propertyQuota").putObject("tokensPerDay").put("remaining", 199_900);
    return Answer.json(200, report.toString());
  }

  private static void row(JsonNode asked, SessionDay day, ObjectNode row) {
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("date", day.day().format(DateTimeFormatter.BASIC_ISO_DATE)),
            Map.entry(
                "sessionSource", day.campaign() == null ? "google" : day.campaign().channel()),
            Map.entry("sessionMedium", day.campaign() == null ? "organic" : "cpc"),
            Map.entry("sessionCampaignId", day.named().get(0)),
            Map.entry("sessionCampaignName", day.named().get(1)),
            Map.entry("countryId", "KR"),
            Map.entry("operatingSystem", day.platform()),
            Map.entry("sessions", day.sessions()),
            Map.entry("engagedSessions", day.sessions() / 2),
            Map.entry("totalUsers", day.users()),
            Map.entry("newUsers", day.newUsers()),
            Map.entry("keyEvents", day.transactions() + ".0"),
            Map.entry("transactions", day.transactions()),
            Map.entry("purchaseRevenue", day.revenue()));
    ArrayNode dimensions = row.putArray("dimensionValues");
    asked.path("dimensions").forEach(d -> dimensions.addObject().put("value", value(values, d)));
    ArrayNode metrics = row.putArray("metricValues");
    asked.path("metrics").forEach(m -> metrics.addObject().put("value", value(values, m)));
  }

  private static String value(Map<String, Object> values, JsonNode header) {
    return String.valueOf(values.get(header.path("name").asText()));
  }

  private static Answer error(int status, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("code", status).put("message", message);
    return Answer.json(status, body.toString());
  }
}
