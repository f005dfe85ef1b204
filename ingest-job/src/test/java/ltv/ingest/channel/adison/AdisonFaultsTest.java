package ltv.ingest.channel.adison;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class AdisonFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    AdisonOverHttp adison = new AdisonOverHttp();
    adison.server.on(AdisonOverHttp.REPORT, AdisonOverHttp.MONTH);
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return adison.server;
      }

      @Override
      public RecordedPauses pauses() {
        return adison.pauses;
      }

      @Override
      public Instant now() {
        return AdisonOverHttp.NOW;
      }

      @Override
      public void fetch() {
        adison.fetch(AdisonOverHttp.DAY);
      }

      @Override
      public List<Page> pages() {
        return adison.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of(AdisonOverHttp.TOKEN);
      }

      @Override
      public void close() {
        adison.close();
      }
    };
  }
}
