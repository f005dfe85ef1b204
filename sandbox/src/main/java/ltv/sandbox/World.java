package ltv.sandbox;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Truth;
import ltv.sandbox.server.AppsFlyerServer;
import ltv.sandbox.server.MetaServer;

/** A market with its channels open. */
public final class World implements AutoCloseable {
  private static final String META_TOKEN = "sandbox-meta-token";
  private static final String META_SECRET = "sandbox-app-secret";
  private static final String APPSFLYER_TOKEN = "sandbox-appsflyer-token";

  private final MetaServer meta;
  private final AppsFlyerServer appsFlyer;
  private final Truth truth;

  /**
   * Opens the channels of the market that the seed makes.
   *
   * @param size 1 for the demo; larger for benchmarks
   */
  public World(long seed, LocalDate from, int days, double size, int metaPort, int appsFlyerPort) {
    Market market = Market.simulate(seed, from, days, size);
    Dirt dirt = new Dirt(seed);
    this.truth = Truth.of(market, dirt);
    this.meta = new MetaServer(market, dirt, metaPort, META_TOKEN, META_SECRET);
    this.appsFlyer = new AppsFlyerServer(market, dirt, appsFlyerPort, APPSFLYER_TOKEN);
    meta.start();
    appsFlyer.start();
  }

  /** What a perfect pipeline finds. */
  public Truth truth() {
    return truth;
  }

  /** Addresses and tokens as a site file's variables. */
  public Map<String, String> environment() {
    return new TreeMap<>(
        Map.of(
            "META_BASE_URL", meta.address(),
            "META_ACCESS_TOKEN", META_TOKEN,
            "META_APP_SECRET", META_SECRET,
            "APPSFLYER_BASE_URL", appsFlyer.address(),
            "APPSFLYER_TOKEN", APPSFLYER_TOKEN));
  }

  @Override
  public void close() {
    meta.close();
    appsFlyer.close();
  }
}
