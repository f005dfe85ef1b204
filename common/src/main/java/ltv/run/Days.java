package ltv.run;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;

/**
 * The days of one run, both inclusive.
 *
 * @param from first day
 * @param to last day, not before {@code from}
 * @param reach whether earlier days are looked at too
 */
public record Days(LocalDate from, LocalDate to, Reach reach) {
  /** What else a run looks at besides the days it was asked for. */
  public enum Reach {
    /** {@code --date}: the day, and earlier days of the lookback whose inputs changed. */
    WITH_LOOKBACK,
    /** {@code --from/--to}: exactly these days. */
    EXACT
  }

  public Days {
    if (to.isBefore(from)) {
      throw new JobException(
          ExitCode.USAGE,
          "--to " + to + " lies before --from " + from + "; give the earlier day as --from");
    }
  }

  /** Every day, in order. */
  public List<LocalDate> all() {
    return from.datesUntil(to.plusDays(1)).toList();
  }

  /** The last day alone. */
  public Days last() {
    return new Days(to, to, reach);
  }

  /** Days that a daily run may redo, oldest first, without the requested ones. */
  public List<LocalDate> lookback(int days) {
    return reach == Reach.EXACT ? List.of() : from.minusDays(days).datesUntil(from).toList();
  }

  /**
   * The first to the last of some days, and how many they are; one by itself. What is no day alone
   * (a day of an account) is named one after the other.
   */
  public static String span(SortedSet<String> days) {
    return days.size() == 1 || !days.stream().allMatch(d -> d.length() == "2026-01-31".length())
        ? String.join(", ", days)
        : "%s to %s (%d)".formatted(days.first(), days.last(), days.size());
  }

  @Override
  public String toString() {
    return from.equals(to) ? from.toString() : from + " to " + to;
  }
}
