package ltv.ingest.channel.adison;

import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/** What the answers of an address that serves the report mean: plain HTTP. */
final class AdisonFailures implements Failures {
  static final Failures TABLE = new AdisonFailures();

  private AdisonFailures() {}

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      String text = body.stripLeading();
      return text.isEmpty() || text.startsWith("<") || text.startsWith("{")
          ? failure(Kind.RETRY, status, "answers with something that is not a report", body)
          : Optional.empty();
    }
    return switch (status) {
      case 401, 403 ->
          failure(
              Kind.REFUSED,
              status,
              "lets nobody in with channels.adison.accounts[].http.token",
              body);
      case 404 -> failure(Kind.NOT_READY, status, "has no report of the day yet", body);
      case 429 -> failure(Kind.RETRY, status, "asks to slow down", body);
      default ->
          failure(
              status >= 500 ? Kind.RETRY : Kind.BUG,
              status,
              status >= 500 ? "has a passing fault" : "refuses",
              body);
    };
  }

  private static Optional<ChannelException> failure(
      Kind kind, int status, String what, String body) {
    return Optional.of(
        new ChannelException(
            kind,
            "Adison's report address %s (HTTP %d): %s"
                .formatted(what, status, Redaction.brief(body))));
  }
}
