package ltv.ingest.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Plays a channel over a real socket: script the answers of each path, run, then read back what was
 * asked. A request nobody scripted is answered with 400, which no connector takes for a passing
 * fault.
 */
public final class FakeApiServer implements AutoCloseable {
  /** In a body or header, the place of this server's own address. */
  public static final String SERVER = "{server}";

  private final HttpServer server;
  private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
  private final Map<String, Function<Asked, Answer>> rules = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<Integer, Fault> faults = new ConcurrentHashMap<>();
  private int lastingFrom = Integer.MAX_VALUE;
  private Fault lasting;

  /** Listens on a free port of the loopback. */
  public FakeApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** What goes wrong with a request instead of its answer. */
  @FunctionalInterface
  public interface Fault {
    /** Answers, or does not. */
    void on(HttpExchange exchange) throws IOException;
  }

  /** The n-th request, from 1, is not answered by the script: this happens to it. */
  public FakeApiServer fault(int request, Fault fault) {
    faults.put(request, fault);
    return this;
  }

  /** Neither is any after it. */
  public FakeApiServer faultFrom(int request, Fault fault) {
    lastingFrom = request;
    lasting = fault;
    return this;
  }

  /** One request, its parameters decoded: those of the query and of a form body. */
  public record Asked(
      String method, String path, Map<String, String> parameters, Headers headers, String body) {
    /** The parameter; the empty text when it was not sent. */
    public String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /** One answer; with {@code missing} bytes it ends before the length it announced. */
  public record Answer(int status, Map<String, String> headers, String body, int missing) {
    /** An answer with a body. */
    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body, 0);
    }

    /** An answer with a body recorded below {@code /recorded}. */
    public static Answer recorded(int status, String file) {
      try (InputStream in = FakeApiServer.class.getResourceAsStream("/recorded/" + file)) {
        return of(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The same with one header more. */
    public Answer with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body, missing);
    }

    /** The same, cut off: the connection ends before the announced length is there. */
    public Answer cutOff() {
      return new Answer(status, headers, body, 100);
    }
  }

  /** Appends answers to the script of a path; each is given once. */
  public FakeApiServer on(String path, Answer... answers) {
    script.computeIfAbsent(path, p -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
    return this;
  }

  /** Answers every request of a path by a rule. */
  public FakeApiServer always(String path, Function<Asked, Answer> rule) {
    rules.put(path, rule);
    return this;
  }

  /** What was asked, in order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Where it listens, for a base address. */
  public String address() {
    return "http://127.0.0.1:" + port();
  }

  /** The free port it got. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked request = read(exchange);
      asked.add(request);
      Fault fault = asked.size() >= lastingFrom ? lasting : faults.get(asked.size());
      if (fault != null) {
        fault.on(exchange);
        return;
      }
      Answer answer = next(request);
      byte[] body = answer.body().replace(SERVER, address()).getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach((k, v) -> exchange.getResponseHeaders().add(k, v));
      long announced = body.length + answer.missing();
      exchange.sendResponseHeaders(answer.status(), announced == 0 ? -1 : announced);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }

  private Answer next(Asked request) {
    Deque<Answer> scripted = script.getOrDefault(request.path(), new ConcurrentLinkedDeque<>());
    Answer first = scripted.poll();
    if (first != null) {
      return first;
    }
    return Optional.ofNullable(rules.get(request.path()))
        .map(rule -> rule.apply(request))
        .orElse(Answer.of(400, "nothing is scripted for " + request.path()));
  }

  private static Asked read(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> parameters = new TreeMap<>();
    decode(exchange.getRequestURI().getRawQuery(), parameters);
    if (!form.startsWith("{")) {
      decode(form, parameters);
    }
    return new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        parameters,
        exchange.getRequestHeaders(),
        form);
  }

  private static void decode(String encoded, Map<String, String> into) {
    if (encoded == null || encoded.isEmpty()) {
      return;
    }
    for (String pair : encoded.split("&")) {
      String[] sides = pair.split("=", 2);
      into.put(decoded(sides[0]), sides.length == 2 ? decoded(sides[1]) : "");
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
