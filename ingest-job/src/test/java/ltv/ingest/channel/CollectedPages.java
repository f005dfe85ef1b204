package ltv.ingest.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;

/** A sink that keeps its pages in memory. */
public final class CollectedPages implements RawSink {
  /** One page, its bytes as text. */
  public record Page(String format, Map<String, String> facts, String body) {}

  private final List<Page> pages = new ArrayList<>();
  private final List<Page> received;
  private final Optional<Map<String, String>> last;

  /** A sink without a page. */
  public CollectedPages() {
    this(List.of());
  }

  /** A sink that has these pages of a fetch that was cut off. */
  public CollectedPages(List<Page> received) {
    this(received, Optional.empty());
  }

  /** The same, with facts of what was landed before. */
  public CollectedPages(List<Page> received, Optional<Map<String, String>> last) {
    this.last = last;
    this.received = List.copyOf(received);
    this.pages.addAll(received);
  }

  @Override
  public Optional<Map<String, String>> last() {
    return last;
  }

  @Override
  public List<ReceivedPage> received() {
    return received.stream().map(CollectedPages::again).toList();
  }

  private static ReceivedPage again(Page page) {
    return new ReceivedPage() {
      @Override
      public Map<String, String> facts() {
        return page.facts();
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(page.body().getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  @Override
  public void page(String format, Map<String, String> facts, InputStream body) throws IOException {
    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    pages.add(new Page(format, Map.copyOf(facts), text));
  }

  /** A transport of tests: it waits for nobody, and takes answers of up to a megabyte. */
  public static HttpTransport transport(RecordedPauses pauses, Clock clock) {
    return new HttpTransport(pauses, clock, Path.of("target/http"), CallMeter.FREE, 1 << 20);
  }

  /** What arrived, in order. */
  public List<Page> pages() {
    return List.copyOf(pages);
  }
}
