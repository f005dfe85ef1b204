package ltv.ingest.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/**
 * What Meta's answers mean. The code stands in the body, whatever the status; the table follows the
 * Marketing API's error reference and what connectors met in practice.
 */
final class MetaFailures implements Failures {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration A_MINUTE = Duration.ofSeconds(60);
  private static final Set<Integer> SLOW_DOWN = Set.of(4, 17, 32, 341, 613);
  private static final Set<Integer> PASSING = Set.of(1, 2);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int TOKEN = 190;
  private static final int PERMISSION = 10;
  private static final int BAD_PARAMETER = 100;
  private static final int NOT_THERE = 33;
  private static final int TOO_MUCH_DATA = 1487534;
  private static final int TOO_OLD = 3018;
  private static final int BATCH_TIMED_OUT = 960;
  private static final int TRY_AGAIN_SUBCODE = 99;

  private final Secret token;

  /** Meta names a malformed token in its message; {@code token} is taken out of ours. */
  MetaFailures(Secret token) {
    this.token = token;
  }

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    JsonNode root = Failures.json(body);
    JsonNode error = root.path("error");
    if (status == 200 && error.isMissingNode()) {
      return isReport(root) || isBeginning(body)
          ? Optional.empty()
          : Optional.of(
              new ChannelException(
                  Kind.RETRY, said(status, "answers with something that is not a report", body)));
    }
    return Optional.of(classify(status, headers, error, body));
  }

  /** The same for a report job that is asked after: one just started may not be there yet. */
  Failures ofPolls() {
    return (status, headers, body) -> {
      JsonNode error = Failures.json(body).path("error");
      boolean early =
          error.path("code").asInt() == BAD_PARAMETER
              && error.path("error_subcode").asInt() == NOT_THERE;
      return early
          ? Optional.of(
              ChannelException.retryAfter(
                  A_SECOND,
                  said(status, "does not know the job yet", error.path("message").asText())))
          : judge(status, headers, body);
    };
  }

  /** A page of rows, or a report job: Meta sometimes answers 200 with neither. */
  private static boolean isReport(JsonNode root) {
    return root.path("data").isArray() || root.has("id") || root.has("report_run_id");
  }

  private static boolean isBeginning(String body) {
    return body.stripLeading().startsWith("{")
        && body.getBytes(StandardCharsets.UTF_8).length >= JUDGED_BYTES;
  }

  private ChannelException classify(int status, Headers headers, JsonNode error, String body) {
    int code = error.path("code").asInt();
    int subcode = error.path("error_subcode").asInt();
    String message = error.path("message").asText();
    String text = message.isEmpty() ? body : message;
    if (code == TOKEN) {
      return refused("the access token (channels.meta.access_token) is refused", message);
    }
    if (code == PERMISSION || (code >= 200 && code <= 299)) {
      return refused("the token may not read this account (channels.meta.accounts)", message);
    }
    if (code >= 80000 && code <= 80014) {
      return ChannelException.retryAfter(
          regain(headers), said(status, "has reached its call limit", message));
    }
    if (SLOW_DOWN.contains(code) || (code == 0 && status == TOO_MANY_REQUESTS)) {
      return ChannelException.retryAfter(regain(headers), said(status, "asks to slow down", text));
    }
    if (code == TOO_OLD || message.contains("beyond 37 months")) {
      return new ChannelException(Kind.TOO_OLD, said(status, "has nothing so old", message));
    }
    if (code == BAD_PARAMETER && subcode == NOT_THERE) {
      return refused("the token sees no such account (channels.meta.accounts)", message);
    }
    if (subcode == TOO_MUCH_DATA || body.contains("reduce the amount of data")) {
      return new ChannelException(Kind.SPLIT, said(status, "finds the request too large", message));
    }
    boolean passing =
        PASSING.contains(code)
            || code == BATCH_TIMED_OUT
            || subcode == TRY_AGAIN_SUBCODE
            || error.path("is_transient").asBoolean()
            || status >= 500;
    if (passing) {
      return new ChannelException(Kind.RETRY, said(status, "has a passing fault", text));
    }
    if (code == 0 && (status == 401 || status == 403)) {
      return refused("the access token (channels.meta.access_token) is refused", message);
    }
    String what = code == BAD_PARAMETER ? "refuses a field or parameter" : "refuses the request";
    return new ChannelException(Kind.BUG, said(status, what, text));
  }

  /** Until the limit ends; a minute when nothing says so. */
  private static Duration regain(Headers headers) {
    Duration rest = MetaUsage.rest(headers);
    return rest.compareTo(A_MINUTE) > 0 ? rest : A_MINUTE;
  }

  private ChannelException refused(String what, String message) {
    return new ChannelException(
        Kind.REFUSED, redacted("Meta: " + what + ": " + message + " Give a valid one."));
  }

  private String redacted(String text) {
    return Redaction.of(text).replace(token.reveal(), "***");
  }

  private String said(int status, String what, String message) {
    return "Meta " + what + " (HTTP " + status + "): " + Redaction.brief(redacted(message));
  }
}
