package ltv.ingest.channel;

import java.time.Instant;
import java.util.List;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

/** One day of one channel over a scripted server, that a fault can be put into. */
public interface Rehearsal extends AutoCloseable {
  /** Plays the source, every answer of the day scripted. */
  FakeApiServer server();

  /** Pauses that were made. */
  RecordedPauses pauses();

  /** What the connector's clock says. */
  Instant now();

  /** Fetches the day. */
  void fetch();

  /** What was landed. */
  List<CollectedPages.Page> pages();

  /** What nobody may be told. */
  List<String> canaries();

  @Override
  void close();
}
