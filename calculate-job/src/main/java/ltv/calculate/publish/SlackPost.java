package ltv.calculate.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import ltv.config.Secret;

/** A message to an incoming webhook of Slack. All words are plain text there: nothing is markup. */
final class SlackPost implements Post {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADER = 150;
  private static final int FIELD = 200;
  private static final int FIELDS = 10;
  private static final int SECTION = 1000;
  private static final int LONGEST_REASON = 200;
  private static final int OK = 200;

  private final Secret webhook;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  SlackPost(Secret webhook) {
    this.webhook = webhook;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public List<String> recipients() {
    return List.of("webhook");
  }

  @Override
  public void send(Notice notice, String recipient) throws Away {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(webhook.reveal()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message(notice)))
            .build();
    try {
      HttpResponse<String> answer =
          client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != OK) {
        throw new Away(
            "Slack answers %d %s"
                .formatted(answer.statusCode(), Plain.of(answer.body(), LONGEST_REASON)),
            null);
      }
    } catch (IOException e) {
      throw new Away("Slack is away (" + e.getClass().getSimpleName() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Away("interrupted", e);
    }
  }

  private static byte[] message(Notice notice) {
    ObjectNode message = JSON.createObjectNode();
    message.put("text", escaped(notice.subject() + ": " + notice.finding()));
    ArrayNode blocks = message.putArray("blocks");
    plain(blocks.addObject().put("type", "header").putObject("text"), notice.subject(), HEADER);
    ObjectNode section = blocks.addObject().put("type", "section");
    plain(section.putObject("text"), notice.finding(), SECTION);
    List<Notice.Line> lines = notice.lines();
    if (!lines.isEmpty()) {
      ArrayNode fields = section.putArray("fields");
      lines.stream()
          .limit(FIELDS)
          .forEach(
              line ->
                  plain(
                      fields.addObject(),
                      "%s: %s (%s %s)"
                          .formatted(
                              line.label(),
                              line.value(),
                              notice.text().of("common.week_before"),
                              line.change()),
                      FIELD));
    }
    ObjectNode button = blocks.addObject().put("type", "actions").putArray("elements").addObject();
    button.put("type", "button").put("url", notice.link());
    plain(button.putObject("text"), notice.text().of("mail.open"), HEADER);
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void plain(ObjectNode place, String words, int longest) {
    place.put("type", "plain_text").put("emoji", false).put("text", Plain.of(words, longest));
  }

  /** What notifications show is markup, unlike the blocks. */
  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
