package ltv.ingest.channel.naver;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class NaverFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    NaverOverHttp naver = new NaverOverHttp();
    naver.server.on(NaverOverHttp.JOBS, NaverOverHttp.job(7, "REGIST"));
    naver.server.on(
        NaverOverHttp.JOBS + "/7", NaverOverHttp.job(7, "RUNNING"), NaverOverHttp.job(7, "BUILT"));
    naver.server.on(NaverOverHttp.FILE, NaverOverHttp.rows());
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return naver.server;
      }

      @Override
      public RecordedPauses pauses() {
        return naver.pauses;
      }

      @Override
      public Instant now() {
        return NaverOverHttp.NOW;
      }

      @Override
      public void fetch() {
        naver.fetch("ad");
      }

      @Override
      public List<Page> pages() {
        return naver.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("licence-of-the-test", "secret-key-of-the-test");
      }

      @Override
      public void close() {
        naver.close();
      }
    };
  }
}
