package ltv.ingest.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import okhttp3.Headers;

/**
 * What the answers of Google's databases mean.
 *
 * @param product as messages call it
 * @param email of the service account, who must be let in
 * @param right the role it needs, and the setting that says where
 * @param absent what it means that something is not there whose name begins so, for example {@code
 *     Not found: Table}; what else is not there is a wrong setting
 * @param clock tells when a quota is full again
 */
public record CloudFailures(
    String product, String email, String right, Optional<Absent> absent, Clock clock)
    implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whose midnight ends a day of quota. */
  private static final ZoneId QUOTA_DAY = ZoneId.of("America/Los_Angeles");

  private static final Set<String> PER_DAY = Set.of("quotaExceeded", "dailyLimitExceeded");

  /**
   * What may be missing for a while.
   *
   * @param begins how the message begins
   * @param means a sentence
   */
  public record Absent(String begins, String means) {}

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return Optional.empty(); // judged when it is read whole
    }
    JsonNode root = Failures.json(body);
    JsonNode error = (root.isArray() ? root.path(0) : root).path("error");
    String message = error.path("message").asText(body);
    String reason = error.path("errors").path(0).path("reason").asText();
    boolean limited =
        status == 429 || reason.equals("rateLimitExceeded") || PER_DAY.contains(reason);
    if (limited) {
      return Optional.of(exhausted(status, reason, message));
    }
    if (status == 404 && absent.isPresent() && message.startsWith(absent.get().begins)) {
      return Optional.of(new ChannelException(Kind.NOT_READY, absent.get().means));
    }
    return Optional.of(
        switch (status) {
          case 401 -> failure(Kind.STALE_TOKEN, status, "refuses the token", message);
          case 403, 404 ->
              failure(
                  Kind.REFUSED,
                  status,
                  "does not let " + email + " in, or does not find it; " + right,
                  message);
          default ->
              status >= 500
                  ? failure(Kind.RETRY, status, "has a passing fault", message)
                  : failure(Kind.BUG, status, "refuses", message);
        });
  }

  private ChannelException exhausted(int status, String reason, String message) {
    return PER_DAY.contains(reason)
        ? ChannelException.waitUntil(
            LocalDate.ofInstant(clock.instant(), QUOTA_DAY)
                .plusDays(1)
                .atStartOfDay(QUOTA_DAY)
                .toInstant(),
            said(status, "has no quota left", message))
        : failure(Kind.RETRY, status, "asks for fewer calls", message);
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    try (JsonParser parser = JSON.createParser(body.toFile())) {
      JsonToken first = parser.nextToken();
      if (first == null || !first.isStructStart()) {
        return Optional.of(failure(Kind.RETRY, 200, "answers with something that is no JSON", ""));
      }
      parser.skipChildren();
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(failure(Kind.RETRY, 200, "broke its answer off before its end", ""));
    }
  }

  private ChannelException failure(Kind kind, int status, String what, String message) {
    return new ChannelException(kind, said(status, what, message));
  }

  private String said(int status, String what, String message) {
    return product + " " + what + " (HTTP " + status + "): " + Redaction.brief(message);
  }
}
