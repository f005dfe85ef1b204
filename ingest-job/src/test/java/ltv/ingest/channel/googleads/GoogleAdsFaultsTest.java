package ltv.ingest.channel.googleads;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class GoogleAdsFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    GoogleAdsOverHttp google = new GoogleAdsOverHttp();
    google.server.on(GoogleAdsOverHttp.TOKEN, GoogleAdsOverHttp.token(1));
    google.server.on(GoogleAdsOverHttp.STREAM, GoogleAdsOverHttp.recorded(200, "campaigns.json"));
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
        return GoogleAdsOverHttp.NOW;
      }

      @Override
      public void fetch() {
        google.fetch("campaign");
      }

      @Override
      public List<Page> pages() {
        return google.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("developer-canary", "client-canary", "refresh-canary", "access-1");
      }

      @Override
      public void close() {
        google.close();
      }
    };
  }
}
