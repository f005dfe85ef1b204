package ltv.ingest.channel.ga4;

import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;

class Ga4FaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    Ga4OverHttp ga4 = new Ga4OverHttp();
    ga4.server.on(Ga4OverHttp.TOKEN, Ga4OverHttp.token(1));
    ga4.server.on(Ga4OverHttp.REPORT, Ga4OverHttp.page(3, "a", "b"), Ga4OverHttp.page(3, "c"));
    return ga4;
  }
}
