package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.APIResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;

/** The pages of a report: followed to the last one, and looked through for rows that came twice. */
final class InsightsPages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private InsightsPages() {}

  /**
   * Every page's body. Follows {@code paging.next}; {@code cursors.after} is there on the last page
   * too.
   *
   * @throws ChannelException when a link leads to a page that was read already
   */
  static List<String> follow(APIResponse first) throws APIException {
    List<String> bodies = new ArrayList<>();
    Set<String> links = new HashSet<>();
    for (APINodeList<?> page = (APINodeList<?>) first; ; page = page.nextPage()) {
      String body = page.getRawResponse();
      bodies.add(body);
      String next = parsed(body).path("paging").path("next").asText("");
      if (next.isEmpty()) {
        return bodies;
      }
      if (!links.add(next)) {
        throw new ChannelException(
            Kind.RETRY,
            "Meta's paging link on page "
                + bodies.size()
                + " leads to a page that was read already; nothing of the report is kept.");
      }
    }
  }

  /** The values of a field, each once, in the order of the rows. */
  static List<String> values(List<String> bodies, String field) {
    Set<String> values = new LinkedHashSet<>();
    for (String body : bodies) {
      parsed(body).path("data").forEach(row -> values.add(row.path(field).asText("")));
    }
    values.remove("");
    return List.copyOf(values);
  }

  /**
   * Refuses a report of which two pages hold the same row: it moved while it was read, and another
   * row may be on none of them. What one page repeats is kept, since cleansing tells it.
   */
  static void refuseRepeats(List<String> bodies, List<String> key) {
    Map<List<String>, Integer> pageOf = new HashMap<>();
    for (int page = 0; page < bodies.size(); page++) {
      for (JsonNode row : parsed(bodies.get(page)).path("data")) {
        List<String> values = key.stream().map(field -> row.path(field).asText("")).toList();
        Integer before = pageOf.put(values, page);
        if (before != null && before != page && !values.get(0).isEmpty()) {
          throw new ChannelException(
              Kind.RETRY,
              "Meta's pages %d and %d both hold the row of %s; nothing of the report is kept."
                  .formatted(before + 1, page + 1, String.join(", ", values)));
        }
      }
    }
  }

  private static JsonNode parsed(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.path("data").isArray()) {
        throw new ChannelException(Kind.RETRY, "Meta's answer has no array data.");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new ChannelException(Kind.RETRY, "Meta's answer is cut off.", e);
    }
  }
}
