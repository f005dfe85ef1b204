package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Keyword;
import ltv.sandbox.market.Market;

/**
 * Apple Search Ads: an endpoint that issues access tokens for a signed client secret, and reports
 * by page. Campaigns come by country; ad groups are asked for per campaign and do not add up to it,
 * nor do keywords to their ad groups.
 */
public final class AppleAdsServer extends LocalServer {
  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/auth/oauth2/token";

  /** Who may ask: what Apple shows beside the public key. */
  public record Access(String clientId, String teamId, String keyId, String publicKey) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/api/v\\d+/reports/campaigns(?:/(\\d+)/(adgroups|keywords|searchterms))?");
  private static final int CALLS_PER_TOKEN = 40;

  private final Map<String, ByDay<AdDay>> organizations = new LinkedHashMap<>();
  private final Access access;
  private final TokenDesk tokens = new TokenDesk("sandbox-apple-access-", CALLS_PER_TOKEN);

  /** A server over a market; port 0 takes a free one. */
  public AppleAdsServer(Market market, int port, Access access) {
    super(port);
    this.access = access;
    market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.APPLE_SEARCH_ADS))
        .forEach(
            ad ->
                organizations
                    .computeIfAbsent(ad.campaign().account(), a -> new ByDay<>())
                    .add(ad.day(), ad));
  }

  @Override
  Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return token(asked);
    }
    if (!tokens.takes(asked)) {
      return error(401, "UNAUTHORIZED", "The token is invalid or has ended");
    }
    String organization = asked.header("X-AP-Context").replaceFirst("^orgId=", "");
    if (!organizations.containsKey(organization)) {
      return error(403, "FORBIDDEN", "No role in organization " + organization);
    }
    if (asked.path().endsWith("/acls")) {
      return roles();
    }
    if (asked.path().endsWith("/campaigns") && asked.method().equals("GET")) {
      return settings(organizations.get(organization), asked);
    }
    Matcher path = PATH.matcher(asked.path());
    JsonNode body = read(asked.body());
    if (!path.matches() || !body.path("granularity").asText().equals("DAILY")) {
      return error(400, "INVALID_ATTRIBUTE", "request needs to ask for rowTotals or granularity");
    }
    LocalDate from = LocalDate.parse(body.path("startTime").asText());
    LocalDate to = LocalDate.parse(body.path("endTime").asText());
    List<AdDay> ads = organizations.get(organization).between(from, to);
    List<AdDay> parts =
        ads.stream()
            .filter(a -> a.campaign().id().equals(path.group(1)) && a.ad() != null)
            .toList();
    String report = path.group(2) == null ? "campaigns" : path.group(2);
    if (report.equals("keywords") && parts.stream().allMatch(ad -> Keyword.of(ad).isEmpty())) {
      return error(400, "INVALID_INPUT", "CAMPAIGN DOES NOT CONTAIN KEYWORD");
    }
    return page(
        switch (report) {
          case "campaigns" -> AppleAdsRows.campaigns(ads);
          case "keywords" -> AppleAdsRows.keywords(parts);
          case "searchterms" -> AppleAdsRows.searches(parts);
          default -> parts.stream().map(AppleAdsRows::ofGroup).toList();
        },
        body.path("selector").path("pagination"));
  }

  /** Which organizations the key's user may read, each with its zone and currency. */
  private Answer roles() {
    ObjectNode body = JSON.createObjectNode();
    for (String organization : organizations.keySet()) {
      ObjectNode role = body.withArray("data").addObject();
      role.put("orgId", Long.parseLong(organization)).put("orgName", "LTV 샵");
      role.put("currency", "KRW").put("timeZone", "Asia/Seoul").put("paymentModel", "PAYG");
      role.putArray("roleNames").add("API Account Read Only");
    }
    return Answer.json(200, body.toString());
  }

  private static Answer settings(ByDay<AdDay> ads, Asked asked) {
    List<ObjectNode> rows = AppleAdsRows.settings(ads.all());
    int offset = Integer.parseInt(asked.get("offset"));
    int end = Math.min(rows.size(), offset + Integer.parseInt(asked.get("limit")));
    ObjectNode body = JSON.createObjectNode();
    body.putArray("data").addAll(rows.subList(Math.min(offset, end), end));
    return paged(body, rows.size(), offset, end);
  }

  private Answer token(Asked asked) {
    boolean known =
        asked.get("grant_type").equals("client_credentials")
            && asked.get("scope").equals("searchadsorg")
            && asked.get("client_id").equals(access.clientId)
            && signed(asked.get("client_secret"));
    if (!known) {
      return Answer.json(400, "{\"error\":\"invalid_client\"}");
    }
    return Answer.json(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"searchadsorg\"}"
            .formatted(tokens.issue()));
  }

  /** Whether a client secret names us and was signed by whoever has the private key. */
  private boolean signed(String secret) {
    String[] parts = secret.split("\\.");
    if (parts.length != 3) {
      return false;
    }
    try {
      JsonNode header =
          read(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
      JsonNode claims =
          read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      PublicKey key =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(access.publicKey)));
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && header.path("alg").asText().equals("ES256")
          && header.path("kid").asText().equals(access.keyId)
          && claims.path("iss").asText().equals(access.teamId)
          && claims.path("sub").asText().equals(access.clientId);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Answer page(List<ObjectNode> rows, JsonNode pagination) {
    int offset = pagination.path("offset").asInt();
    int end = Math.min(rows.size(), offset + pagination.path("limit").asInt(20));
    ObjectNode body = JSON.createObjectNode();
    ObjectNode response = body.putObject("data").putObject("reportingDataResponse");
    response.putArray("row").addAll(rows.subList(Math.min(offset, end), end));
    response.putNull("grandTotals");
    return paged(body, rows.size(), offset, end);
  }

  private static Answer paged(ObjectNode body, int all, int offset, int end) {
    body.putObject("pagination")
        .put("totalResults", all)
        .put("startIndex", offset)
        .put("itemsPerPage", Math.max(0, end - offset));
    body.putNull("error");
    return Answer.json(200, body.toString());
  }

  private static Answer error(int status, String code, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putNull("data").putNull("pagination");
    body.putObject("error")
        .putArray("errors")
        .addObject()
        .put("messageCode", code)
        .put("message", message)
        .put("field", "");
    return Answer.json(status, body.toString());
  }
}
