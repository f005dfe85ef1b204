package ltv.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Sheet;
import ltv.sandbox.market.Truth;
import ltv.sandbox.server.AdisonServer;
import ltv.sandbox.server.AppleAdsServer;
import ltv.sandbox.server.AppsFlyerServer;
import ltv.sandbox.server.BigQueryServer;
import ltv.sandbox.server.DropFolder;
import ltv.sandbox.server.FirestoreServer;
import ltv.sandbox.server.Ga4Server;
import ltv.sandbox.server.GoogleAdsServer;
import ltv.sandbox.server.LocalServer;
import ltv.sandbox.server.MetaServer;
import ltv.sandbox.server.MixpanelServer;
import ltv.sandbox.server.NaverServer;
import ltv.sandbox.server.SheetsServer;

/** A market with its channels open. */
public final class World implements AutoCloseable {
  private static final String META_TOKEN = "sandbox-meta-token";
  private static final String META_SECRET = "sandbox-app-secret";
  private static final String APPSFLYER_TOKEN = "sandbox-appsflyer-token";
  private static final GoogleAdsServer.Access GOOGLE =
      new GoogleAdsServer.Access(
          "sandbox-developer-token", "sandbox-client", "sandbox-client-secret", "sandbox-refresh");

  private static final AppleAdsServer.Access APPLE =
      new AppleAdsServer.Access(
          "sandbox-client",
          "sandbox-team",
          "sandbox-key",
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElNK7MBWUuaDLemYNSAZ+wHsGPWxVpRD4jzv0XA/t+uR7va9rbjvg7Dv8Tv2aKZ/pxrV98Ak6Ornm9oG4m5nxkA==");

  /** Opens nothing but this simulated market. */
  private static final String APPLE_KEY =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEtrPw5UQgFsWtf6L+bc93zisG+yvvgf8EHB2ljCkI8uhRANCAASU0rswFZS5oMt6Zg1IBn7AewY9bFWlEPiPO/RcD+365Hu9r2tuO+DsO/xO/Zopn+nGtX3wCTo6ueb2gbibmfGQ";

  private static final NaverServer.Licence NAVER =
      new NaverServer.Licence("113131", "sandbox-naver-licence", "sandbox-naver-secret");

  private static final String ADISON_TOKEN = "sandbox-adison-token";
  private static final String LISTS = "sandbox-lists";
  private static final String ADISON_SHEET = "sandbox-adison-report";

  private static final String MIXPANEL_USER = "sandbox-service-account";
  private static final String MIXPANEL_SECRET = "sandbox-mixpanel-secret";

  private static final int SERVERS = 11;

  private final Market market;
  private final Dirt dirt;
  private final MetaServer meta;
  private final AppsFlyerServer appsFlyer;
  private final GoogleAdsServer google;
  private final AppleAdsServer apple;
  private final NaverServer naver;
  private final SheetsServer sheets;
  private final AdisonServer adison;
  private final MixpanelServer mixpanel;
  private final Ga4Server ga4;
  private final BigQueryServer bigQuery;
  private final FirestoreServer firestore;
  private final DropFolder drop;
  private final List<LocalServer> servers;
  private final Truth truth;

  /**
   * Opens the channels of the market that the seed makes.
   *
   * @param size 1 for the demo; larger for benchmarks
   * @param firstPort of Meta; AppsFlyer, Google, Apple, Naver, Sheets, Adison, Mixpanel, GA4,
   *     BigQuery and Firestore have the next ones. 0 takes free ones
   * @param drop folder into which files are put that no channel serves
   */
  public World(long seed, LocalDate from, int days, double size, int firstPort, Path drop) {
    this(
        Market.simulate(seed, from, days, size),
        new Dirt(seed),
        new DropFolder(drop),
        IntStream.range(0, SERVERS).map(n -> firstPort == 0 ? 0 : firstPort + n).toArray());
  }

  private World(Market market, Dirt dirt, DropFolder drop, int[] ports) {
    this(market, market, dirt, drop, ports);
  }

  private World(Market whole, Market market, Dirt dirt, DropFolder drop, int[] ports) {
    this.market = whole;
    this.dirt = dirt;
    this.truth = Truth.of(market, dirt);
    this.drop = drop;
    drop.fill(whole, market.lastDay());
    this.meta = new MetaServer(market, dirt, ports[0], META_TOKEN, META_SECRET);
    this.appsFlyer = new AppsFlyerServer(market, dirt, ports[1], APPSFLYER_TOKEN);
    this.google = new GoogleAdsServer(market, ports[2], GOOGLE);
    this.apple = new AppleAdsServer(market, ports[3], APPLE);
    this.naver = new NaverServer(market, ports[4], NAVER);
    this.sheets = new SheetsServer(spreadsheets(market), ports[5], keyFile());
    this.adison = new AdisonServer(market, ports[6], Campaign.SERVED_ADVERTISER, ADISON_TOKEN);
    this.mixpanel = new MixpanelServer(market, dirt, ports[7], MIXPANEL_USER, MIXPANEL_SECRET);
    this.ga4 = new Ga4Server(market, dirt, ports[8], keyFile());
    this.bigQuery = new BigQueryServer(market, dirt, ports[9], keyFile());
    this.firestore = new FirestoreServer(market, ports[10], keyFile());
    this.servers =
        List.of(
            meta, appsFlyer, google, apple, naver, sheets, adison, mixpanel, ga4, bigQuery,
            firestore);
    servers.forEach(LocalServer::start);
  }

  private static Map<String, List<Sheet>> spreadsheets(Market market) {
    return Map.of(
        LISTS,
        List.of(
            Sheet.guide(market), Sheet.eventGuide(), Sheet.testUsers(market), Sheet.rates(market)),
        ADISON_SHEET,
        Sheet.adison(market, Campaign.SHEET_ADVERTISER));
  }

  /** Of a service account that opens nothing but this simulated market. */
  private static String keyFile() {
    try (InputStream in = World.class.getResourceAsStream("service_account.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The world when a day was over, at the same addresses: this one closes. */
  public World toldAfter(LocalDate day) {
    close();
    return new World(market, market.toldAfter(day), dirt, drop, ports());
  }

  /** The world when everything has happened and is told, at the same addresses: this one closes. */
  public World settled() {
    close();
    return new World(market, market, dirt, drop, ports());
  }

  private int[] ports() {
    return servers.stream().mapToInt(s -> URI.create(s.address()).getPort()).toArray();
  }

  /** What a perfect pipeline finds. */
  public Truth truth() {
    return truth;
  }

  /** Addresses and tokens as a site file's variables. */
  public Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("META_BASE_URL", meta.address());
    variables.put("META_ACCESS_TOKEN", META_TOKEN);
    variables.put("META_APP_SECRET", META_SECRET);
    variables.put("APPSFLYER_BASE_URL", appsFlyer.address());
    variables.put("APPSFLYER_TOKEN", APPSFLYER_TOKEN);
    variables.put("GOOGLE_ADS_BASE_URL", google.address());
    variables.put("GOOGLE_ADS_TOKEN_URL", google.address() + GoogleAdsServer.TOKEN_PATH);
    variables.put("GOOGLE_ADS_DEVELOPER_TOKEN", GOOGLE.developerToken());
    variables.put("GOOGLE_ADS_CLIENT_ID", GOOGLE.clientId());
    variables.put("GOOGLE_ADS_CLIENT_SECRET", GOOGLE.secret());
    variables.put("GOOGLE_ADS_REFRESH_TOKEN", GOOGLE.refreshToken());
    variables.put("APPLE_ADS_BASE_URL", apple.address());
    variables.put("APPLE_ADS_TOKEN_URL", apple.address() + AppleAdsServer.TOKEN_PATH);
    variables.put("APPLE_ADS_CLIENT_ID", APPLE.clientId());
    variables.put("APPLE_ADS_TEAM_ID", APPLE.teamId());
    variables.put("APPLE_ADS_KEY_ID", APPLE.keyId());
    variables.put("APPLE_ADS_PRIVATE_KEY", APPLE_KEY);
    variables.put("NAVER_BASE_URL", naver.address());
    variables.put("NAVER_API_KEY", NAVER.apiKey());
    variables.put("NAVER_SECRET_KEY", NAVER.secretKey());
    variables.put("GOOGLE_SHEETS_BASE_URL", sheets.address());
    variables.put("GOOGLE_SHEETS_TOKEN_URL", sheets.address() + SheetsServer.TOKEN_PATH);
    byte[] key = keyFile().getBytes(StandardCharsets.UTF_8);
    variables.put("GOOGLE_SHEETS_KEY", Base64.getEncoder().encodeToString(key));
    variables.put("ADISON_URL", adison.address() + AdisonServer.PATH);
    variables.put("ADISON_TOKEN", ADISON_TOKEN);
    variables.put("GA4_BASE_URL", ga4.address());
    variables.put("GA4_TOKEN_URL", ga4.address() + Ga4Server.TOKEN_PATH);
    variables.put("BIGQUERY_URL", bigQuery.address());
    variables.put("BIGQUERY_TOKEN_URL", bigQuery.address() + BigQueryServer.TOKEN_PATH);
    variables.put("FIRESTORE_URL", firestore.address());
    variables.put("FIRESTORE_TOKEN_URL", firestore.address() + FirestoreServer.TOKEN_PATH);
    variables.put("DROP_FOLDER", drop.path());
    variables.put("MIXPANEL_URL", mixpanel.address());
    variables.put("MIXPANEL_USERNAME", MIXPANEL_USER);
    variables.put("MIXPANEL_SECRET", MIXPANEL_SECRET);
    return variables;
  }

  /** Every question that a channel answered, tokens apart. */
  public List<String> served() {
    return servers.stream()
        .map(LocalServer::served)
        .flatMap(List::stream)
        .filter(asked -> !asked.contains("/token"))
        .toList();
  }

  @Override
  public void close() {
    servers.forEach(LocalServer::close);
  }
}
