package ltv.ingest.channel;

import java.time.ZoneId;

/**
 * An account, app or folder that a stream is read for.
 *
 * @param id the source's id, as text
 * @param zone whose midnight ends a day of this account's reports
 */
public record ChannelAccount(String id, ZoneId zone) {
  /**
   * Refuses an account whose days end at another midnight than the site says.
   *
   * @param told the zone by the source
   * @param setting where the site says it
   * @throws ChannelException REFUSED when they differ
   */
  public void verifyZone(String told, String setting) {
    if (!told.equals(zone.getId())) {
      throw new ChannelException(
          ChannelException.Kind.REFUSED,
          "Account %s keeps its days in %s, %s says %s; give its own."
              .formatted(id, told, setting, zone));
    }
  }
}
