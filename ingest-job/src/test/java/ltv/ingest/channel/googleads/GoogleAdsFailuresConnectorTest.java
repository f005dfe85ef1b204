package ltv.ingest.channel.googleads;

import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.NOW;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.STREAM;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.TOKEN;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.error;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.recorded;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleAdsFailuresConnectorTest {
  private final GoogleAdsOverHttp google = new GoogleAdsOverHttp();

  @AfterEach
  void stop() {
    google.close();
  }

  static List<Answer> passingFaults() {
    String whole = recorded(200, "campaigns.json").body();
    return List.of(
        Answer.of(500, "<html>Internal</html>"),
        Answer.of(503, ""),
        Answer.of(429, ""),
        error(429, "quotaError", "RESOURCE_TEMPORARILY_EXHAUSTED"),
        error(500, "internalError", "INTERNAL_ERROR"),
        error(504, "internalError", "DEADLINE_EXCEEDED"),
        recorded(200, "campaigns.json").cutOff(),
        Answer.of(200, whole.substring(0, whole.lastIndexOf(']'))),
        Answer.of(200, whole.substring(0, 700)),
        Answer.of(200, "<html>Sign in to the hotel's network</html>"),
        Answer.of(200, "[1]"),
        Answer.of(
            200,
            "[{\"results\":[],\"partialFailureError\":{\"code\":13,\"message\":\"a shard was lost\"}}]"),
        error(429, "quotaError", "EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION"),
        error(500, "internalError", "TRANSIENT_ERROR"),
        error(400, "requestError", "EXPIRED_PAGE_TOKEN"),
        recorded(200, "error_after_rows.json"));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_passing_fault_is_tried_again_and_nothing_of_it_lands(Answer fault) {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, fault, recorded(200, "campaigns.json"));

    google.fetch("campaign");

    assertEquals(1, google.pauses.wanted().size());
    assertEquals(
        List.of(recorded(200, "campaigns.json").body()),
        google.sink.pages().stream().map(p -> p.body()).toList());
  }

  @Test
  void a_stated_delay_is_obeyed() {
    google.server.on(TOKEN, token(1));
    google.server.on(
        STREAM, recorded(429, "error_retry_delay.json"), recorded(200, "campaigns.json"));

    google.fetch("campaign");

    assertEquals(List.of(Duration.ofSeconds(30)), google.pauses.wanted());
  }

  @Test
  void a_delay_is_obeyed_where_the_api_in_general_puts_it_and_parts_of_a_second_count() {
    google.server.on(TOKEN, token(1));
    google.server.on(
        STREAM, recorded(429, "error_retry_info.json"), recorded(200, "campaigns.json"));

    google.fetch("campaign");

    assertEquals(List.of(Duration.ofSeconds(43)), google.pauses.wanted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOURCE_EXHAUSTED", "EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION"})
  void the_days_operations_are_not_asked_for_in_a_loop(String code) {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, error(429, "quotaError", code));

    ChannelException e = google.refused();

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofHours(1))), e.until());
    assertEquals(1, google.tries());
  }

  @ParameterizedTest
  @CsvSource({
    "403, authorizationError, USER_PERMISSION_DENIED, REFUSED, channels.google_ads.customers",
    "403, authorizationError, USER_PERMISSION_DENIED, REFUSED, login_customer_id",
    "403, authorizationError, CUSTOMER_NOT_ENABLED, REFUSED, has the customer switched off",
    "401, authorizationError, DEVELOPER_TOKEN_INVALID, REFUSED, channels.google_ads.developer_token",
    "400, queryError, REQUESTED_METRICS_FOR_MANAGER, REFUSED, login_customer_id",
    "400, queryError, UNRECOGNIZED_FIELD, BUG, UNRECOGNIZED_FIELD",
    "400, requestError, RPC_DEADLINE_TOO_SHORT, SPLIT, ran out of time",
    "400, fieldError, REQUIRED, BUG, Request contains a fault"
  })
  void what_no_retry_mends_is_told_at_once(
      int status, String category, String code, Kind kind, String told) {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, error(status, category, code));

    ChannelException e = google.refused();

    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().contains(told), e.getMessage());
    assertEquals(1, google.tries());
  }

  @Test
  void a_token_that_ends_in_the_middle_is_renewed_once() {
    google.server.on(TOKEN, token(1), token(2));
    google.server.on(
        STREAM,
        error(401, "authenticationError", "OAUTH_TOKEN_EXPIRED"),
        recorded(200, "campaigns.json"));

    google.fetch("campaign");

    assertEquals(
        List.of("Bearer access-1", "Bearer access-2"),
        google.server.asked().stream()
            .filter(a -> a.path().equals(STREAM))
            .map(a -> a.headers().getFirst("Authorization"))
            .toList());
    assertEquals(List.of(), google.pauses.wanted());
  }

  @Test
  void a_new_token_that_is_refused_too_ends_the_run() {
    google.server.on(TOKEN, token(1), token(2));
    google.server.always(STREAM, a -> error(401, "authenticationError", "OAUTH_TOKEN_INVALID"));

    ChannelException e = google.refused();

    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertEquals(2, google.tries());
  }

  @Test
  void a_revoked_refresh_token_names_the_settings() {
    google.server.on(
        TOKEN,
        Answer.of(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been revoked.\"}"));

    ChannelException e = google.refused();

    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertTrue(
        e.getMessage().contains("invalid_grant, Token has been revoked.")
            && e.getMessage().contains("channels.google_ads.client_id, client_secret and refresh"),
        e.getMessage());
    assertEquals(0, google.tries());
  }

  @Test
  void an_endpoint_that_is_down_is_tried_again() {
    google.server.on(TOKEN, Answer.of(503, "busy"), token(1));
    google.server.on(STREAM, recorded(200, "campaigns.json"));

    google.fetch("campaign");

    assertEquals(1, google.pauses.wanted().size());
    assertEquals(1, google.sink.pages().size());
  }
}
