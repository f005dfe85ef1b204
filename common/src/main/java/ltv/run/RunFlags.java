package ltv.run;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import picocli.CommandLine.Option;

/** The flags of a run over days, which all four jobs share. */
public final class RunFlags extends SiteFlags {
  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Build this day, and earlier days of the lookback whose inputs changed.")
  private LocalDate date;

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "First day of a range.")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "YYYY-MM-DD",
      description = "Last day of a range, inclusive; exactly these days are built.")
  private LocalDate to;

  @Option(
      names = "--data-interval-start",
      paramLabel = "INSTANT",
      description = "With --data-interval-end: the whole days between, as a scheduler gives them.")
  private OffsetDateTime intervalStart;

  @Option(names = "--data-interval-end", paramLabel = "INSTANT", description = "Exclusive.")
  private OffsetDateTime intervalEnd;

  @Option(names = "--force", description = "Build again what is up to date.")
  private boolean force;

  @Option(names = "--only-missing", description = "Build only what was never built.")
  private boolean onlyMissing;

  @Option(names = "--dry-run", description = "Say what would be built; write nothing.")
  private boolean dryRun;

  /** Whether up-to-date partitions are built again. */
  public boolean force() {
    return force;
  }

  /** Whether only partitions that were never built are built. */
  public boolean onlyMissing() {
    return onlyMissing;
  }

  /** Whether nothing may be written. */
  public boolean dryRun() {
    return dryRun;
  }

  /**
   * The days of this run.
   *
   * @param zone of the site's business day, for scheduler intervals
   * @throws JobException with exit 64 when the flags do not name days
   */
  public Days days(ZoneId zone) {
    if (date != null && from == null && to == null && intervalStart == null) {
      return new Days(date, date, Days.Reach.WITH_LOOKBACK);
    }
    if (date == null && from != null && to != null && intervalStart == null) {
      return new Days(from, to, Days.Reach.EXACT);
    }
    if (date == null
        && from == null
        && to == null
        && intervalStart != null
        && intervalEnd != null) {
      return interval(zone);
    }
    throw new JobException(
        ExitCode.USAGE,
        "No day given, or more than one way of giving it. Use one of\n"
            + "  --date 2026-11-19                       the daily run of that day\n"
            + "  --from 2026-11-01 --to 2026-11-19       exactly these days, both inclusive\n"
            + "  --data-interval-start … --data-interval-end …   as a scheduler gives them\n"
            + "No job takes the day from the clock.");
  }

  private Days interval(ZoneId zone) {
    ZonedDateTime start = intervalStart.atZoneSameInstant(zone);
    ZonedDateTime end = intervalEnd.atZoneSameInstant(zone);
    boolean whole =
        start.toLocalTime().equals(LocalTime.MIDNIGHT)
            && end.toLocalTime().equals(LocalTime.MIDNIGHT);
    if (!whole || !start.isBefore(end)) {
      throw new JobException(
          ExitCode.USAGE,
          "The data interval "
              + start
              + " to "
              + end
              + " is empty or does not begin and end at midnight in "
              + zone
              + "; give whole days of the site's zone");
    }
    LocalDate first = start.toLocalDate();
    LocalDate last = end.toLocalDate().minusDays(1);
    return new Days(first, last, first.equals(last) ? Days.Reach.WITH_LOOKBACK : Days.Reach.EXACT);
  }

  /** Whether they are of the daily run of one date, which looks at the days before it too. */
  public boolean isDaily() {
    return date != null;
  }

  /** The days as flags of another command. */
  public String range() {
    return date != null
        ? "--date " + date
        : from != null
            ? "--from " + from + " --to " + to
            : "--data-interval-start " + intervalStart + " --data-interval-end " + intervalEnd;
  }

  @Override
  public String toString() {
    return date != null
        ? date.toString()
        : from != null && to != null
            ? from + " to " + to
            : intervalStart != null ? intervalStart + " to " + intervalEnd : "no day";
  }
}
