package ltv.ingest.channel.googleads;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/**
 * What the answers of Google Ads mean. An error names one of the API's error codes; of a stream it
 * is wrapped in an array, and may come after rows. A stream that broke off is an array that nobody
 * closed.
 */
final class GoogleAdsFailures implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DAILY_LIMIT_PAUSE = Duration.ofHours(1);
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(\\.\\d+)?s");

  private static final Set<String> PASSING =
      Set.of(
          "RESOURCE_TEMPORARILY_EXHAUSTED",
          "EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION",
          "INTERNAL_ERROR",
          "TRANSIENT_ERROR",
          "DEADLINE_EXCEEDED",
          "EXPIRED_PAGE_TOKEN");
  private static final Set<String> USED_UP =
      Set.of("RESOURCE_EXHAUSTED", "EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION");

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status != 200) {
      return Optional.of(classify(status, errorOf(Failures.json(body)), body));
    }
    return body.stripLeading().startsWith("[")
        ? Optional.empty()
        : Optional.of(
            new ChannelException(
                Kind.RETRY, said(status, "answers with something that is not a report", body)));
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    try (JsonParser parser = JSON.createParser(body.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Optional<JsonNode> error = errorOfBatch(parser);
        if (error.isPresent()) {
          return Optional.of(classify(200, error.get(), error.get().toString()));
        }
      }
      return parser.currentToken() == JsonToken.END_ARRAY ? Optional.empty() : brokenOff();
    } catch (JsonParseException e) {
      return brokenOff();
    }
  }

  private static Optional<ChannelException> brokenOff() {
    return Optional.of(
        new ChannelException(Kind.RETRY, "Google Ads broke its answer off before its end."));
  }

  /** Steps over one batch, row by row; empty unless it holds an error. */
  private static Optional<JsonNode> errorOfBatch(JsonParser parser) throws IOException {
    Optional<JsonNode> error = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("error") || name.equals("partialFailureError")) {
        error = Optional.of(parser.readValueAsTree());
      } else {
        parser.skipChildren();
      }
    }
    return error;
  }

  private static JsonNode errorOf(JsonNode root) {
    return (root.isArray() ? root.path(0) : root).path("error");
  }

  private static ChannelException classify(int status, JsonNode error, String body) {
    // inside a stream the code may be gRPC's own, below a hundred
    int stated = error.path("code").asInt(status);
    int code = stated < 100 ? status : stated;
    List<JsonNode> errors = new ArrayList<>();
    Optional<Duration> retryInfo = Optional.empty();
    for (JsonNode detail : error.path("details")) {
      detail.path("errors").forEach(errors::add);
      retryInfo = retryInfo.or(() -> delay(detail.path("retryDelay")));
    }
    for (JsonNode each : errors) {
      Optional<ChannelException> known = known(code, each, retryInfo);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String message = error.path("message").asText(body);
    if (code == 401) {
      return new ChannelException(Kind.STALE_TOKEN, said(code, "refuses the token", message));
    }
    if (code == 403) {
      return new ChannelException(
          Kind.REFUSED,
          said(code, "refuses the customer (channels.google_ads.customers)", message));
    }
    // an answer that begins well and then fails is a part of the day, whatever the reason
    boolean passing = code == 200 || code == 429 || code >= 500;
    return new ChannelException(
        passing ? Kind.RETRY : Kind.BUG,
        said(code, passing ? "has a passing fault" : "refuses", message));
  }

  /** What the API's own error code means; empty for one that the status tells as well. */
  private static Optional<ChannelException> known(
      int status, JsonNode error, Optional<Duration> retryInfo) {
    JsonNode codes = error.path("errorCode");
    String category = codes.fieldNames().hasNext() ? codes.fieldNames().next() : "";
    String code = codes.path(category).asText();
    String message = code + ": " + error.path("message").asText();
    Optional<Duration> delay =
        delay(error.at("/details/quotaErrorDetails/retryDelay")).or(() -> retryInfo);
    if (PASSING.contains(code)) {
      return Optional.of(
          ChannelException.retry(delay, said(status, "has a passing fault", message)));
    }
    if (USED_UP.contains(code)) {
      return Optional.of(
          ChannelException.retryAfter(
              delay.orElse(DAILY_LIMIT_PAUSE),
              said(status, "has counted the day's operations", message)));
    }
    if (code.equals("REQUESTED_METRICS_FOR_MANAGER")) {
      return Optional.of(
          new ChannelException(
              Kind.REFUSED,
              said(
                  status,
                  "has no numbers of a manager account: name the customers below it in"
                      + " channels.google_ads.customers and the manager as login_customer_id",
                  message)));
    }
    return switch (category) {
      case "authenticationError" ->
          Optional.of(
              new ChannelException(Kind.STALE_TOKEN, said(status, "refuses the token", message)));
      case "authorizationError" ->
          Optional.of(new ChannelException(Kind.REFUSED, said(status, refused(code), message)));
      case "requestError" ->
          code.equals("RPC_DEADLINE_TOO_SHORT")
              ? Optional.of(
                  new ChannelException(Kind.SPLIT, said(status, "ran out of time", message)))
              : Optional.empty();
      case "queryError" ->
          Optional.of(new ChannelException(Kind.BUG, said(status, "refuses the query", message)));
      default -> Optional.empty();
    };
  }

  private static String refused(String code) {
    if (code.startsWith("DEVELOPER_TOKEN")) {
      return "refuses channels.google_ads.developer_token";
    }
    return code.equals("CUSTOMER_NOT_ENABLED")
        ? "has the customer switched off: enable it or take it out of channels.google_ads.customers"
        : "refuses the customer (channels.google_ads.customers); one that is reached through a"
            + " manager account wants login_customer_id";
  }

  /** {@code 30s}, as Google writes lengths; parts of a second count as one. */
  private static Optional<Duration> delay(JsonNode stated) {
    Matcher seconds = SECONDS.matcher(stated.asText());
    return seconds.matches()
        ? Optional.of(
            Duration.ofSeconds(
                Long.parseLong(seconds.group(1)) + (seconds.group(2) == null ? 0 : 1)))
        : Optional.empty();
  }

  private static String said(int status, String what, String message) {
    return "Google Ads " + what + " (HTTP " + status + "): " + Redaction.brief(message);
  }
}
