package ltv.ingest.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes pages and keeps them as texts. */
public final class LandedTexts implements RawSink {
  private final List<String> bodies = new ArrayList<>();
  private final List<Map<String, String>> facts = new ArrayList<>();

  @Override
  public void page(String format, Map<String, String> facts, InputStream body) throws IOException {
    bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    this.facts.add(facts);
  }

  public List<String> bodies() {
    return bodies;
  }

  public List<Map<String, String>> facts() {
    return facts;
  }
}
