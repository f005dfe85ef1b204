package ltv.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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

  /** Up to which day those of every account are; empty when one has none. */
  static Optional<LocalDate> ofAll(ChannelStream stream, Pin pin) {
    List<Optional<LocalDate>> each = stream.accounts().stream().map(a -> until(a, pin)).toList();
    return each.contains(Optional.<LocalDate>empty())
        ? Optional.empty()
        : each.stream().flatMap(Optional::stream).min(LocalDate::compareTo);
  }

  /** Empty when not even the first day of the table is complete. */
  static Optional<LocalDate> until(ChannelAccount account, Pin pin) {
    Optional<LocalDate> until = Optional.empty();
    for (Map.Entry<Partition, LedgerEntry> day : pin.published().entrySet()) {
      LocalDate date = day.getKey().day().orElseThrow();
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
