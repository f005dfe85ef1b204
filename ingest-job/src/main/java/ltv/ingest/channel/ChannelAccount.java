package ltv.ingest.channel;

import java.time.ZoneId;

/**
 * An account, app or folder that a stream is read for.
 *
 * @param id the source's id, as text
 * @param zone whose midnight ends a day of this account's reports
 */
public record ChannelAccount(String id, ZoneId zone) {}
