package ltv.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import ltv.config.PersonalData;
import ltv.config.Settings;
import ltv.config.SiteConfig;
import ltv.dataset.Datasets;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.appleads.AppleAdsConfig;
import ltv.ingest.channel.appleads.AppleAdsConnector;
import ltv.ingest.channel.appsflyer.AppsFlyerConfig;
import ltv.ingest.channel.appsflyer.AppsFlyerConnector;
import ltv.ingest.channel.file.FileConfig;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.channel.googleads.GoogleAdsConfig;
import ltv.ingest.channel.googleads.GoogleAdsConnector;
import ltv.ingest.channel.meta.MetaConfig;
import ltv.ingest.channel.meta.MetaConnector;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.Waiting;
import ltv.ingest.type.IngestFunctions;
import ltv.ingest.type.RawShape;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The channels of a site: each one's settings bound to its connector. To add a channel, add a line
 * to {@link #bind}.
 */
final class Channels {
  private static final Set<String> KNOWN =
      Set.of(
          AppleAdsConnector.CHANNEL,
          AppsFlyerConnector.CHANNEL,
          FileConnector.CHANNEL,
          GoogleAdsConnector.CHANNEL,
          MetaConnector.CHANNEL);

  private final SiteConfig site;
  private final List<ChannelConnector> connectors;
  private final Map<String, RawShape> declaredShapes;
  private final IngestFunctions functions;

  private Channels(
      SiteConfig site,
      List<ChannelConnector> connectors,
      Map<String, RawShape> declaredShapes,
      IngestFunctions functions) {
    this.site = site;
    this.connectors = connectors;
    this.declaredShapes = declaredShapes;
    this.functions = functions;
  }

  /**
   * Reads the site file; every problem is reported at once.
   *
   * @param only channels that are asked for, empty for all: of another one no secret is needed
   */
  static Channels bind(Path file, Map<String, String> environment, List<String> only) {
    Predicate<String> wanted = channel -> only.isEmpty() || only.contains(channel);
    Settings settings = Settings.load(file, environment);
    Optional<SiteConfig> site = settings.bind("", SiteConfig.class);
    boolean hashing = wanted.test(AppsFlyerConnector.CHANNEL);
    Optional<PersonalData> personal =
        hashing ? settings.bind("personal_data", PersonalData.class) : Optional.empty();
    Optional<MetaConfig> meta = bound(settings, "meta", wanted, MetaConfig.class);
    Optional<AppsFlyerConfig> appsflyer =
        bound(settings, "appsflyer", wanted, AppsFlyerConfig.class);
    Optional<GoogleAdsConfig> googleAds =
        bound(settings, "google_ads", wanted, GoogleAdsConfig.class);
    Optional<AppleAdsConfig> appleAds =
        bound(settings, "apple_search_ads", wanted, AppleAdsConfig.class);
    Optional<FileConfig> files = bound(settings, "file", wanted, FileConfig.class);
    Map<String, RawShape> declared = new TreeMap<>();
    files.ifPresent(config -> declared.putAll(declared(config, settings)));
    refuseUnknown(settings);
    if (hashing && site.filter(Channels::hidesNobody).isPresent()) {
      settings.problem("personal_data", "is missing; AppsFlyer's ids are hashed with its hash_key");
    }
    settings.verify();

    Clock clock = Clock.systemUTC();
    HttpTransport transport = new HttpTransport(Waiting.REAL, clock, site.orElseThrow().scratch());
    List<ChannelConnector> connectors = new ArrayList<>();
    meta.ifPresent(c -> connectors.add(new MetaConnector(c, transport)));
    googleAds.ifPresent(c -> connectors.add(new GoogleAdsConnector(c, transport, clock)));
    appleAds.ifPresent(c -> connectors.add(new AppleAdsConnector(c, transport, clock)));
    appsflyer.ifPresent(c -> connectors.add(new AppsFlyerConnector(c, transport, clock)));
    files.ifPresent(c -> connectors.add(new FileConnector(c, site.orElseThrow().timezone())));
    return new Channels(
        site.orElseThrow(), List.copyOf(connectors), declared, new IngestFunctions(personal));
  }

  private static <T> Optional<T> bound(
      Settings settings, String channel, Predicate<String> wanted, Class<T> type) {
    return wanted.test(channel) ? settings.bind("channels." + channel, type) : Optional.empty();
  }

  private static boolean hidesNobody(SiteConfig site) {
    return site.channels().containsKey(AppsFlyerConnector.CHANNEL) && site.personalData() == null;
  }

  private static void refuseUnknown(Settings settings) {
    for (String name : settings.names("channels")) {
      if (!KNOWN.contains(name)) {
        settings.problem("channels." + name, "is not a channel; known are " + KNOWN);
      }
    }
  }

  private static Map<String, RawShape> declared(FileConfig config, Settings settings) {
    Datasets datasets = Datasets.packedWith(Channels.class);
    Map<String, RawShape> shapes = new TreeMap<>();
    config
        .streams()
        .forEach(
            (name, stream) -> {
              String dataset = "src_file__" + name;
              RawShape wanted = RawShape.of(datasets.get(dataset).schema().raw());
              String path = "channels.file.streams." + name + ".columns";
              wanted
                  .missingFrom(stream.shape())
                  .forEach(
                      c -> settings.problem(path, "lacks " + c + ", which " + dataset + " needs"));
              wanted
                  .unknownIn(stream.shape())
                  .forEach(
                      c ->
                          settings.problem(
                              path, "names " + c + ", which " + dataset + " does not have"));
              shapes.put(dataset, wanted.declaredBy(stream.shape()));
            });
    return shapes;
  }

  SiteConfig site() {
    return site;
  }

  Datasets datasets() {
    return Datasets.packedWith(Channels.class);
  }

  /** The shape of a stream's files, where the site declares it. */
  Optional<RawShape> declaredShape(String dataset) {
    return Optional.ofNullable(declaredShapes.get(dataset));
  }

  /** What typing queries may call. */
  IngestFunctions functions() {
    return functions;
  }

  /**
   * The connectors to run.
   *
   * @param names empty for all
   * @throws JobException with exit 99 when a named channel is not one of this site
   */
  List<ChannelConnector> only(List<String> names) {
    for (String name : names) {
      if (connectors.stream().noneMatch(c -> c.channel().equals(name))) {
        throw new JobException(
            KNOWN.contains(name) ? ExitCode.SWITCHED_OFF : ExitCode.USAGE,
            "The site "
                + site.site()
                + " has no channel "
                + name
                + "; add it below channels: or"
                + " leave it out of --channel");
      }
    }
    return connectors.stream().filter(c -> names.isEmpty() || names.contains(c.channel())).toList();
  }
}
