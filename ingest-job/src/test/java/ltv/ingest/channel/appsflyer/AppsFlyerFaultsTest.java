package ltv.ingest.channel.appsflyer;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class AppsFlyerFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    AppsFlyerOverHttp apps = new AppsFlyerOverHttp();
    apps.server.on(AppsFlyerOverHttp.PAID, AppsFlyerOverHttp.recorded(200, "events.csv"));
    apps.server.on(AppsFlyerOverHttp.ORGANIC, AppsFlyerOverHttp.recorded(200, "header_only.csv"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return apps.server;
      }

      @Override
      public RecordedPauses pauses() {
        return apps.pauses;
      }

      @Override
      public Instant now() {
        return AppsFlyerOverHttp.NOW;
      }

      @Override
      public void fetch() {
        apps.fetch(100);
      }

      @Override
      public List<Page> pages() {
        return apps.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of(AppsFlyerOverHttp.TOKEN);
      }

      @Override
      public void close() {
        apps.close();
      }
    };
  }
}
