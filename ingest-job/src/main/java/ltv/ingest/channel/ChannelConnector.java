package ltv.ingest.channel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

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
   * Days of an account that the source itself says it has corrected, and when: they are read again
   * even beyond the lookback.
   *
   * @throws ChannelException when the source does not say
   */
  default Map<LocalDate, Instant> restated(ChannelStream stream, ChannelAccount account) {
    return Map.of();
  }

  /**
   * Asks the source about an account, by a call that no report limit counts: whether the token is
   * taken, may read it, and whether its zone is the declared one.
   *
   * @return what was found, in a few words
   * @throws ChannelException what is wrong
   */
  default String examine(ChannelAccount account) {
    return "cannot be asked without spending one of its reports' calls";
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
