package ltv.calculate.journey;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import ltv.calculate.path.Paths;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * The journeys over channels to one target, from {@code channel_path}.
 *
 * @param ages of each path's touches in days; nothing where nobody converts
 * @param value of each path's conversions
 */
record ChannelPaths(Paths paths, List<double[]> ages, double[] value, BigDecimal allValue) {
  /**
   * One path as it was read.
   *
   * @param ages null where nobody converts
   */
  private record Taken(
      String path, String ages, long journeys, long conversions, BigDecimal value) {
    private static Taken of(List<Object> row) {
      return new Taken(
          (String) row.get(1),
          (String) row.get(2),
          (Long) row.get(3),
          (Long) row.get(4),
          (BigDecimal) row.get(5));
    }
  }

  /**
   * By target, in one order.
   *
   * @param session has {@code channel_path} by its name
   * @param places of touches; those that are not there yet are added
   */
  static Map<String, ChannelPaths> read(Session session, SortedMap<String, Integer> places) {
    Map<String, List<Taken>> taken = new LinkedHashMap<>();
    for (List<Object> row : session.rows(Computation.query(ChannelPaths.class, "channel_paths"))) {
      Taken path = Taken.of(row);
      taken.computeIfAbsent((String) row.get(0), target -> new ArrayList<>()).add(path);
      Arrays.stream(path.path.split(Told.ARROW)).forEach(touch -> places.put(touch, 0));
    }
    int place = 0;
    for (Map.Entry<String, Integer> touch : places.entrySet()) {
      touch.setValue(place++);
    }
    Map<String, ChannelPaths> targets = new LinkedHashMap<>();
    taken.forEach((target, paths) -> targets.put(target, of(paths, places)));
    return targets;
  }

  private static ChannelPaths of(List<Taken> taken, Map<String, Integer> places) {
    return new ChannelPaths(
        new Paths(
            places.size(),
            taken.stream()
                .map(t -> Arrays.stream(t.path.split(Told.ARROW)).mapToInt(places::get).toArray())
                .toList(),
            taken.stream().mapToDouble(Taken::conversions).toArray(),
            taken.stream().mapToDouble(t -> t.journeys - t.conversions).toArray()),
        taken.stream().map(t -> t.ages == null ? new double[0] : numbers(t.ages)).toList(),
        taken.stream().mapToDouble(t -> t.value.doubleValue()).toArray(),
        taken.stream().map(Taken::value).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  BigDecimal conversions() {
    return BigDecimal.valueOf(Math.round(Arrays.stream(paths.converting()).sum()));
  }

  /** Whether any journey has the touch. */
  boolean[] touched() {
    boolean[] touched = new boolean[paths.steps()];
    paths.courses().forEach(course -> IntStream.of(course).forEach(touch -> touched[touch] = true));
    return touched;
  }
}
