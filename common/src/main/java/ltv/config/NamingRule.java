package ltv.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How people name campaigns: a regular expression whose named groups are what a name says. Only
 * what both engines understand: no looking ahead or behind, no references back.
 *
 * @param channel whose campaigns; empty is every channel's
 * @param pattern found anywhere in the name unless it is tied to its ends
 */
public record NamingRule(String channel, String pattern) {
  /** What a group may be called. */
  public static final List<String> PARTS =
      List.of("country", "os", "objective", "audience", "product", "creative");

  private static final Pattern NAMED = Pattern.compile("\\(\\?<([a-z]+)>");
  private static final Pattern NOT_COMMON =
      Pattern.compile("\\(\\?<?[=!]|\\(\\?>|\\\\[1-9]|\\\\k<|[*+?}]\\+|[\\t\\r\\n]");

  public NamingRule {
    String text = pattern == null ? "" : pattern;
    new Problems()
        .require("pattern", pattern)
        .check(compiles(text), "pattern", "must be a regular expression")
        .check(
            !NOT_COMMON.matcher(text).find(),
            "pattern",
            "may not look ahead or behind, refer back, be possessive or break the line")
        .check(
            pattern == null || (!names(text).isEmpty() && PARTS.containsAll(names(text))),
            "pattern",
            "needs groups such as (?<country>[A-Z]{2}), named one of " + String.join(", ", PARTS))
        .throwIfAny();
    channel = channel == null ? "" : channel;
  }

  /** The rules as queries read them: a line per rule and part, its fields between tabs. */
  public static String lines(List<NamingRule> rules) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      NamingRule rule = rules.get(i);
      String number = "%02d".formatted(i + 1);
      rule.parts()
          .forEach((part, only) -> lines.add(String.join("\t", number, rule.channel, part, only)));
    }
    return String.join("\n", lines);
  }

  /** The pattern for each of its parts, in which only that part is a group. */
  Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    names(pattern).forEach(name -> parts.put(name, only(name)));
    return parts;
  }

  private String only(String part) {
    StringBuilder only = new StringBuilder();
    Matcher named = NAMED.matcher(pattern);
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        only.append(c).append(pattern.charAt(++i));
      } else if (c != '(' || inClass) {
        inClass = c == '[' || (inClass && c != ']');
        only.append(c);
      } else if (named.region(i, pattern.length()).lookingAt()) {
        only.append(named.group(1).equals(part) ? "(" : "(?:");
        i = named.end() - 1;
      } else {
        only.append(pattern.startsWith("(?", i) ? "(" : "(?:");
      }
    }
    return only.toString();
  }

  private static List<String> names(String pattern) {
    return NAMED.matcher(pattern).results().map(r -> r.group(1)).toList();
  }

  private static boolean compiles(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false; // told with its setting
    }
  }
}
