package ltv.ingest.http;

import okhttp3.Request;

/** Counts calls before they are made, so that no limit of a source is passed. */
@FunctionalInterface
public interface CallMeter {
  /** For sources without limits. */
  CallMeter FREE = request -> {};

  /** Tag of a request that no limit counts, for example one for a token. */
  Counted UNCOUNTED = new Counted("");

  /**
   * Tag of a request: the report type that it is counted as.
   *
   * @param report the source's name of it
   */
  record Counted(String report) {}

  /**
   * Called before each try.
   *
   * @throws ltv.ingest.channel.ChannelException WAIT_UNTIL when the call would pass a limit
   */
  void call(Request request);
}
