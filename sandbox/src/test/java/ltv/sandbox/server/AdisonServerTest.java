package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Market;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdisonServerTest {
  private final Market market = Market.simulate(7, LocalDate.of(2026, 10, 30), 4, 1);
  private final AdisonServer server =
      new AdisonServer(market, 0, Campaign.SERVED_ADVERTISER, "token");

  AdisonServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String month, String token) {
    return Wire.getWithBearer(server.address() + AdisonServer.PATH, token, Map.of("month", month));
  }

  @Test
  void a_month_is_two_rows_a_day_the_last_once_more_and_a_total() {
    List<String> lines = get("2026-10", "token").body().lines().toList();

    assertTrue(lines.get(0).startsWith("\uFEFF날짜,"), lines.get(0));
    assertEquals(1 + 2 * 2 + 1 + 1, lines.size());
    assertEquals(lines.get(4), lines.get(5));
    assertTrue(lines.get(6).startsWith("총계"), lines.get(6));
    long spend =
        market.ads().stream()
            .filter(ad -> ad.campaign().account().equals(Campaign.SERVED_ADVERTISER))
            .filter(ad -> ad.day().equals(LocalDate.of(2026, 10, 30)))
            .mapToLong(AdDay::spend)
            .sum();
    long served =
        lines.subList(1, 3).stream()
            .mapToLong(l -> Long.parseLong(l.replaceAll(".*₩([\\d,]+)\".*", "$1").replace(",", "")))
            .sum();
    assertEquals(spend * 11 / 10, served, "with VAT");
  }

  @Test
  void only_who_is_known_gets_what_is_there() {
    assertEquals(401, get("2026-10", "guess").statusCode());
    assertEquals(404, get("October", "token").statusCode());
  }
}
