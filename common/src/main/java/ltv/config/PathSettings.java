package ltv.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * To which targets journeys lead, and what is a step of one.
 *
 * @param targets first_order, sign_up, third_visit (the third day with a visit in a calendar
 *     month); default all
 * @param lookBackDays how long before a target a step may be; default 7
 * @param touchLookBackDays how long before a target an ad may have been touched; default 30
 * @param markovOrder how many of the last touches decide what comes next in the Markov model;
 *     default 1
 * @param steps what events are called as steps, the first rule that fits holds; what fits none
 *     keeps its name
 */
public record PathSettings(
    List<String> targets,
    Integer lookBackDays,
    Integer touchLookBackDays,
    Integer markovOrder,
    List<StepRule> steps) {
  private static final List<String> TARGETS = List.of("first_order", "sign_up", "third_visit");
  private static final int WEEK = 7;
  private static final int MONTH = 30;
  private static final int QUARTER = 90;
  private static final int HIGHEST_ORDER = 4;

  /** All defaults. */
  public static final PathSettings DEFAULT = new PathSettings(null, null, null, null, null);

  public PathSettings {
    targets = targets == null ? TARGETS : List.copyOf(targets);
    lookBackDays = lookBackDays == null ? WEEK : lookBackDays;
    touchLookBackDays = touchLookBackDays == null ? MONTH : touchLookBackDays;
    markovOrder = markovOrder == null ? 1 : markovOrder;
    steps = steps == null ? List.of() : List.copyOf(steps);
    new Problems()
        .check(
            TARGETS.containsAll(targets),
            "targets",
            "must be some of " + String.join(", ", TARGETS))
        .check(isWithin(lookBackDays, MONTH), "look_back_days", "must be 1 to 30 days")
        .check(isWithin(touchLookBackDays, QUARTER), "touch_look_back_days", "must be 1 to 90 days")
        .check(isWithin(markovOrder, HIGHEST_ORDER), "markov_order", "must be 1 to 4")
        .throwIfAny();
  }

  private static boolean isWithin(int number, int most) {
    return number >= 1 && number <= most;
  }

  /** What queries and computations read of it, by the parameter's name. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("path_targets", String.join(",", targets));
    parameters.put("path_look_back_days", String.valueOf(lookBackDays));
    parameters.put("path_touch_look_back_days", String.valueOf(touchLookBackDays));
    parameters.put("path_markov_order", String.valueOf(markovOrder));
    parameters.put("path_steps", String.join("\n", steps.stream().map(StepRule::line).toList()));
    return parameters;
  }

  /**
   * What events with such names are called as a step.
   *
   * @param pattern regular expression, found anywhere in the event's name unless it is tied to its
   *     ends
   * @param step the step's name, in which $1 is what the first group holds; without one the event
   *     is no step
   */
  public record StepRule(String pattern, String step) {
    private static final Pattern BREAKS = Pattern.compile("[\\t\\r\\n]| > ");

    public StepRule {
      step = step == null ? "" : step;
      new Problems()
          .require("pattern", pattern)
          .check(pattern == null || compiles(pattern), "pattern", "must be a regular expression")
          .check(
              pattern == null || !compiles(pattern) || fits(pattern, step),
              "step",
              "may refer to groups that the pattern has, such as $1")
          .check(
              !BREAKS.matcher(pattern + step).find(),
              "step",
              "may not break the line or have an arrow between spaces")
          .throwIfAny();
    }

    private static boolean compiles(String pattern) {
      try {
        Pattern.compile(pattern);
        return true;
      } catch (PatternSyntaxException e) {
        return false; // told with its setting
      }
    }

    private static boolean fits(String pattern, String step) {
      Matcher nothing = Pattern.compile("(?:" + pattern + ")|").matcher("");
      try {
        return nothing.find() && nothing.appendReplacement(new StringBuilder(), step) != null;
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return false; // told with its setting
      }
    }

    private String line() {
      return pattern + "\t" + step;
    }
  }
}
