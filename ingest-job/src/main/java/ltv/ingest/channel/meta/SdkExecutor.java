package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIRequest;
import com.google.gson.Gson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.Redaction;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Lets the vendor's SDK call through our transport. The SDK keeps one executor per process, so it
 * is set once; it serves every account.
 */
final class SdkExecutor implements APIRequest.IRequestExecutor {
  private static final Gson GSON = new Gson();
  private static final Pattern POLL = Pattern.compile("/v[\\d.]+/\\d+/?");

  private final HttpTransport transport;
  private final HttpUrl base;
  private final MetaFailures failures;

  /** What the last answer wants to be waited before the next call. */
  private Duration rest = Duration.ZERO;

  SdkExecutor(HttpTransport transport, HttpUrl base, Secret token) {
    this.failures = new MetaFailures(token);
    this.transport = transport;
    this.base = base;
  }

  @Override
  public APIRequest.ResponseWrapper execute(
      String method, String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    return switch (method) {
      case "GET" -> sendGet(url, parameters, context);
      case "POST" -> sendPost(url, parameters, context);
      default -> throw new IllegalArgumentException("this connector never sends " + method);
    };
  }

  @Override
  public APIRequest.ResponseWrapper sendGet(
      String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    HttpUrl.Builder address = checked(url).newBuilder();
    parameters.forEach((name, value) -> address.setQueryParameter(name, text(value)));
    Request request = new Request.Builder().url(address.build()).build();
    return call(request, isPoll(request.url()) ? failures.ofPolls() : failures);
  }

  @Override
  public APIRequest.ResponseWrapper sendPost(
      String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    FormBody.Builder form = new FormBody.Builder();
    parameters.forEach((name, value) -> form.add(name, text(value)));
    return call(new Request.Builder().url(checked(url)).post(form.build()).build(), failures);
  }

  @Override
  public APIRequest.ResponseWrapper sendDelete(
      String url, Map<String, Object> parameters, APIContext context) {
    throw new UnsupportedOperationException("this connector never deletes");
  }

  /** A paging link may only lead back to where we came from: it carries the token. */
  private HttpUrl checked(String url) {
    HttpUrl address = HttpUrl.parse(url);
    if (address == null) {
      throw new ChannelException(
          Kind.BUG, "Meta's paging link is no http or https address; it was not followed.");
    }
    boolean home =
        address.scheme().equals(base.scheme())
            && address.host().equals(base.host())
            && address.port() == base.port();
    if (!home) {
      throw new ChannelException(
          Kind.BUG,
          "Meta's paging link leads to "
              + address.scheme()
              + "://"
              + address.host()
              + ":"
              + address.port()
              + ", not to channels.meta.base_url "
              + base
              + "; it was not followed.");
    }
    return address;
  }

  /** Of nothing but a report job do we ask the thing itself. */
  private static boolean isPoll(HttpUrl address) {
    return POLL.matcher(address.encodedPath()).matches();
  }

  private APIRequest.ResponseWrapper call(Request request, Failures judge) throws IOException {
    Duration due = rest;
    rest = Duration.ZERO;
    if (!due.isZero()) {
      transport.rest(due, "Meta says that a call limit is all but used up.");
    }
    try (Download answer = transport.download(request, judge)) {
      rest = MetaUsage.rest(answer.headers());
      return new APIRequest.ResponseWrapper(
          answer.text(), Redaction.of(answer.headers().toString()));
    }
  }

  private static String text(Object value) {
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    return plain || value instanceof Enum<?> ? value.toString() : GSON.toJson(value);
  }
}
