package ltv.ingest.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A source that says what it was told to say: script answers, run the code over a real socket, read
 * back what was asked. The last answer of a path is repeated.
 */
public final class FakeApiServer implements AutoCloseable {
  /** What was asked; parameters of query and form together, decoded. */
  public record Asked(
      String method, String path, Map<String, String> parameters, Map<String, String> headers) {
    public String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /** One answer; a body that is cut off announces more bytes than it sends. */
  public record Answer(int status, Map<String, String> headers, String body, boolean cutOff) {
    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body, false);
    }

    /** The body of a recorded file, with words in it replaced. */
    public static Answer recorded(int status, String file, String... replacements) {
      String body = text("/recorded/" + file);
      for (int i = 0; i < replacements.length; i += 2) {
        body = body.replace(replacements[i], replacements[i + 1]);
      }
      return of(status, body);
    }

    public Answer with(String header, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, body, cutOff);
    }

    public Answer thatIsCutOff() {
      return new Answer(status, headers, body, true);
    }
  }

  private final HttpServer server;
  private final Map<String, Deque<Function<Asked, Answer>>> scripts = new LinkedHashMap<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  public FakeApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Scripts the answers to requests whose path ends so, in order. */
  public void on(String path, Answer... answers) {
    for (Answer answer : answers) {
      onAsked(path, a -> answer);
    }
  }

  /** Scripts an answer that depends on the request. */
  public void onAsked(String path, Function<Asked, Answer> answer) {
    scripts.computeIfAbsent(path, p -> new ArrayDeque<>()).add(answer);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Everything that was asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked question = read(exchange);
      asked.add(question);
      Answer answer = script(question.path).apply(question);
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      answer.headers.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          answer.status, answer.cutOff ? body.length + 1000L : body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Function<Asked, Answer> script(String path) {
    Deque<Function<Asked, Answer>> answers =
        scripts.entrySet().stream()
            .filter(s -> path.endsWith(s.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElseThrow(() -> new IllegalStateException("Nobody scripted " + path));
    synchronized (answers) {
      return answers.size() > 1 ? answers.remove() : answers.peek();
    }
  }

  private static Asked read(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = new TreeMap<>();
    decode(exchange.getRequestURI().getRawQuery(), parameters);
    decode(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), parameters);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return new Asked(
        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), parameters, headers);
  }

  private static void decode(String encoded, Map<String, String> into) {
    for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
      String[] parts = pair.split("=", 2);
      into.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
  }

  /** A test resource. */
  public static String text(String resource) {
    try (InputStream in = FakeApiServer.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
