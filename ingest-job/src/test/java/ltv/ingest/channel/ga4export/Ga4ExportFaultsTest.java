package ltv.ingest.channel.ga4export;

import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;

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
    return google;
  }
}
