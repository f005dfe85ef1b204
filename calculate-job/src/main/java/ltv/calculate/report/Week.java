package ltv.calculate.report;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A week from Monday to Sunday, as ISO 8601 counts them.
 *
 * @param monday its first day
 */
public record Week(LocalDate monday) {
  private static final Pattern TEXT = Pattern.compile("(\\d{4})-W(\\d{2})");

  /** The day that says to which month and year a week belongs. */
  private static final int THURSDAY = 3;

  /**
   * Reads {@code 2026-W47}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Week of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a week is written as 2026-W47");
    }
    int year = Integer.parseInt(parts.group(1));
    try {
      LocalDate inYear = LocalDate.of(year, 7, 1);
      Week week =
          new Week(
              inYear
                  .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Long.parseLong(parts.group(2)))
                  .with(WeekFields.ISO.dayOfWeek(), 1));
      if (week.toString().equals(text)) {
        return week;
      }
      throw new DateTimeException(week.toString());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(year + " has no week " + parts.group(2), e);
    }
  }

  /** The week that a day is in. */
  public static Week with(LocalDate day) {
    return new Week(day.with(WeekFields.ISO.dayOfWeek(), 1));
  }

  /** So many weeks, of which this is the last, the oldest first. */
  public List<Week> last(int weeks) {
    return Stream.iterate(monday.minusWeeks(weeks - 1L), day -> day.plusWeeks(1))
        .limit(weeks)
        .map(Week::new)
        .toList();
  }

  /** Its last day. */
  public LocalDate sunday() {
    return monday.plusDays(6);
  }

  /** The month that most of its days are in, by a day of it. */
  public LocalDate month() {
    return monday.plusDays(THURSDAY);
  }

  /** As {@code 2026-W47}. */
  @Override
  public String toString() {
    return "%04d-W%02d"
        .formatted(
            month().get(IsoFields.WEEK_BASED_YEAR), month().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
