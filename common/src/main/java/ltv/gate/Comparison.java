package ltv.gate;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * One number of a day beside the same number of the days before it.
 *
 * @param name for the sentence: group and number
 * @param day which one
 * @param before the number on earlier days, 0 where they had nothing of it
 * @param today the number
 * @param accepted the number on days near which it is not held, because somebody released them or
 *     because readers see it already
 * @param events of how many events of chance a usual number is made
 */
record Comparison(
    String name,
    LocalDate day,
    SortedMap<LocalDate, Double> before,
    double today,
    List<Double> accepted,
    DoubleUnaryOperator events) {
  private static final int ENOUGH = 14;

  /** So many standard deviations: a site makes some fifty comparisons a day. */
  private static final double FAR = 5;

  /** What matters to a budget, however steady the number was. */
  private static final double MATERIAL = Math.log(1.7);

  /** Days with some, of all since the first: else there is no usual. */
  private static final double REGULAR = 0.8;

  /** Of what is usually so many, none at all is no chance. */
  private static final double SURELY_SOME = 10;

  /** What is unusual, as a sentence. */
  Optional<String> unusual() {
    return today <= 0 ? missing() : far();
  }

  /** That there is nothing of what is there day by day. */
  Optional<String> missing() {
    SortedMap<LocalDate, Double> some = some();
    if (today > 0 || some.isEmpty() || accepted.stream().anyMatch(value -> value <= 0)) {
      return Optional.empty();
    }
    double usual = Math.exp(Baseline.of(some, day).expected());
    return events.applyAsDouble(usual) < SURELY_SOME
        ? Optional.empty()
        : Optional.of(
            "%s: none; usual for a %s is %s (%d days)"
                .formatted(name, weekday(), told(usual), some.size()));
  }

  /** The days with some; none where they are too few to tell what is usual. */
  private SortedMap<LocalDate, Double> some() {
    SortedMap<LocalDate, Double> some = new TreeMap<>(before);
    some.values().removeIf(value -> value <= 0);
    return some.size() < ENOUGH || some.size() < REGULAR * before.tailMap(some.firstKey()).size()
        ? new TreeMap<>()
        : some;
  }

  private Optional<String> far() {
    SortedMap<LocalDate, Double> some = some();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Baseline baseline = Baseline.of(some, day);
    double usual = Math.exp(baseline.expected());
    double counted = events.applyAsDouble(usual);
    double spread = Math.hypot(baseline.spread(), 1 / Math.sqrt(counted));
    double log = Math.log(today);
    double band = Math.max(MATERIAL, FAR * spread);
    boolean near =
        Math.abs(log - baseline.expected()) <= band
            || accepted.stream().anyMatch(v -> v > 0 && Math.abs(log - Math.log(v)) <= band)
            || Math.abs(events.applyAsDouble(today) - counted)
                <= FAR * Math.sqrt(Math.max(counted, events.applyAsDouble(today)));
    return near
        ? Optional.empty()
        : Optional.of(
            "%s: %s; usual for a %s is %s, from %s to %s (%d days)"
                .formatted(
                    name,
                    told(today),
                    weekday(),
                    told(usual),
                    told(usual * Math.exp(-band)),
                    told(usual * Math.exp(band)),
                    some.size()));
  }

  private String weekday() {
    return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String told(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.4g", value);
  }
}
