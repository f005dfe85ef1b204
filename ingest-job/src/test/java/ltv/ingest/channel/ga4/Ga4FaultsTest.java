package ltv.ingest.channel.ga4;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class Ga4FaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    Ga4OverHttp ga4 = new Ga4OverHttp();
    ga4.server.on(Ga4OverHttp.TOKEN, Ga4OverHttp.token(1));
    ga4.server.on(Ga4OverHttp.REPORT, Ga4OverHttp.page(3, "a", "b"), Ga4OverHttp.page(3, "c"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return ga4.server;
      }

      @Override
      public RecordedPauses pauses() {
        return ga4.pauses;
      }

      @Override
      public Instant now() {
        return Ga4OverHttp.NOW;
      }

      @Override
      public void fetch() {
        ga4.fetch();
      }

      @Override
      public List<Page> pages() {
        return ga4.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("access-1", "MIIE");
      }

      @Override
      public void close() {
        ga4.close();
      }
    };
  }
}
