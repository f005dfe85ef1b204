package ltv.ingest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.http.FakeApiServer.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Every passing fault at every call of a channel's day: the day is whole in the end, as if nothing
 * had happened, a stated wait is made, and no secret is told.
 */
@ResourceLock(Resources.SYSTEM_ERR)
public abstract class FaultSweep {
  /** A day of the channel, whose script is used up by one fetch. */
  protected abstract Rehearsal rehearsal();

  /**
   * Whether the channel takes this for an answer, so that it is no fault at that call: what the
   * rows are is judged when they are typed.
   */
  protected boolean isAnAnswer(String kind, int call) {
    return false;
  }

  private record Kind(String name, Duration asked, Fault fault) {}

  private static List<Kind> kinds(Instant now) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(91).atOffset(ZoneOffset.UTC));
    return List.of(
        new Kind(
            "429 with seconds", Duration.ofSeconds(77), x -> answer(x, 429, "77", "slow down")),
        new Kind("429 with a date", Duration.ofSeconds(90), x -> answer(x, 429, date, "slow down")),
        new Kind("429 without a wait", Duration.ZERO, x -> answer(x, 429, null, "slow down")),
        new Kind("500", Duration.ZERO, x -> answer(x, 500, null, "a fault")),
        new Kind("503 of a proxy", Duration.ZERO, x -> answer(x, 503, null, "<html>away</html>")),
        new Kind(
            "a page with 200", Duration.ZERO, x -> answer(x, 200, null, "<html>log in</html>")),
        new Kind("nothing with 200", Duration.ZERO, x -> answer(x, 200, null, "")),
        new Kind("a reset before the head", Duration.ZERO, HttpExchange::close),
        new Kind("a reset in the body", Duration.ZERO, FaultSweep::cutOff),
        new Kind("gzip that breaks off", Duration.ZERO, FaultSweep::halfGzip),
        new Kind("gzip that is none", Duration.ZERO, FaultSweep::noGzip));
  }

  private static void answer(HttpExchange exchange, int status, String wait, String body)
      throws IOException {
    if (wait != null) {
      exchange.getResponseHeaders().add("Retry-After", wait);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void cutOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write("{\"data\":[".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void halfGzip(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"data\":[]} and some more text".getBytes(StandardCharsets.UTF_8));
    }
    gzip(exchange, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
  }

  private static void noGzip(HttpExchange exchange) throws IOException {
    gzip(exchange, new byte[] {1, 2, 3, 4});
  }

  private static void gzip(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @TestFactory
  Stream<DynamicTest> every_passing_fault_at_every_call_leaves_the_day_whole() {
    int calls;
    List<CollectedPages.Page> whole;
    Instant now;
    try (Rehearsal undisturbed = rehearsal()) {
      undisturbed.fetch();
      calls = undisturbed.server().asked().size();
      whole = placeless(undisturbed);
      now = undisturbed.now();
    }
    assertTrue(calls > 0 && !whole.isEmpty(), "there is something to disturb");
    return kinds(now).stream()
        .flatMap(
            kind ->
                IntStream.rangeClosed(1, calls)
                    .filter(call -> !isAnAnswer(kind.name, call))
                    .mapToObj(
                        call ->
                            DynamicTest.dynamicTest(
                                kind.name + " at call " + call,
                                () -> disturbed(kind, call, whole))));
  }

  /** Faults that do not pass, whoever asks again. */
  private static List<Kind> lasting() {
    return List.of(
        new Kind("a bomb", Duration.ZERO, FaultSweep::bomb),
        new Kind("a body without end", Duration.ZERO, FaultSweep::endless),
        new Kind("bytes that are no text", Duration.ZERO, FaultSweep::noText),
        new Kind("a page with 200", Duration.ZERO, x -> answer(x, 200, null, "<html>log in")),
        new Kind("500", Duration.ZERO, x -> answer(x, 500, null, "a fault")));
  }

  /** Some kilobytes that become eight megabytes. */
  private static void bomb(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"data\":[".getBytes(StandardCharsets.UTF_8));
      gzip.write(new byte[8 << 20]);
    }
    gzip(exchange, packed.toByteArray());
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    try {
      for (int i = 0; i < 1 << 10; i++) {
        exchange.getResponseBody().write(blanks);
      }
    } catch (IOException e) {
      return; // nobody listens any more, as it should be
    }
    throw new AssertionError("64 MiB were taken");
  }

  private static void noText(HttpExchange exchange) throws IOException {
    byte[] bytes = "{\"data\":[{\"a\":\"xx\"}]}".getBytes(StandardCharsets.UTF_8);
    bytes[15] = (byte) 0xff;
    bytes[16] = (byte) 0xfe;
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @TestFactory
  Stream<DynamicTest> a_fault_that_stays_ends_the_day_by_name() {
    int calls;
    try (Rehearsal undisturbed = rehearsal()) {
      undisturbed.fetch();
      calls = undisturbed.server().asked().size();
    }
    return lasting().stream()
        .flatMap(
            kind ->
                IntStream.rangeClosed(1, calls)
                    .filter(call -> !isAnAnswer(kind.name, call))
                    .mapToObj(
                        call ->
                            DynamicTest.dynamicTest(
                                kind.name + " from call " + call, () -> ended(kind, call))));
  }

  private void ended(Kind kind, int call) {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Rehearsal rehearsal = rehearsal()) {
      rehearsal.server().faultFrom(call, kind.fault);

      ChannelException e = assertThrows(ChannelException.class, rehearsal::fetch);

      assertTrue(!e.getMessage().isBlank(), "it says why");
      StringBuilder told = new StringBuilder(log.toString(StandardCharsets.UTF_8));
      for (Throwable t = e; t != null; t = t.getCause()) {
        told.append(t.getMessage());
      }
      rehearsal
          .canaries()
          .forEach(canary -> assertTrue(told.indexOf(canary) < 0, canary + " in " + told));
    } finally {
      System.setErr(err);
    }
  }

  /** The pages without the server's own address. */
  private static List<CollectedPages.Page> placeless(Rehearsal rehearsal) {
    String address = rehearsal.server().address();
    return rehearsal.pages().stream()
        .map(p -> new CollectedPages.Page(p.format(), p.facts(), p.body().replace(address, "")))
        .toList();
  }

  private void disturbed(Kind kind, int call, List<CollectedPages.Page> whole) {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Rehearsal rehearsal = rehearsal()) {
      rehearsal.server().fault(call, kind.fault);
      rehearsal.fetch();

      assertEquals(whole, placeless(rehearsal));
      Duration longest =
          rehearsal.pauses().wanted().stream().max(Duration::compareTo).orElse(Duration.ZERO);
      assertTrue(longest.compareTo(kind.asked) >= 0, "waited " + longest + " of " + kind.asked);
      List<String> told = new ArrayList<>();
      told.add(log.toString(StandardCharsets.UTF_8));
      rehearsal.pages().forEach(page -> told.add(page.facts().toString()));
      rehearsal
          .canaries()
          .forEach(
              canary ->
                  told.forEach(text -> assertTrue(!text.contains(canary), canary + " in " + text)));
    } finally {
      System.setErr(err);
    }
  }
}
