package ltv.ingest.channel.adison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdisonConnectorTest {
  private final AdisonOverHttp adison = new AdisonOverHttp();

  @AfterEach
  void closed() {
    adison.close();
  }

  @Test
  void a_month_is_asked_for_once_and_lands_with_each_of_its_days() {
    adison.server.on(AdisonOverHttp.REPORT, AdisonOverHttp.MONTH);

    adison.fetch(AdisonOverHttp.DAY.minusDays(1));
    adison.fetch(AdisonOverHttp.DAY);

    assertEquals(1, adison.server.asked().size());
    assertEquals("2026-03", adison.server.asked().get(0).parameter("month"));
    assertEquals(
        "Bearer " + AdisonOverHttp.TOKEN,
        adison.server.asked().get(0).headers().getFirst("Authorization"));
    assertEquals(2, adison.sink.pages().size());
    assertEquals(AdisonOverHttp.MONTH.body(), adison.sink.pages().get(1).body());
  }

  @Test
  void each_refusal_has_its_kind() {
    assertEquals(Kind.REFUSED, kindOf(Answer.of(401, "who are you")));
    assertEquals(Kind.REFUSED, kindOf(Answer.of(403, "not you")));
    assertEquals(Kind.NOT_READY, kindOf(Answer.of(404, "no report of March")));
    assertEquals(Kind.BUG, kindOf(Answer.of(400, "month wanted")));
  }

  private static Kind kindOf(Answer answer) {
    try (AdisonOverHttp adison = new AdisonOverHttp()) {
      adison.server.on(AdisonOverHttp.REPORT, answer);
      return adison.refused().kind();
    }
  }

  @Test
  void a_report_that_is_no_report_is_told_after_some_tries() {
    adison.server.always(AdisonOverHttp.REPORT, asked -> Answer.of(200, "{\"error\":\"later\"}"));

    ChannelException e = adison.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("something that is not a report"), e.getMessage());
  }

  @Test
  void a_doctor_asks_the_address_for_yesterdays_report() {
    adison.server.on(AdisonOverHttp.REPORT, AdisonOverHttp.MONTH);

    assertEquals("answers with 68 bytes", adison.examine());
    assertEquals("2026-03", adison.server.asked().get(0).parameter("month"));
  }

  @Test
  void an_account_has_exactly_one_place() {
    AdisonConfig.Dropped file = new AdisonConfig.Dropped(Path.of("drop"), "a.csv", null);
    AdisonConfig.Endpoint http = new AdisonConfig.Endpoint("http://x/{month}", new Secret("t"));

    assertThrows(Problems.Found.class, () -> new AdisonConfig.Account("a", null, null, null, null));
    assertThrows(Problems.Found.class, () -> new AdisonConfig.Account("a", null, file, null, http));
    assertThrows(Problems.Found.class, () -> new AdisonConfig.Endpoint("ftp://x", null));
  }
}
