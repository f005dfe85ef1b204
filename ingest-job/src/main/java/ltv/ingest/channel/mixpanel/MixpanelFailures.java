package ltv.ingest.channel.mixpanel;

import java.time.Duration;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/** What Mixpanel's answers mean. */
class MixpanelFailures implements Failures {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return judgeAnswer(body);
    }
    String said = "Mixpanel answers HTTP " + status + ": " + Redaction.brief(body.strip());
    return Optional.of(
        switch (status) {
          case 400 -> refused(said, body);
          case 401, 403 ->
              new ChannelException(
                  Kind.REFUSED,
                  said
                      + " Give a valid channels.mixpanel.username and secret, with a role in the"
                      + " project.");
          case 402 ->
              new ChannelException(
                  Kind.REFUSED,
                  said
                      + " The plan does not have this API; leave the report out of"
                      + " channels.mixpanel.reports.");
          case 429 -> ChannelException.retryAfter(A_MINUTE, said);
          default -> new ChannelException(status >= 500 ? Kind.RETRY : Kind.BUG, said);
        });
  }

  private static ChannelException refused(String said, String body) {
    if (body.contains("cannot be later than today")) {
      return new ChannelException(
          Kind.REFUSED,
          said
              + " The project's day is another than channels.mixpanel.projects says: give its own"
              + " timezone, and days: PROJECT for projects of before 2023.");
    }
    if (body.contains("Unable to authenticate")) {
      return new ChannelException(
          Kind.REFUSED, said + " Give a valid channels.mixpanel.username and secret.");
    }
    return new ChannelException(Kind.BUG, said);
  }

  /** Judges an answer that says it is one: here, an object that has come in order. */
  Optional<ChannelException> judgeAnswer(String body) {
    return "ok".equals(Failures.json(body).path("status").asText())
        ? Optional.empty()
        : Optional.of(notWhole(body));
  }

  /** HTTP 200 with something that was not asked for. */
  static ChannelException notWhole(String body) {
    return new ChannelException(
        Kind.RETRY,
        "Mixpanel answers HTTP 200 with something that is not what was asked for: "
            + Redaction.brief(body.strip()));
  }
}
