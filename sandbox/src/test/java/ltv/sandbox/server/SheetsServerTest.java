package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.Sheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SheetsServerTest {
  private static final String VALUES = "/v4/spreadsheets/s1/values:batchGet";
  private static final String RAW =
      "valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=SERIAL_NUMBER&ranges=";
  private static final Sheet TAB =
      new Sheet("KR's", List.of(List.of("a", "b"), List.of(1, "x"), List.of(46095)));

  private KeyPair pair;
  private SheetsServer server;

  @BeforeEach
  void start() throws GeneralSecurityException {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    pair = rsa.generateKeyPair();
    String key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    server =
        new SheetsServer(
            Map.of("s1", List.of(TAB)),
            0,
            "{\"client_email\":\"me@x\",\"private_key\":\"-----BEGIN PRIVATE KEY-----%s-----END PRIVATE KEY-----\"}"
                .formatted(key));
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String statement(String email) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String claims =
        "{\"iss\":\"%s\",\"scope\":\"https://www.googleapis.com/auth/spreadsheets.readonly\"}"
            .formatted(email);
    String text =
        base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64.encodeToString(signature.sign());
  }

  private HttpResponse<String> token(String statement) {
    return Wire.post(
        server.address() + SheetsServer.TOKEN_PATH,
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", statement));
  }

  private HttpResponse<String> get(String path, String query, String token) {
    return Wire.getWithBearer(server.address() + path + "?" + query, token, Map.of());
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void a_token_is_issued_to_who_signed_with_the_key_and_ends_after_some_calls() throws Exception {
    assertEquals(400, token(statement("you@x")).statusCode());
    assertEquals(400, token("a.b.c").statusCode());
    HttpResponse<String> issued = token(statement("me@x"));
    assertEquals(200, issued.statusCode(), issued.body());
    String token = json(issued.body()).path("access_token").asText();

    for (int i = 0; i < 7; i++) {
      assertEquals(200, get("/v4/spreadsheets/s1", "", token).statusCode());
    }
    assertEquals(401, get("/v4/spreadsheets/s1", "", token).statusCode());
    assertEquals(401, get("/v4/spreadsheets/s1", "", "guess").statusCode());
  }

  @Test
  void values_come_by_range_without_what_is_empty() throws Exception {
    String token = json(token(statement("me@x")).body()).path("access_token").asText();

    JsonNode tabs = json(get("/v4/spreadsheets/s1", "", token).body());
    assertEquals("KR's", tabs.at("/sheets/0/properties/title").asText());
    int room = tabs.at("/sheets/0/properties/gridProperties/rowCount").asInt();

    String ranges = "%27KR%27%27s%27%211%3A1&ranges=%27KR%27%27s%27%212%3A" + room;
    JsonNode ranged = json(get(VALUES, RAW + ranges, token).body()).path("valueRanges");
    assertEquals("[[\"a\",\"b\"]]", ranged.at("/0/values").toString());
    assertEquals("[[1,\"x\"],[46095]]", ranged.at("/1/values").toString());
    JsonNode empty = json(get(VALUES, RAW + "%27KR%27%27s%27%219%3A9", token).body());
    assertTrue(empty.at("/valueRanges/0/values").isMissingNode());
    assertEquals(400, get(VALUES, RAW + "%27KR%27%27s%27%219%3A99", token).statusCode());
    assertEquals(404, get("/v4/spreadsheets/s2", "", token).statusCode());
  }
}
