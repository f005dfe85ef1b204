package ltv.ingest.channel;

import java.util.List;

/**
 * One report of a channel.
 *
 * @param channel the channel's id
 * @param name the stream's name; the rows land in {@code src_<channel>__<name>}
 * @param lookbackDays past days that the source may still restate and a daily run reads again
 * @param reports the source's report types, of each of which one account's day costs a call or
 *     more; none for what is here
 * @param accounts the accounts it is read for; a day is whole when every account's day is
 * @param landedAs the stream whose landed pages it types: its own name, or that of another one, of
 *     which it fetches nothing
 * @param ofNow whether the source only tells what is so when it is asked: a day that was read when
 *     it was over is not read again, since that would put today's word in its place
 */
public record ChannelStream(
    String channel,
    String name,
    int lookbackDays,
    List<String> reports,
    List<ChannelAccount> accounts,
    String landedAs,
    boolean ofNow) {
  public ChannelStream {
    reports = List.copyOf(reports);
    accounts = List.copyOf(accounts);
  }

  /** A stream that is fetched. */
  public ChannelStream(
      String channel,
      String name,
      int lookbackDays,
      List<String> reports,
      List<ChannelAccount> accounts) {
    this(channel, name, lookbackDays, reports, accounts, name, false);
  }

  /** A stream of which the source only tells what is so when it is asked. */
  public static ChannelStream ofNow(
      String channel, String name, List<String> reports, List<ChannelAccount> accounts) {
    return new ChannelStream(channel, name, 0, reports, accounts, name, true);
  }

  /**
   * Another dataset of the same pages: it costs no call and follows what this stream has landed.
   */
  public ChannelStream typedAs(String other) {
    return new ChannelStream(channel, other, lookbackDays, List.of(), accounts, landedAs, ofNow);
  }

  /** Whether the source is asked for it. */
  public boolean isFetched() {
    return name.equals(landedAs);
  }

  /** The dataset that holds this stream's typed rows. */
  public String dataset() {
    return "src_" + channel + "__" + name;
  }
}
