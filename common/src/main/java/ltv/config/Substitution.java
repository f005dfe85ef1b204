package ltv.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into a settings tree: {@code ${NAME}} and {@code ${NAME:-default}} inside
 * any text, and {@code key_file: path} as the content of {@code key}, the way secrets are mounted.
 */
final class Substitution {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_]\\w*)(:-([^}]*))?}");
  private static final String FILE_SUFFIX = "_file";

  private final Map<String, String> environment;
  private final List<String> problems;

  Substitution(Map<String, String> environment, List<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Replaces in place. */
  void in(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        object.set(field.getKey(), replaced(field.getKey(), field.getValue()));
      }
      for (String key : List.copyOf(names(object))) {
        if (key.endsWith(FILE_SUFFIX) && object.get(key).isTextual()) {
          readSecret(object, key);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced("item " + i, array.get(i)));
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode replaced(String key, JsonNode value) {
    if (!value.isTextual()) {
      in(value);
      return value;
    }
    Matcher matcher = VARIABLE.matcher(value.textValue());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String found = environment.getOrDefault(name, matcher.group(3));
      if (found == null) {
        problems.add(
            key + " wants the environment variable " + name + ", which is not set; export it");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(found == null ? name : found));
    }
    matcher.appendTail(text);
    return TextNode.valueOf(text.toString());
  }

  private void readSecret(ObjectNode object, String key) {
    Path file = Path.of(object.get(key).textValue());
    object.remove(key);
    try {
      object.put(
          key.substring(0, key.length() - FILE_SUFFIX.length()), Files.readString(file).strip());
    } catch (IOException e) {
      problems.add(key + " names " + file + ", which cannot be read; mount the secret there");
    }
  }
}
