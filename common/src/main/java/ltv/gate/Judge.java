package ltv.gate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;

/**
 * Compares a day with the days before it that are published: what is held, or was rejected, teaches
 * nothing. What a person released does: a number near it is not held again, and neither is one near
 * what readers see of the day already.
 */
public final class Judge {
  /** Eight weeks tell a weekday's part, and how far days stray. */
  private static final int HISTORY = 56;

  private static final int ENOUGH = 14;

  /** So long a person's release is remembered: by then the level of two weeks has followed. */
  private static final int REMEMBERED = 28;

  /** A group with less of the whole is not worth holding a day for. */
  private static final double SHARE = 0.01;

  /** Two numbers of so many are not the same on two days by chance. */
  private static final double TELLING = 100;

  /** Rows that end so much earlier than on any day before are not all there. */
  private static final double EARLY_MINUTES = 120;

  private final Usual usual;
  private final LocalDate day;
  private final Set<LocalDate> special;
  private final DayNumbers today;
  private final SortedMap<LocalDate, DayNumbers> history = new TreeMap<>();
  private final List<DayNumbers> accepted = new ArrayList<>();

  private Judge(
      Usual usual,
      LocalDate day,
      Set<LocalDate> special,
      DayNumbers today,
      SortedMap<Partition, LedgerEntry> published) {
    this.usual = usual;
    this.day = day;
    this.special = special;
    this.today = today;
    published.forEach((partition, entry) -> remember(partition.day().orElseThrow(), entry));
  }

  private void remember(LocalDate of, LedgerEntry entry) {
    boolean noted = entry.rowsOut() == 0 || !entry.totals().isEmpty(); // since this is noted at all
    if (!noted || of.isAfter(day) || of.isBefore(day.minusDays(HISTORY))) {
      return;
    }
    DayNumbers numbers = DayNumbers.of(entry.totals());
    if (of.isBefore(day) && !special.contains(of)) {
      history.put(of, numbers);
    }
    boolean released = entry.hold() != null && entry.hold().released();
    if (of.equals(day) || released && !of.isBefore(day.minusDays(REMEMBERED))) {
      accepted.add(numbers);
    }
  }

  /**
   * What is unusual of a day, a sentence each; nothing as long as fewer than fourteen days before
   * it are published.
   *
   * @param special days that are known to be unlike others: they teach nothing, and their numbers
   *     may be any but none
   * @param totals the day's numbers, by {@code group|name}
   * @param published the days that readers see, with theirs
   */
  public static List<String> unusual(
      Usual usual,
      LocalDate day,
      Set<LocalDate> special,
      Map<String, String> totals,
      SortedMap<Partition, LedgerEntry> published) {
    Judge judge = new Judge(usual, day, special, DayNumbers.of(totals), published);
    if (judge.history.size() < ENOUGH) {
      return List.of();
    }
    SortedSet<String> groups = new TreeSet<>(judge.today.groups());
    judge.history.values().forEach(numbers -> groups.addAll(numbers.groups()));
    return groups.stream().flatMap(group -> judge.unusual(group).stream()).toList();
  }

  private List<String> unusual(String group) {
    List<Optional<String>> found = new ArrayList<>();
    for (String name : usual.numbers()) {
      boolean counted = usual.counts().contains(name);
      found.add(
          unusual(
              group,
              name,
              name,
              n -> n.of(group, name),
              v -> counted ? v : Double.POSITIVE_INFINITY));
    }
    for (Usual.Rate rate : usual.rates()) {
      boolean counted = usual.counts().contains(rate.of());
      double per = today.of(group, rate.per());
      found.add(
          per == 0
              ? Optional.empty()
              : unusual(
                  group,
                  rate.toString(),
                  rate.per(),
                  n -> quotient(n.of(group, rate.of()), n.of(group, rate.per())),
                  v -> counted ? v * per : Double.POSITIVE_INFINITY));
    }
    found.add(sameAsBefore(group));
    found.add(endsEarly(group));
    return found.stream().flatMap(Optional::stream).toList();
  }

