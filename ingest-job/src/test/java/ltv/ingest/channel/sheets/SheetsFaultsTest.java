package ltv.ingest.channel.sheets;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class SheetsFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    SheetsOverHttp sheets = new SheetsOverHttp();
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs.json"));
    sheets.server.on(
        SheetsOverHttp.VALUES,
        SheetsOverHttp.recorded("window1.json"),
        SheetsOverHttp.recorded("window2.json"));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return sheets.server;
      }

      @Override
      public RecordedPauses pauses() {
        return sheets.pauses;
      }

      @Override
      public Instant now() {
        return SheetsOverHttp.NOW;
      }

      @Override
      public void fetch() {
        sheets.fetch();
      }

      @Override
      public List<Page> pages() {
        return sheets.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("access-1", SheetsOverHttp.KEY.lines().toList().get(1));
      }

      @Override
      public void close() {
        sheets.close();
      }
    };
  }
}
