package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That their rows can be read is shown by the chain; here, who is let in. */
class GoogleCloudServersTest {
  private final Market market = Market.simulate(7, LocalDate.of(2026, 11, 1), 12, 1);
  private final BigQueryServer bigQuery = new BigQueryServer(market, new Dirt(7), 0, "{}");
  private final FirestoreServer firestore = new FirestoreServer(market, 0, "{}");

  GoogleCloudServersTest() {
    bigQuery.start();
    firestore.start();
  }

  @AfterEach
  void stop() {
    bigQuery.close();
    firestore.close();
  }

  @Test
  void only_who_signs_with_the_key_is_let_in() {
    for (LocalServer server : List.of(bigQuery, firestore)) {
      Map<String, String> grant =
          Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", "a.b.c");
      assertEquals(400, Wire.post(server.address() + "/token", grant).statusCode());
      assertEquals(
          401,
          Wire.postJson(server.address() + "/v1/any", Map.of("Authorization", "Bearer guess"), "{}")
              .statusCode());
    }
  }
}