  /** Of a day without the one there is no rate. */
  private static Double quotient(double of, double per) {
    return per == 0 ? null : of / per;
  }

  private Optional<String> unusual(
      String group,
      String name,
      String weighed,
      Function<DayNumbers, Double> number,
      DoubleUnaryOperator events) {
    double some = history.values().stream().mapToDouble(n -> n.of(group, weighed)).sum();
    double all = history.values().stream().mapToDouble(n -> n.ofAll(weighed)).sum();
    if (some < SHARE * all) {
      return Optional.empty();
    }
    SortedMap<LocalDate, Double> before = new TreeMap<>();
    history.forEach(
        (of, n) -> Optional.ofNullable(number.apply(n)).ifPresent(v -> before.put(of, v)));
    List<Double> near =
        accepted.stream().map(number).flatMap(v -> Optional.ofNullable(v).stream()).toList();
    Comparison comparison =
        new Comparison(group + " " + name, day, before, number.apply(today), near, events);
    return special.contains(day) ? comparison.missing() : comparison.unusual();
  }

  /**
   * A day that was delivered again under the next date has the numbers of the one before to the
   * last digit. What costs and brings the same day by day, such as a fixed placement, has not.
   */
  private Optional<String> sameAsBefore(String group) {
    SortedMap<LocalDate, DayNumbers> recent = history.tailMap(day.minusDays(ENOUGH));
    List<String> telling = telling(group, recent.values());
    Set<List<BigDecimal>> different =
        recent.values().stream().map(n -> digits(n, group)).collect(Collectors.toSet());
    if (telling.size() < 2 || different.size() < recent.size()) {
      return Optional.empty();
    }
    return recent.entrySet().stream()
        .filter(before -> digits(before.getValue(), group).equals(digits(today, group)))
        .findFirst()
        .map(
            before ->
                "%s: the same numbers as on %s, to the last digit: %s"
                    .formatted(
                        group,
                        before.getKey(),
                        telling.stream()
                            .map(n -> n + " " + digits(today.exact(group, n)).toPlainString())
                            .collect(Collectors.joining(", "))));
  }

  /** Numbers that are large enough, but for those that another one tells: so much for each row. */
  private List<String> telling(String group, Collection<DayNumbers> recent) {
    List<String> telling = new ArrayList<>();
    for (String name : usual.numbers()) {
      boolean told =
          telling.stream()
              .anyMatch(
                  other -> recent.stream().allMatch(n -> sameQuotient(group, name, other, n)));
      if (!told && today.of(group, name) >= TELLING) {
        telling.add(name);
      }
    }
    return telling;
  }

  private boolean sameQuotient(String group, String name, String other, DayNumbers then) {
    return then.exact(group, name)
            .multiply(today.exact(group, other))
            .compareTo(then.exact(group, other).multiply(today.exact(group, name)))
        == 0;
  }

  private List<BigDecimal> digits(DayNumbers numbers, String group) {
    return usual.numbers().stream().map(n -> digits(numbers.exact(group, n))).toList();
  }

  private static BigDecimal digits(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  private Optional<String> endsEarly(String group) {
    double[] before =
        history.values().stream()
            .filter(n -> n.byGroup().getOrDefault(group, Map.of()).containsKey(Usual.REACHES))
            .mapToDouble(n -> n.exact(group, Usual.REACHES).doubleValue())
            .sorted()
            .toArray();
    boolean told = today.byGroup().getOrDefault(group, Map.of()).containsKey(Usual.REACHES);
    if (usual.last() == null || !told || before.length < ENOUGH) {
      return Optional.empty();
    }
    double reaches = today.exact(group, Usual.REACHES).doubleValue();
    double earliest = before[before.length / 10]; // a tenth of the days may have ended early too
    return reaches >= earliest - EARLY_MINUTES
        ? Optional.empty()
        : Optional.of(
            "%s: the last row is %.1f hours before the end that is usual"
                .formatted(group, (earliest - reaches) / 60));
  }
}
