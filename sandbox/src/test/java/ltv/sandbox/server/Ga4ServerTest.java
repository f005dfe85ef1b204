package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Map;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Event;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.SessionDay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That its reports can be read is shown by the chain; here, what they add up and who is let in. */
class Ga4ServerTest {
  private final Market market = Market.simulate(7, LocalDate.of(2026, 11, 1), 12, 1);
  private final Ga4Server server = new Ga4Server(market, new Dirt(7), 0, "{}");

  Ga4ServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sessions_hold_every_event_that_was_received_and_its_money() {
    Dirt dirt = new Dirt(7);
    long revenue =
        market.events().stream()
            .filter(e -> dirt.received(e, market))
            .mapToLong(Event::revenue)
            .sum();

    assertEquals(
        revenue, SessionDay.of(market, dirt).stream().mapToLong(SessionDay::revenue).sum());
  }

  @Test
  void only_who_signs_with_the_key_is_let_in() {
    assertEquals(
        400,
        Wire.post(
                server.address() + Ga4Server.TOKEN_PATH,
                Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "assertion",
                    "a.b.c"))
            .statusCode());
    assertEquals(
        401,
        Wire.postJson(
                server.address() + "/v1beta/properties/4242:runReport",
                Map.of("Authorization", "Bearer guess"),
                "{}")
            .statusCode());
  }
}
