package ltv.ingest.channel.firestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A document beside its plain form: Firestore names the type of each value, as in {@code
 * {"integerValue":"12"}}, which no query can see through at every depth.
 */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Documents() {}

  /**
   * What is landed of a document: itself, with {@code data}, its values without their types, and
   * {@code persons}.
   */
  static ObjectNode line(JsonNode document, boolean persons) {
    ObjectNode line = document.deepCopy();
    line.set("data", plain(document.path("fields")));
    line.put("persons", persons);
    return line;
  }

  private static ObjectNode plain(JsonNode fields) {
    ObjectNode plain = JSON.createObjectNode();
    fields.properties().forEach(f -> plain.set(f.getKey(), value(f.getValue())));
    return plain;
  }

  private static JsonNode value(JsonNode typed) {
    if (typed.has("mapValue")) {
      return plain(typed.path("mapValue").path("fields"));
    }
    if (typed.has("arrayValue")) {
      ArrayNode all = JSON.createArrayNode();
      typed.path("arrayValue").path("values").forEach(item -> all.add(value(item)));
      return all;
    }
    if (typed.has("integerValue")) {
      return JSON.getNodeFactory().numberNode(typed.path("integerValue").asLong());
    }
    return typed.properties().stream()
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(() -> JSON.getNodeFactory().nullNode());
  }
}
