package ltv.gate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What a number is on a usual day, from the days before: level of the last two weeks times the
 * weekday's part of it, on a logarithmic scale, since what goes wrong multiplies. Medians
 * throughout, so that an odd day or two among them change nothing.
 *
 * @param expected natural logarithm of the usual number
 * @param spread its standard deviation, from the median distance of the days from what was usual on
 *     them (times 1.4826, as for normal numbers)
 * @param days how many days it is from
 */
record Baseline(double expected, double spread, int days) {
  private static final int LEVEL_DAYS = 14;
  private static final double OF_NORMAL = 1.4826;

  /** Of normal misses so many are smaller than {@link #FAR_OF_NORMAL} standard deviations. */
  private static final double FAR_END = 0.95;

  private static final double FAR_OF_NORMAL = 1.96;

  /** From positive numbers by day, all before {@code day}; at least one is there. */
  static Baseline of(SortedMap<LocalDate, Double> numbers, LocalDate day) {
    SortedMap<LocalDate, Double> logs = new TreeMap<>();
    numbers.forEach((d, value) -> logs.put(d, Math.log(value)));
    double[] part = weekdays(logs);
    SortedMap<LocalDate, Double> levels = new TreeMap<>();
    logs.forEach((d, log) -> levels.put(d, log - part[index(d)]));
    List<Double> misses = new ArrayList<>();
    levels.forEach(
        (d, level) -> {
          SortedMap<LocalDate, Double> before = before(levels, d);
          if (before.size() >= LEVEL_DAYS / 2) {
            misses.add(Math.abs(level - median(before.values())));
          }
        });
    double weeks = Math.max(2, logs.size() / 7.0);
    // a weekday's part is itself from so few days, and fits them better than the next
    double fitted = Math.sqrt(weeks / (weeks - 1));
    double spread = misses.isEmpty() ? Double.MAX_VALUE : spread(misses) * fitted;
    return new Baseline(
        median(before(levels, day).values()) + part[index(day)], spread, logs.size());
  }

  /** By the middle of the misses, or by their far end where tails are heavy: baskets are. */
  private static double spread(List<Double> misses) {
    List<Double> sorted = misses.stream().sorted().toList();
    double far = sorted.get((int) (FAR_END * (sorted.size() - 1)));
    return Math.max(OF_NORMAL * median(misses), far / FAR_OF_NORMAL);
  }

  private static SortedMap<LocalDate, Double> before(
      SortedMap<LocalDate, Double> levels, LocalDate day) {
    SortedMap<LocalDate, Double> near = levels.subMap(day.minusDays(LEVEL_DAYS), day);
    return near.isEmpty() ? levels.headMap(day) : near;
  }

  /** By weekday how far its days lie above the week around them. */
  private static double[] weekdays(SortedMap<LocalDate, Double> logs) {
    List<List<Double>> byDay = new ArrayList<>();
    for (int i = 0; i < DayOfWeek.values().length; i++) {
      byDay.add(new ArrayList<>());
    }
    logs.forEach(
        (d, log) -> {
          SortedMap<LocalDate, Double> week = logs.subMap(d.minusDays(3), d.plusDays(4));
          byDay.get(index(d)).add(log - median(week.values()));
        });
    double[] parts =
        byDay.stream().mapToDouble(some -> some.size() < 2 ? 0 : median(some)).toArray();
    double mean = DoubleStream.of(parts).average().orElse(0);
    return DoubleStream.of(parts).map(p -> p - mean).toArray();
  }

  private static int index(LocalDate day) {
    return day.getDayOfWeek().ordinal();
  }

  private static double median(Iterable<Double> values) {
    DoubleStream.Builder all = DoubleStream.builder();
    values.forEach(all::add);
    double[] sorted = all.build().sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
