package ltv.ingest.channel.mixpanel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class MixpanelFaultsTest extends FaultSweep {
  /** An export without a line is a day without events; bytes are looked at when they are typed. */
  @Override
  protected boolean isAnAnswer(String kind, int call) {
    return call > 1 && List.of("nothing with 200", "bytes that are no text").contains(kind);
  }

  @Override
  protected Rehearsal rehearsal() {
    MixpanelOverHttp mixpanel = new MixpanelOverHttp();
    mixpanel.server.on(MixpanelOverHttp.ME, MixpanelOverHttp.recorded("me.json"));
    mixpanel.server.on(MixpanelOverHttp.EXPORT, MixpanelOverHttp.recorded("export.ndjson"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return mixpanel.server;
      }

      @Override
      public RecordedPauses pauses() {
        return mixpanel.pauses;
      }

      @Override
      public Instant now() {
        return MixpanelOverHttp.NOW;
      }

      @Override
      public void fetch() {
        mixpanel.fetch();
      }

      @Override
      public List<Page> pages() {
        return mixpanel.sink.pages();
      }

      @Override
      public List<String> canaries() {
        String basic = "ltv.service:" + MixpanelOverHttp.SECRET;
        return List.of(
            MixpanelOverHttp.SECRET,
            Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
      }

      @Override
      public void close() {
        mixpanel.close();
      }
    };
  }
}
