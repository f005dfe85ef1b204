package ltv.ingest.channel.appleads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.Redaction;
import okhttp3.Headers;

/** What the answers of Apple Search Ads mean. */
final class AppleAdsFailures implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Optional<ChannelException> judge(int status, Headers headers, String body) {
    if (status == 200) {
      return Optional.empty(); // judged when it is read whole
    }
    String message = message(Failures.json(body), body);
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
      if (root.path("error").isObject()) {
        String told = message(root, "");
        return Optional.of(new ChannelException(Kind.BUG, said(200, "refuses", told)));
      }
      return root.path("data").has("reportingDataResponse")
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
