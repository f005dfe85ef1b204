package ltv.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Collects what Jackson would stop at, with the path of the setting, and lets it go on. */
final class ProblemHandler extends DeserializationProblemHandler {
  /** The attribute that holds the path of the part being bound. */
  static final String PREFIX = "ltv.prefix";

  /** A suggestion further away than this would puzzle more than it helps. */
  private static final int NEAR = 4;

  private final List<String> problems;

  ProblemHandler(List<String> problems) {
    this.problems = problems;
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> deserializer,
      Object beanOrClass,
      String name)
      throws IOException {
    Collection<Object> known = deserializer.getKnownPropertyNames();
    String nearest =
        known.stream()
            .map(Object::toString)
            .filter(k -> distance(k, name) <= NEAR)
            .min(Comparator.comparingInt(k -> distance(k, name)))
            .map(k -> "did you mean " + k + "?")
            .orElse(
                "known are "
                    + known.stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    problems.add(path(context, parser) + " is not a setting; " + nearest);
    parser.skipChildren();
    return true;
  }

  private static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }

  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String value, String message) {
    return bad(context, "is '" + value + "', expected " + expected(type));
  }

  @Override
  public Object handleWeirdNumberValue(
      DeserializationContext context, Class<?> type, Number value, String message) {
    return bad(context, "is " + value + ", expected " + expected(type));
  }

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType type,
      JsonToken token,
      JsonParser parser,
      String message)
      throws IOException {
    parser.skipChildren();
    return bad(context, "has the wrong shape, expected " + expected(type.getRawClass()));
  }

  @Override
  public Object handleInstantiationProblem(
      DeserializationContext context, Class<?> type, Object argument, Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof Problems.Found found) {
      String at = path(context, context.getParser());
      found.problems().stream()
          .map(p -> at.isEmpty() ? p : at + "." + p)
          .filter(p -> !alreadyTold(p))
          .forEach(problems::add);
      return null;
    }
    return bad(context, String.valueOf(root.getMessage()));
  }

  /** A setting that was refused is missing from its record, which need not be said twice. */
  private boolean alreadyTold(String problem) {
    String key = problem.substring(0, problem.indexOf(' '));
    return problems.stream().anyMatch(p -> p.startsWith(key + " ") || p.startsWith(key + "."));
  }

  private Object bad(DeserializationContext context, String complaint) {
    problems.add(path(context, context.getParser()) + " " + complaint);
    return null;
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(c -> c.toString().toLowerCase(java.util.Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    return switch (type.getSimpleName()) {
      case "Integer", "int", "Long", "long" -> "a whole number";
      case "ZoneId" -> "a time zone such as Asia/Seoul";
      case "Map" -> "a group of settings";
      case "List" -> "a list";
      default -> type.getSimpleName();
    };
  }

  private static String path(DeserializationContext context, JsonParser parser) {
    String prefix = Objects.toString(context.getAttribute(PREFIX), "");
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    String inner = pointer.replaceFirst("^/", "").replace('/', '.');
    return Stream.of(prefix, inner).filter(s -> !s.isEmpty()).collect(Collectors.joining("."));
  }
}
