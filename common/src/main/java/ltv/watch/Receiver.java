package ltv.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Somebody who is told by HTTP. A call has two seconds, all calls together five: a run must not
 * wait for who only listens. Whoever has failed once is not called again.
 */
final class Receiver {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration ALL_TOGETHER = Duration.ofSeconds(5);
  private static final int FIRST_REFUSAL = 300;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI url;
  private final Map<String, String> headers;
  private long spentNanos;
  private boolean away;

  /** A receiver at an address, which sees these headers. */
  Receiver(URI url, Map<String, String> headers) {
    this.url = url;
    this.headers = Map.copyOf(headers);
  }

  /** Whether it is worth a call. */
  boolean isThere() {
    return !away;
  }

  /**
   * Posts a text.
   *
   * @throws IOException in words that may be logged, when it was not taken
   */
  void post(String body) throws IOException {
    long started = System.nanoTime();
    boolean taken = false;
    try {
      if (spentNanos > ALL_TOGETHER.toNanos()) {
        throw new IOException("it answers too slowly; what was left was not sent");
      }
      int status = answer(body);
      if (status >= FIRST_REFUSAL) {
        throw new IOException("it answers " + status);
      }
      taken = true;
    } finally {
      away = !taken;
      spentNanos += System.nanoTime() - started;
    }
  }

  /** In a thread of its own: neither a name server nor a dripping body is stopped by a timeout. */
  private int answer(String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    FutureTask<Integer> call =
        new FutureTask<>(
            () -> client.send(request.build(), BodyHandlers.discarding()).statusCode());
    Thread thread = new Thread(call, "receiver");
    thread.setDaemon(true);
    thread.start();
    try {
      return call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getClass().getSimpleName(), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      thread.interrupt();
    }
  }
}
