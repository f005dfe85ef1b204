package ltv.ingest.channel;

import java.util.List;

/** One ad or data channel. It fetches and stores as received; meaning begins in cleanse. */
public interface ChannelConnector {
  /** Channel id as used in paths, settings and dataset names, for example {@code meta}. */
  String channel();

  /** The streams this channel offers to this site, each with the accounts it is read for. */
  List<ChannelStream> streams();

  /** The source's call limits as its pages state them; none when it may be called at will. */
  default List<CallLimit> limits() {
    return List.of();
  }

  /**
   * Fetches one stream of one account for one day, page by page, into {@code sink}, in the source's
   * own shape. The day is a calendar day in the account's time zone. A normal return means that the
   * last page was seen and the count reconciled; zero rows are then a fact, not a guess.
   *
   * @throws ChannelException when the day could not be read whole; nothing of it may be committed
   */
  void fetch(FetchRequest request, RawSink sink);
}
