package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Sum;
import ltv.sandbox.market.Truth;
import ltv.sandbox.market.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MixpanelServerTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final LocalDate DAY = FROM.plusDays(6);
  private final Market market = Market.simulate(7, FROM, 12, 1);
  private final MixpanelServer server = new MixpanelServer(market, new Dirt(7), 0, "user", "pass");

  MixpanelServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String basic(String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString(("user:" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> export(LocalDate day, String secret) {
    String query =
        "?project_id=%s&from_date=%s&to_date=%2$s".formatted(MixpanelServer.PROJECT, day);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/2.0/export" + query))
            .header("Authorization", basic(secret))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(HttpResponse<byte[]> answer) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
    }
  }

  @Test
  void a_day_has_the_lines_that_the_truth_counts_repeats_and_all() throws IOException {
    List<String> lines = lines(export(DAY, "pass"));

    Map<String, Long> served =
        Truth.of(market, new Dirt(7)).rowsServed().get(Sum.MIXPANEL_REVENUE.dataset());
    assertEquals(served.get(DAY.toString()), lines.size());
    assertTrue(new HashSet<>(lines).size() == lines.size(), "each was received at its own time");
    assertTrue(lines.stream().anyMatch(l -> l.contains("\"revenue\":\"")), "a text");
    assertTrue(lines.stream().anyMatch(l -> l.matches("(?s).*\"revenue\":\\d.*")), "a number");
  }

  @Test
  void what_phones_send_late_is_not_there_while_it_is_under_way() throws IOException {
    int whole = lines(export(DAY, "pass")).size();
    Market early = market.toldAfter(DAY);
    try (MixpanelServer then = new MixpanelServer(early, new Dirt(7), 0, "user", "pass")) {
      then.start();
      assertTrue(
          Truth.of(early, new Dirt(7))
                  .rowsServed()
                  .get(Sum.MIXPANEL_REVENUE.dataset())
                  .get(DAY.toString())
              < whole);
    }
  }

  @Test
  void only_who_is_known_gets_what_has_happened() {
    assertEquals(401, export(DAY, "guess").statusCode());
    assertEquals(400, export(FROM.plusDays(12), "pass").statusCode());
    assertFalse(server.served().stream().anyMatch(asked -> asked.contains("pass")));
  }

  @Test
  void profiles_come_in_pages_of_one_session() {
    Set<String> ids = new HashSet<>();
    int people = User.byPerson(market.users()).size();
    assertTrue(people < market.users().size(), "some have two phones");
    for (int page = 0; page * 1000 < people; page++) {
      JsonNode answer =
          Wire.json(
              Wire.postJson(
                  server.address()
                      + "/api/query/engage?page="
                      + page
                      + "&session_id=sandbox-session",
                  Map.of("Authorization", basic("pass")),
                  "{}"));
      answer.path("results").forEach(user -> ids.add(user.path("$distinct_id").asText()));
      assertEquals(people, answer.path("total").asInt());
    }
    assertEquals(people, ids.size());
  }
}
