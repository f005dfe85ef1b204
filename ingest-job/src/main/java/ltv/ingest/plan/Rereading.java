package ltv.ingest.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.plan.ReadLog.Reading;
import ltv.run.Days;

/** Which account's days of a stream a run reads: those asked for, and earlier ones that are due. */
public final class Rereading {
  private final ChannelStream stream;
  private final Days asked;
  private final Instant now;
  private final Map<String, Map<LocalDate, Reading>> readings = new TreeMap<>();

  /** Looks at what was read of the stream's lookback until {@code now}. */
  public Rereading(ChannelStream stream, Days asked, ReadLog log, Instant now) {
    this.stream = stream;
    this.asked = asked;
    this.now = now;
    LocalDate first = asked.from().minusDays(stream.lookbackDays());
    for (ChannelAccount account : stream.accounts()) {
      readings.put(account.id(), log.since(first, stream, account));
    }
  }

  /** Whether the account's day is read now. */
  public boolean due(ChannelAccount account, LocalDate day) {
    return dueFrom(account, day).filter(from -> from.isAfter(now)).isEmpty();
  }

  /** Why nobody's day is read, in words; empty when somebody's is. */
  public Optional<String> restsUntil(LocalDate day) {
    return stream.accounts().stream().anyMatch(account -> due(account, day))
        ? Optional.empty()
        : stream.accounts().stream()
            .flatMap(account -> dueFrom(account, day).stream())
            .min(Instant::compareTo)
            .map(next -> "read lately; again from " + next.truncatedTo(ChronoUnit.MINUTES));
  }

  /** From when on the day is due; empty for one that always is. */
  private Optional<Instant> dueFrom(ChannelAccount account, LocalDate day) {
    Reading last = readings.get(account.id()).get(day);
    boolean always = !day.isBefore(asked.from()) || stream.calls() == 0 || last == null;
    if (always) {
      return Optional.empty();
    }
    Duration pause = Cadence.pause(ChronoUnit.DAYS.between(day, asked.from()), last.moved());
    return Optional.of(last.at().plus(pause));
  }
}
