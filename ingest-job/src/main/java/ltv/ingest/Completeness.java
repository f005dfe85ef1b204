package ltv.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedSources;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Run;

/**
 * Up to which day an account's days are all there, each read after it was over in the account's
 * zone. What the source restates later does not count.
 */
final class Completeness {
  private static final Pattern RUN = Pattern.compile("/run=([^/]+)/");

  private Completeness() {}

  /** By account, in words for a report: {@code account=day}, or {@code account=none}. */
  static String of(ChannelStream stream, Pin pin) {
    return stream.accounts().stream()
        .map(a -> a.id() + "=" + until(a, pin).map(LocalDate::toString).orElse("none"))
        .collect(Collectors.joining(", "));
  }

  /** The newest day that every account has whole, whatever is missing before it. */
  static Optional<LocalDate> newest(ChannelStream stream, Pin pin) {
    return pin.published().entrySet().stream()
        .filter(
            entry ->
                stream.accounts().stream()
                    .allMatch(a -> isWhole(day(entry.getKey()), a, entry.getValue())))
        .map(entry -> day(entry.getKey()))
        .max(LocalDate::compareTo);
  }

  private static LocalDate day(Partition partition) {
    return partition.day().orElseThrow();
  }

  /** Empty when not even the first day of the table is complete. */
  static Optional<LocalDate> until(ChannelAccount account, Pin pin) {
    Optional<LocalDate> until = Optional.empty();
    for (Map.Entry<Partition, LedgerEntry> day : pin.published().entrySet()) {
      LocalDate date = day(day.getKey());
      boolean gap = until.isPresent() && !until.get().plusDays(1).equals(date);
      if (gap || !isWhole(date, account, day.getValue())) {
        return until;
      }
      until = Optional.of(date);
    }
    return until;
  }

  private static boolean isWhole(LocalDate day, ChannelAccount account, LedgerEntry entry) {
    Instant over = day.plusDays(1).atStartOfDay(account.zone()).toInstant();
    return entry.sources().keySet().stream()
        .filter(manifest -> LandedSources.isOf(manifest, account))
        .map(RUN::matcher)
        .filter(Matcher::find)
        .map(m -> Run.begun(m.group(1)))
        .anyMatch(read -> !read.isBefore(over));
  }
}
