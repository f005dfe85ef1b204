package ltv.ingest.channel;

import java.time.LocalDate;

/**
 * One unit of reading.
 *
 * @param stream what to read
 * @param account for which account
 * @param date the day, in the account's zone
 */
public record FetchRequest(ChannelStream stream, ChannelAccount account, LocalDate date) {}
