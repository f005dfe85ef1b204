package ltv.ingest.http;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.TokenEndpoint.Issued;
import okhttp3.Request;

/**
 * Calls with a bearer token that lives for an hour or so: asked for when first needed, again before
 * its end, and once more when the source refuses it before.
 */
public final class TokenCalls {
  /** A token that ends while the call is under way is refused: it is renewed before. */
  private static final Duration SPARE = Duration.ofMinutes(1);

  private final HttpTransport transport;
  private final Clock clock;
  private final Supplier<Issued> issuer;
  private Issued issued;

  /** Calls over a transport, with tokens of this issuer. */
  public TokenCalls(HttpTransport transport, Clock clock, Supplier<Issued> issuer) {
    this.transport = transport;
    this.clock = clock;
    this.issuer = issuer;
  }

  /**
   * Calls and downloads, the header {@code Authorization} being added.
   *
   * @throws ChannelException what the last answer meant
   */
  public Download download(Request request, Failures failures) {
    try {
      return transport.download(authorized(request), failures);
    } catch (ChannelException e) {
      if (e.kind() != Kind.STALE_TOKEN) {
        throw e;
      }
      forget();
      return transport.download(authorized(request), failures);
    }
  }

  private Request authorized(Request request) {
    return request.newBuilder().header("Authorization", "Bearer " + token()).build();
  }

  private synchronized String token() {
    if (issued == null || !clock.instant().plus(SPARE).isBefore(issued.ends())) {
      issued = issuer.get();
    }
    return issued.token().reveal();
  }

  private synchronized void forget() {
    issued = null;
  }
}
