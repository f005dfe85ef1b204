package ltv.ingest.channel.appsflyer;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/** What AppsFlyer's answers mean. Bodies are plain text; daily limits end at midnight UTC. */
final class AppsFlyerFailures implements Failures {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Clock clock;

  AppsFlyerFailures(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return isReport(body)
          ? Optional.empty()
          : Optional.of(
              new ChannelException(
                  Kind.RETRY,
                  "AppsFlyer answers HTTP 200 with something that is not a report: "
                      + Redaction.brief(body.strip())));
    }
    String text = body.length() > 300 ? body.substring(0, 300) + " …" : body.strip();
    String said = Redaction.of("AppsFlyer answers HTTP " + status + ": " + text);
    return Optional.of(
        switch (status) {
          case 400 ->
              body.contains("API calls limit has been reached")
                  ? ChannelException.waitUntil(
                      LocalDate.now(clock.withZone(ZoneOffset.UTC))
                          .plusDays(1)
                          .atStartOfDay()
                          .toInstant(ZoneOffset.UTC),
                      said + " The day's calls are used up; they come back at 00:00 UTC.")
                  : new ChannelException(
                      Kind.BUG,
                      said + " Is channels.appsflyer.apps[].timezone the app's own setting?");
          case 401 ->
              new ChannelException(
                  Kind.REFUSED, said + " Give a valid channels.appsflyer.api_token.");
          case 403 ->
              body.contains("Limit reached")
                  ? ChannelException.retryAfter(A_MINUTE, said)
                  : new ChannelException(Kind.REFUSED, said + " The token may not read this app.");
          case 404 ->
              new ChannelException(
                  Kind.REFUSED,
                  said + " The app id (channels.appsflyer.apps) is wrong or not in the plan.");
          case 429 -> ChannelException.retryAfter(A_MINUTE, said);
          default -> new ChannelException(status >= 500 ? Kind.RETRY : Kind.BUG, said);
        });
  }

  /**
   * A report has a header, even of a day without a row; a page of a proxy begins with a tag, an
   * error as JSON with a brace.
   */
  private static boolean isReport(String body) {
    String text = body.stripLeading();
    return !text.isEmpty() && !text.startsWith("<") && !text.startsWith("{");
  }
}
