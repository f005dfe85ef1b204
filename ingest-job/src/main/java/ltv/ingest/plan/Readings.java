package ltv.ingest.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;

/** When each account's day was last read. */
@FunctionalInterface
interface Readings {
  /**
   * The last reading of a day.
   *
   * @param at when it ended
   * @param moved whether it brought something new
   * @param pages how many it took
   */
  record Reading(Instant at, boolean moved, int pages) {}

  /** The last readings of an account, by day, from a day on. */
  Map<LocalDate, Reading> since(LocalDate from, ChannelStream stream, ChannelAccount account);
}
