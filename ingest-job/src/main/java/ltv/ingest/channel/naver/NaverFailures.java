package ltv.ingest.channel.naver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/**
 * What Naver's answers mean. A refusal is a problem body ({@code title}) or a business error
 * ({@code code}), whose code may say more than the status.
 */
final class NaverFailures implements Failures {
  private static final Set<Integer> SLOW_DOWN = Set.of(429, 1016);
  private static final Set<Integer> NO_PERMISSION = Set.of(1006, 1018);
  private static final int TOO_OLD = 10004;
  private static final int LOST_JOB = 20011;
  private static final int LIMIT_EXCEEDED = 1014;

  /** The same where an answer is JSON. */
  Failures ofJson() {
    return (status, headers, body) ->
        judge(status, headers, body)
            .or(() -> Failures.json(body).isContainerNode() ? Optional.empty() : nothing(status));
  }

  /** The same where an answer is a file: of a day without a row there is none, and none is JSON. */
  Failures ofFiles() {
    return (status, headers, body) ->
        judge(status, headers, body)
            .or(
                () ->
                    body.isBlank() || body.stripLeading().startsWith("{")
                        ? nothing(status)
                        : Optional.empty());
  }

  private static Optional<ChannelException> nothing(int status) {
    return Optional.of(
        new ChannelException(
            Kind.RETRY, said(status, "answers with nothing that can be read", "")));
  }

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    boolean page = body.stripLeading().startsWith("<");
    if (status >= 200 && status < 300) {
      return page
          ? Optional.of(
              new ChannelException(Kind.RETRY, said(status, "answers with a web page", body)))
          : Optional.empty();
    }
    JsonNode error = Failures.json(body);
    int code = error.path("code").asInt();
    String told =
        error.path("title").asText("") + " " + error.path("message").asText(page ? "" : body);
    if (status == 429 || SLOW_DOWN.contains(code)) {
      return Optional.of(new ChannelException(Kind.RETRY, said(status, "asks to slow down", told)));
    }
    if (status == 401 || status == 403 || NO_PERMISSION.contains(code)) {
      return Optional.of(new ChannelException(Kind.REFUSED, refused(status, told)));
    }
    if (code == TOO_OLD) {
      return Optional.of(
          new ChannelException(Kind.BUG, said(status, "keeps no report of a day so old", told)));
    }
    boolean passing = status >= 500 || code == LOST_JOB || code == LIMIT_EXCEEDED;
    return Optional.of(
        new ChannelException(
            passing ? Kind.RETRY : Kind.BUG,
            said(status, passing ? "has a passing fault" : "refuses the request", told)));
  }

  private static String refused(int status, String told) {
    String hint =
        told.contains("Signature")
            ? "Is this host's clock right, and channels.naver_search_ad.customers[].secret_key the"
                + " licence's own?"
            : "Give a valid channels.naver_search_ad.customers[].api_key of this customer.";
    return said(status, "refuses the licence", told.strip() + ". " + hint);
  }

  private static String said(int status, String what, String told) {
    return "Naver Search Ad " + what + " (HTTP " + status + "): " + Redaction.brief(told.strip());
  }
}
