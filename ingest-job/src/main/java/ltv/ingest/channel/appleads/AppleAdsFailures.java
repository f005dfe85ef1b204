package ltv.ingest.channel.appleads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/** What the answers of Apple Search Ads mean. */
final class AppleAdsFailures implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An error by its form only: Search Match alone brought what the campaign had. */
  private static final String NO_KEYWORD = "CAMPAIGN DOES NOT CONTAIN KEYWORD";

  /** Whether an answer says that there are no rows, in the form of an error. */
  static boolean tellsOfNothing(JsonNode answer) {
    return message(answer, "").toUpperCase(Locale.ROOT).contains(NO_KEYWORD);
  }

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return Optional.empty(); // judged when it is read whole
    }
    JsonNode answer = Failures.json(body);
    if (tellsOfNothing(answer)) {
      return Optional.empty();
    }
    String message = message(answer, body);
    return Optional.of(
        switch (status) {
          case 401 ->
              message.contains("Invalid cert")
                  ? new ChannelException(
                      Kind.REFUSED,
                      said(
                          status,
                          "knows another key than channels.apple_search_ads.key_id",
                          message))
                  : new ChannelException(
                      Kind.STALE_TOKEN, said(status, "refuses the token", message));
          case 403 ->
              new ChannelException(
                  Kind.REFUSED,
                  said(
                      status,
                      "refuses the organization (channels.apple_search_ads.organizations) or the role"
                          + " of the key",
                      message));
          case 429 -> new ChannelException(Kind.RETRY, said(status, "asks to slow down", message));
          default ->
              new ChannelException(
                  status >= 500 ? Kind.RETRY : Kind.BUG,
                  said(status, status >= 500 ? "has a passing fault" : "refuses", message));
        });
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    try {
      JsonNode root = JSON.readTree(body.toFile());
      if (tellsOfNothing(root)) {
        return Optional.empty();
      }
      if (root.path("error").isObject()) {
        String told = message(root, "");
        return Optional.of(new ChannelException(Kind.BUG, said(200, "refuses", told)));
      }
      JsonNode data = root.path("data"); // of a report, or a list of campaigns
      return data.has("reportingDataResponse") || data.isArray()
          ? Optional.empty()
          : Optional.of(
              new ChannelException(
                  Kind.RETRY, said(200, "answers with something that is not a report", "")));
    } catch (JsonProcessingException e) {
      return Optional.of(
          new ChannelException(Kind.RETRY, said(200, "broke its answer off before its end", "")));
    }
  }

  private static String message(JsonNode root, String body) {
    JsonNode error = root.path("error").path("errors").path(0);
    return error.isMissingNode()
        ? body
        : error.path("messageCode").asText() + ": " + error.path("message").asText();
  }

  private static String said(int status, String what, String message) {
    return "Apple Search Ads " + what + " (HTTP " + status + "): " + Redaction.brief(message);
  }
}
