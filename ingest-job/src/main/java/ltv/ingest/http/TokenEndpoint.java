package ltv.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.HttpTransport.Download;
import okhttp3.FormBody;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Where a source issues access tokens (OAuth 2.0, RFC 6749). */
public final class TokenEndpoint {

  private final HttpTransport transport;
  private final HttpUrl address;
  private final Clock clock;
  private final String settings;

  /**
   * An endpoint.
   *
   * @param settings the settings that hold what is sent, named when it is refused
   */
  public TokenEndpoint(HttpTransport transport, HttpUrl address, Clock clock, String settings) {
    this.transport = transport;
    this.address = address;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * A token and its end.
   *
   * @param ends after which it is refused
   */
  public record Issued(Secret token, Instant ends) {}

  /**
   * Asks for a token.
   *
   * @param form the grant: its type and its credentials
   * @throws ChannelException REFUSED when the credentials are not taken
   */
  public Issued ask(Map<String, Secret> form) {
    FormBody.Builder body = new FormBody.Builder();
    form.forEach((name, value) -> body.add(name, value.reveal()));
    Request request =
        new Request.Builder()
            .url(address)
            .post(body.build())
            .tag(CallMeter.Counted.class, CallMeter.UNCOUNTED)
            .build();
    try (Download answer = transport.download(request, this::judge)) {
      JsonNode issued = Failures.json(answer.text());
      return new Issued(
          new Secret(issued.path("access_token").asText()),
          clock.instant().plusSeconds(issued.path("expires_in").asLong()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<ChannelException> judge(int status, Headers headers, String body) {
    JsonNode root = Failures.json(body);
    if (status == 200 && !root.path("access_token").asText().isBlank()) {
      return Optional.empty();
    }
    String said = address.host() + " issues no token (HTTP " + status + "): ";
    if (status == 200 || status == 429 || status >= 500) {
      return Optional.of(new ChannelException(Kind.RETRY, said + "a passing fault."));
    }
    return Optional.of(
        new ChannelException(Kind.REFUSED, said + error(root) + ". Give valid " + settings + "."));
  }

  /** The error's code and description, never the body: it may repeat what was sent. */
  private static String error(JsonNode root) {
    String code = root.path("error").asText("no reason given");
    String told = root.path("error_description").asText("");
    return Redaction.of(told.isEmpty() ? code : code + ", " + told);
  }
}
