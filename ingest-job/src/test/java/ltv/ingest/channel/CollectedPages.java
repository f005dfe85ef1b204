package ltv.ingest.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sink that keeps its pages in memory. */
public final class CollectedPages implements RawSink {
  /** One page, its bytes as text. */
  public record Page(String format, Map<String, String> facts, String body) {}

  private final List<Page> pages = new ArrayList<>();

  @Override
  public void page(String format, Map<String, String> facts, InputStream body) throws IOException {
    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    pages.add(new Page(format, Map.copyOf(facts), text));
  }

  /** What arrived, in order. */
  public List<Page> pages() {
    return List.copyOf(pages);
  }
}
