package ltv.ingest.channel.naver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.config.Secret;
import ltv.ingest.channel.naver.NaverConfig.Customer;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** One customer's calls, each try signed with its own moment: an old one is refused. */
final class SignedCalls {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");
  private static final int GONE = 404;
  private static final String HMAC = "HmacSHA256";

  private final HttpTransport transport;
  private final NaverFailures failures;
  private final Clock clock;
  private final Customer customer;

  SignedCalls(HttpTransport transport, NaverFailures failures, Clock clock, Customer customer) {
    this.transport = transport;
    this.failures = failures;
    this.clock = clock;
    this.customer = customer;
  }

  Download get(HttpUrl address) {
    return transport.download(() -> signed("GET", address, null), failures.ofJson());
  }

  Download file(HttpUrl address) {
    return transport.download(() -> signed("GET", address, null), failures.ofFiles());
  }

  Download post(HttpUrl address, String json) {
    return transport.download(() -> signed("POST", address, json), failures.ofJson());
  }

  /** What is gone already is deleted: Naver keeps about a hundred of a kind. */
  void delete(HttpUrl address) {
    Failures unlessGone =
        (status, headers, body) ->
            status == GONE ? Optional.empty() : failures.judge(status, headers, body);
    transport.download(() -> signed("DELETE", address, null), unlessGone).close();
  }

  private Request signed(String method, HttpUrl address, String json) {
    String timestamp = "" + clock.millis();
    String signature = signature(timestamp, method, address.encodedPath(), customer.secretKey());
    RequestBody body =
        json == null ? null : RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON);
    return new Request.Builder()
        .url(address)
        .method(method, body)
        .header("X-Timestamp", timestamp)
        .header("X-API-KEY", customer.apiKey().reveal())
        .header("X-Customer", customer.id())
        .header("X-Signature", signature)
        .build();
  }

  /** HMAC-SHA256 (RFC 2104) of {@code timestamp.METHOD.path}, without host and query, as Base64. */
  static String signature(String timestamp, String method, String path, Secret key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] text = (timestamp + "." + method + "." + path).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
    }
  }
}
