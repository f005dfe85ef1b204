package ltv.calculate.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * Computes {@code step_word}: what events are called as steps. In Java, so that a regular
 * expression means the same on every engine.
 */
public final class StepWord implements Computation {
  /** What opens, shows or measures the app: nobody decides to do it. */
  private static final String NO_STEPS =
      "^(ignore|session_start|page_view|screen_view|user_engagement|scroll|first_open|first_visit"
          + "|app_open|app_update|app_remove|app_clear_data|os_update|ad_impression"
          + "|notification_receive|notification_dismiss)$\t";

  /** Found as a service. */
  public StepWord() {}

  private record StepRule(Pattern pattern, String step) {
    /** What the event is called, empty for no step, where the rule fits. */
    private Optional<String> of(String event) {
      Matcher found = pattern.matcher(event);
      if (!found.find()) {
        return Optional.empty();
      }
      StringBuilder called = new StringBuilder();
      found.appendReplacement(called, step);
      return Optional.of(called.substring(found.start()));
    }
  }

  @Override
  public String name() {
    return "step_word";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<List<String>> rows(Session session) {
    String given = (String) session.rows("select param_path_steps()").get(0).get(0);
    List<StepRule> rules =
        Stream.concat(Arrays.stream(given.split("\n")), Stream.of(NO_STEPS))
            .filter(line -> !line.isEmpty())
            .map(line -> line.split("\t", -1))
            .map(parts -> new StepRule(Pattern.compile(parts[0]), parts[1]))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (List<Object> row : session.rows(Computation.query(StepWord.class, "events"))) {
      String event = (String) row.get(1);
      String step =
          rules.stream()
              .map(rule -> rule.of(event))
              .flatMap(Optional::stream)
              .findFirst()
              .orElse(event)
              .replace(Told.ARROW, " ");
      if (!step.isBlank()) {
        rows.add(List.of(row.get(0).toString(), event, step));
      }
    }
    return rows;
  }
}
