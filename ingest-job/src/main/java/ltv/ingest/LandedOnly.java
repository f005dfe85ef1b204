package ltv.ingest;

import java.util.List;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;

/** A channel that nobody calls: there is what was landed, and nothing else. */
record LandedOnly(ChannelConnector of) implements ChannelConnector {
  @Override
  public String channel() {
    return of.channel();
  }

  @Override
  public List<ChannelStream> streams() {
    return of.streams();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    throw new ChannelException(
        Kind.NOT_READY, "nothing of it lies in the landing; run the day to read it.");
  }
}
