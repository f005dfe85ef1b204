package ltv.ingest.channel.ga4export;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class Ga4ExportFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    Ga4ExportOverHttp google = new Ga4ExportOverHttp();
    google.server.on(Ga4ExportOverHttp.TOKEN, Ga4ExportOverHttp.token(1));
    google.server.on(
        Ga4ExportOverHttp.TABLE,
        Ga4ExportOverHttp.table(3, "17"),
        Ga4ExportOverHttp.table(3, "17"));
    google.server.on(
        Ga4ExportOverHttp.DATA,
        Ga4ExportOverHttp.page(3, "t1", "a", "b"),
        Ga4ExportOverHttp.page(3, null, "c"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return google.server;
      }

      @Override
      public RecordedPauses pauses() {
        return google.pauses;
      }

      @Override
      public Instant now() {
        return Ga4ExportOverHttp.NOW;
      }

      @Override
      public void fetch() {
        google.fetch();
      }

      @Override
      public List<Page> pages() {
        return google.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("access-1", "MIIE");
      }

      @Override
      public void close() {
        google.close();
      }
    };
  }
}
