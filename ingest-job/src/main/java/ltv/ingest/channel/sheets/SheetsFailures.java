package ltv.ingest.channel.sheets;

import com.fasterxml.jackson.core.JsonParser;
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

/**
 * What the answers of Google Sheets mean.
 *
 * @param email of the service account, who must be let in
 */
record SheetsFailures(String email) implements Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

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
          case 403 ->
              new ChannelException(
                  Kind.REFUSED,
                  said(status, "does not let " + email + " in; share the sheet with it", message));
          case 404 ->
              new ChannelException(
                  Kind.REFUSED, said(status, "knows no such spreadsheet_id", message));
          case 400 ->
              message.contains("Unable to parse range")
                  ? new ChannelException(
                      Kind.REFUSED, said(status, "has no tab of that name any more", message))
                  : new ChannelException(Kind.BUG, said(status, "refuses", message));
          case 429 -> new ChannelException(Kind.RETRY, said(status, "asks to slow down", message));
          default ->
              new ChannelException(
                  status >= 500 ? Kind.RETRY : Kind.BUG,
                  said(status, status >= 500 ? "has a passing fault" : "refuses", message));
        });
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    try (JsonParser parser = JSON.createParser(body.toFile())) {
      JsonNode root = parser.readValueAsTree();
      return root != null && (root.has("valueRanges") || root.has("sheets"))
          ? Optional.empty()
          : Optional.of(
              new ChannelException(
                  Kind.RETRY, said(200, "answers with something that is not a sheet", "")));
    } catch (JsonProcessingException e) {
      return Optional.of(
          new ChannelException(Kind.RETRY, said(200, "broke its answer off before its end", "")));
    }
  }

  private static String said(int status, String what, String message) {
    return "Google Sheets " + what + " (HTTP " + status + "): " + Redaction.brief(message);
  }
}
