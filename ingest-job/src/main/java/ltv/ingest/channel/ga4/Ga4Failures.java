package ltv.ingest.channel.ga4;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/**
 * What the answers of Google Analytics mean.
 *
 * @param email of the service account, who must be let in
 * @param clock tells when a quota is full again
 */
record Ga4Failures(String email, Clock clock) implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whose midnight ends a day of tokens. */
  private static final ZoneId QUOTA_DAY = ZoneId.of("America/Los_Angeles");

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return Optional.empty(); // judged when it is read whole
    }
    String message = Failures.json(body).path("error").path("message").asText(body);
    return Optional.of(
        switch (status) {
          case 401 ->
              new ChannelException(Kind.STALE_TOKEN, said(status, "refuses the token", message));
          case 403, 404 ->
              new ChannelException(
                  Kind.REFUSED,
                  said(
                      status,
                      "does not let "
                          + email
                          + " in; make it a viewer of the property (channels.ga4.accounts)",
                      message));
          case 429 -> exhausted(message);
          default ->
              new ChannelException(
                  status >= 500 ? Kind.RETRY : Kind.BUG,
                  said(status, status >= 500 ? "has a passing fault" : "refuses", message));
        });
  }

  /** The message names the bucket that is empty. */
  private ChannelException exhausted(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    String said = said(429, "has no tokens left", message);
    if (text.contains("day")) {
      Instant midnight =
          LocalDate.ofInstant(clock.instant(), QUOTA_DAY)
              .plusDays(1)
              .atStartOfDay(QUOTA_DAY)
              .toInstant();
      return ChannelException.waitUntil(midnight, said);
    }
    return text.contains("hour")
        ? ChannelException.waitUntil(
            clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS), said)
        : new ChannelException(Kind.RETRY, said);
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    try {
      JsonNode root = JSON.readTree(body.toFile());
      return root.has("metricHeaders") || root.has("metrics")
          ? Optional.empty()
          : Optional.of(
              new ChannelException(
                  Kind.RETRY, said(200, "answers with something that is not a report", "")));
    } catch (JsonProcessingException e) {
      return Optional.of(
          new ChannelException(Kind.RETRY, said(200, "broke its answer off before its end", "")));
    }
  }

  private static String said(int status, String what, String message) {
    return "Google Analytics " + what + " (HTTP " + status + "): " + Redaction.brief(message);
  }
}
