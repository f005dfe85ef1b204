package ltv.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.engine.Session;

/**
 * Aggregates asked of tables one by one and answered together, those of one table by one query:
 * planning a tiny query costs more than running it.
 */
final class Numbers {
  private final Map<String, List<String>> asked = new LinkedHashMap<>();
  private final Map<String, List<Object>> answers = new HashMap<>();

  /**
   * Asks for an aggregate.
   *
   * @param from what stands after {@code from}
   * @return gives the answer once {@link #answer} has been called
   */
  Supplier<Object> ask(String from, String aggregate) {
    List<String> aggregates = asked.computeIfAbsent(from, f -> new ArrayList<>());
    aggregates.add(aggregate);
    int index = aggregates.size() - 1;
    return () -> answers.get(from).get(index);
  }

  /** Asks how many rows a condition holds for. */
  Supplier<Long> count(String from, String where) {
    Supplier<Object> count = ask(from, "count(*) filter (where " + where + ")");
    return () -> (Long) count.get();
  }

  /** Runs the queries. */
  void answer(Session session) {
    asked.forEach(
        (from, aggregates) -> {
          String select =
              IntStream.range(0, aggregates.size())
                  .mapToObj(i -> aggregates.get(i) + " as n" + i)
                  .collect(Collectors.joining(", "));
          answers.put(from, session.rows("select " + select + " from " + from).get(0));
        });
  }
}
