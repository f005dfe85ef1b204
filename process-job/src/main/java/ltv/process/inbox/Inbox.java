package ltv.process.inbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import ltv.dataset.Opened;
import ltv.engine.DuckDbSession;

/**
 * What waits on a day, most at stake first.
 *
 * @param campaigns that cost money and are in no guide
 * @param names that sources told and that are no campaign's for certain
 * @param events that nobody has explained
 */
record Inbox(List<Campaign> campaigns, List<Campaign> names, List<Event> events) {
  /**
   * A campaign, or the name of one.
   *
   * @param id empty text where it is not known
   * @param name as the channel has it, or as it was told
   * @param because how it is known what it is, or whose it is
   * @param spend in four weeks, in the reporting currency
   * @param users in four weeks; of a name installs and sessions
   */
  record Campaign(
      String channel,
      String id,
      String name,
      String because,
      BigDecimal spend,
      long users,
      LocalDate firstSeen,
      String guideLine) {}

  /**
   * An event.
   *
   * @param guess what it could be; empty text for no idea
   * @param events in four weeks
   */
  record Event(String source, String name, String guess, long events, String guideLine) {}

  /**
   * Reads the day's tables.
   *
   * @throws ltv.run.JobException with exit 66 when the day is not built
   */
  static Inbox of(Opened opened, DuckDbSession session, LocalDate day) {
    opened.seeBuilt(session, "inbox_campaign", day);
    opened.see(session, "inbox_event", day); // a site without events has no inbox of them
    String campaigns =
        "select channel, coalesce(campaign_id, ''), coalesce(campaign_name, ''), because, spend, users, first_seen, guide_line from inbox_campaign where kind = '%s' order by spend desc, users desc, channel, campaign_name";
    return new Inbox(
        session.rows(campaigns.formatted("campaign")).stream().map(Inbox::campaign).toList(),
        session.rows(campaigns.formatted("name")).stream().map(Inbox::campaign).toList(),
        session
            .rows(
                "select source, event_name, coalesce(guess, ''), events, guide_line from inbox_event order by events desc, source, event_name")
            .stream()
            .map(
                r ->
                    new Event(
                        (String) r.get(0),
                        (String) r.get(1),
                        (String) r.get(2),
                        (Long) r.get(3),
                        (String) r.get(4)))
            .toList());
  }

  private static Campaign campaign(List<Object> row) {
    return new Campaign(
        (String) row.get(0),
        (String) row.get(1),
        (String) row.get(2),
        (String) row.get(3),
        (BigDecimal) row.get(4),
        (Long) row.get(5),
        (LocalDate) row.get(6),
        (String) row.get(7));
  }
}
