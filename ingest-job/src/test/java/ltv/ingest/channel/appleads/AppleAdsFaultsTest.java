package ltv.ingest.channel.appleads;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class AppleAdsFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    AppleAdsOverHttp apple = new AppleAdsOverHttp();
    apple.server.on(AppleAdsOverHttp.TOKEN, AppleAdsOverHttp.token(1));
    apple.server.on(
        AppleAdsOverHttp.CAMPAIGNS,
        AppleAdsOverHttp.recorded(200, "campaigns_page1.json"),
        AppleAdsOverHttp.recorded(200, "campaigns_page2.json"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return apple.server;
      }

      @Override
      public RecordedPauses pauses() {
        return apple.pauses;
      }

      @Override
      public Instant now() {
        return AppleAdsOverHttp.NOW;
      }

      @Override
      public void fetch() {
        apple.fetch("campaign");
      }

      @Override
      public List<Page> pages() {
        return apple.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("access-1", "MHcC");
      }

      @Override
      public void close() {
        apple.close();
      }
    };
  }
}
