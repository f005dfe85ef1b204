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
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** What could not be put in, by the dotted path of its setting. */
  private final SortedMap<String, String> missing = new TreeMap<>();

  Substitution(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Replaces in place; returns what could not be, by the path of the setting that wants it. */
  SortedMap<String, String> in(JsonNode root) {
    in(root, "");
    return missing;
  }

  private void in(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        object.set(field.getKey(), replaced(at, field.getValue()));
      }
      for (String key : List.copyOf(names(object))) {
        if (key.endsWith(FILE_SUFFIX) && object.get(key).isTextual()) {
          readSecret(object, key, path);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced(path + "." + i, array.get(i)));
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode replaced(String path, JsonNode value) {
    if (!value.isTextual()) {
      in(value, path);
      return value;
    }
    Matcher matcher = VARIABLE.matcher(value.textValue());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String found = environment.getOrDefault(name, matcher.group(3));
      if (found == null) {
        missing.put(
            path, "wants the environment variable " + name + ", which is not set; export it");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(found == null ? name : found));
    }
    matcher.appendTail(text);
    return TextNode.valueOf(text.toString());
  }

  private void readSecret(ObjectNode object, String key, String path) {
    Path file = Path.of(object.get(key).textValue());
    object.remove(key);
    try {
      object.put(
          key.substring(0, key.length() - FILE_SUFFIX.length()), Files.readString(file).strip());
    } catch (IOException e) {
      String at = path.isEmpty() ? key : path + "." + key;
      missing.put(at, "names " + file + ", which cannot be read; mount the secret there");
    }
  }
}
