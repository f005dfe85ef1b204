package ltv.ingest.channel.meta;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    MetaOverHttp meta = new MetaOverHttp();
    meta.insights(
        MetaOverHttp.recorded(200, "insights_page1"), MetaOverHttp.recorded(200, "insights_page2"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return meta.server;
      }

      @Override
      public RecordedPauses pauses() {
        return meta.pauses;
      }

      @Override
      public Instant now() {
        return MetaOverHttp.NOW;
      }

      @Override
      public void fetch() {
        meta.fetch(ReportMode.SYNC);
      }

      @Override
      public List<Page> pages() {
        return meta.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of(MetaOverHttp.TOKEN, MetaOverHttp.APP_SECRET);
      }

      @Override
      public void close() {
        meta.close();
      }
    };
  }
}
