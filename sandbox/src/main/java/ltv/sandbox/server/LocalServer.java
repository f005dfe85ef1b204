package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on the loopback address that answers with texts. */
public abstract class LocalServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalServer.class);

  static {
    // the JDK's server sends head and body apart; without this each answer waits 40 ms for an ack
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Parameters that only say who asks. */
  private static final Set<String> OF_THE_CALLER = Set.of("access_token", "appsecret_proof");

  private final HttpServer server;
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  LocalServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + port, e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** One answer: status, headers, body. */
  record Answer(int status, Map<String, String> headers, String body) {
    byte[] bytes() throws IOException {
      byte[] plain = body.getBytes(StandardCharsets.UTF_8);
      if (!headers.containsKey("Content-Encoding")) {
        return plain;
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(plain);
      }
      return packed.toByteArray();
    }

    static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    static Answer text(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "text/plain"), body);
    }
  }

  /**
   * What was asked: method, path, decoded parameters of query and form, headers, body as text.
   *
   * @param query as it was sent
   */
  record Asked(
      String method,
      String path,
      String query,
      Map<String, String> parameters,
      Headers headers,
      String body) {
    String authorization() {
      return header("Authorization");
    }

    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }

    /** Every value of a parameter that may be given more than once. */
    List<String> all(String name) {
      return Stream.of(query == null ? new String[0] : query.split("&"))
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
          .toList();
    }

    String get(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /** A text as JSON; missing for one that is none. */
  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Begins to listen. */
  public void start() {
    server.start();
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  abstract Answer answer(Asked asked);

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> parameters = new LinkedHashMap<>();
      String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      decode(exchange.getRequestURI().getRawQuery(), parameters);
      if (!sent.startsWith("{")) {
        decode(sent, parameters);
      }
      Asked asked =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestURI().getRawQuery(),
              parameters,
              exchange.getRequestHeaders(),
              sent);
      Answer answer = answer(asked);
      if (answer.status == 200) {
        note(asked);
      }
      byte[] body = answer.bytes();
      answer.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (RuntimeException e) {
      log.error("The simulated channel failed", e);
      throw e;
    }
  }

  private void note(Asked asked) {
    Map<String, String> parameters = new TreeMap<>(asked.parameters);
    parameters.keySet().removeAll(OF_THE_CALLER);
    String body = asked.body.startsWith("{") ? asked.body : "";
    served.add(asked.method + " " + asked.path + " " + parameters + " " + body);
  }

  /** Every question that was answered with 200, in order: who asked is left out. */
  public List<String> served() {
    return List.copyOf(served);
  }

  private static void decode(String encoded, Map<String, String> into) {
    if (encoded == null || encoded.isEmpty()) {
      return;
    }
    for (String pair : encoded.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      into.put(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
