package ltv.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ltv.config.PersonalData;
import ltv.config.Settings;
import ltv.config.SiteConfig;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.channel.adison.AdisonConfig;
import ltv.ingest.channel.adison.AdisonConnector;
import ltv.ingest.channel.appleads.AppleAdsConfig;
import ltv.ingest.channel.appleads.AppleAdsConnector;
import ltv.ingest.channel.appsflyer.AppsFlyerConfig;
import ltv.ingest.channel.appsflyer.AppsFlyerConnector;
import ltv.ingest.channel.crm.CrmConfig;
import ltv.ingest.channel.crm.CrmConnector;
import ltv.ingest.channel.file.FileConfig;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.channel.ga4.Ga4Config;
import ltv.ingest.channel.ga4.Ga4Connector;
import ltv.ingest.channel.googleads.GoogleAdsConfig;
import ltv.ingest.channel.googleads.GoogleAdsConnector;
import ltv.ingest.channel.meta.MetaConfig;
import ltv.ingest.channel.meta.MetaConnector;
import ltv.ingest.channel.mixpanel.MixpanelConfig;
import ltv.ingest.channel.mixpanel.MixpanelConnector;
import ltv.ingest.channel.naver.NaverConfig;
import ltv.ingest.channel.naver.NaverConnector;
import ltv.ingest.channel.sheets.SheetsConfig;
import ltv.ingest.channel.sheets.SheetsConnector;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.Waiting;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.type.IngestFunctions;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The channels of a site: each one's settings bound to its connector. To add a channel, add a line
 * to {@link #KINDS}.
 */
final class Channels {
  private static final String CALL_LIMITS = "call_limits";

  /** A person needs some days to have a new token made. */
  private static final int WARNED_DAYS = 7;

  /** Channels that send ids of people, which are hashed before a table holds them. */
  private static final List<String> HIDING =
      List.of(
          AppsFlyerConnector.CHANNEL,
          MixpanelConnector.CHANNEL,
          CrmConnector.CHANNEL,
          SheetsConnector.CHANNEL);

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              MetaConnector.CHANNEL,
              MetaConfig.class,
              (c, m) -> new MetaConnector(c, m.transport, m.clock)),
          new Kind<>(
              GoogleAdsConnector.CHANNEL,
              GoogleAdsConfig.class,
              (c, m) -> new GoogleAdsConnector(c, m.transport, m.clock)),
          new Kind<>(
              AppleAdsConnector.CHANNEL,
              AppleAdsConfig.class,
              (c, m) -> new AppleAdsConnector(c, m.transport, m.clock)),
          new Kind<>(
              NaverConnector.CHANNEL,
              NaverConfig.class,
              (c, m) -> new NaverConnector(c, m.transport, m.clock)),
          new Kind<>(
              AppsFlyerConnector.CHANNEL,
              AppsFlyerConfig.class,
              (c, m) -> new AppsFlyerConnector(c, m.transport, m.clock)),
          new Kind<>(
              MixpanelConnector.CHANNEL,
              MixpanelConfig.class,
              (c, m) -> new MixpanelConnector(c, m.transport)),
          new Kind<>(
              Ga4Connector.CHANNEL,
              Ga4Config.class,
              (c, m) -> new Ga4Connector(c, m.transport, m.clock)),
          new Kind<>(
              AdisonConnector.CHANNEL,
              AdisonConfig.class,
              (c, m) -> new AdisonConnector(c, m.transport, m.clock)),
          new Kind<>(
              SheetsConnector.CHANNEL,
              SheetsConfig.class,
              (c, m) -> new SheetsConnector(c, m.transport, m.clock, m.zone)),
          new Kind<>(
              CrmConnector.CHANNEL,
              CrmConfig.class,
              (c, m) -> new CrmConnector(c, m.scratch, m.reach)),
          new Kind<>(
              FileConnector.CHANNEL, FileConfig.class, (c, m) -> new FileConnector(c, m.zone)));

  private final SiteConfig site;
  private final List<Bound> bound;
  private final CallLimits limits;
  private final Map<String, RawShape> declaredShapes;
  private final IngestFunctions functions;

  private Channels(
      SiteConfig site,
      List<Bound> bound,
      CallLimits limits,
      Map<String, RawShape> declaredShapes,
      IngestFunctions functions) {
    this.site = site;
    this.bound = bound;
    this.limits = limits;
    this.declaredShapes = declaredShapes;
    this.functions = functions;
  }

  /** What a connector may be made of. */
  private record Means(
      HttpTransport transport, Clock clock, ZoneId zone, Path scratch, Reach reach) {}

  /** A channel: its settings, and what reads it. */
  private record Kind<C>(
      String channel, Class<C> settings, BiFunction<C, Means, ChannelConnector> connector) {
    Optional<Bound> bind(Settings site) {
      return site.bind("channels." + channel, settings)
          .map(config -> new Bound(channel, config, means -> connector.apply(config, means)));
    }
  }

  /** A channel of the site. */
  private record Bound(
      String channel, Object config, Function<Means, ChannelConnector> connector) {}

  /**
   * Reads the site file; every problem is reported at once.
   *
   * @param only channels that are asked for, empty for all: of another one no secret is needed
   */
  static Channels bind(Path file, Map<String, String> environment, List<String> only) {
    Predicate<String> wanted = channel -> only.isEmpty() || only.contains(channel);
    Settings settings = Settings.load(file, environment);
    Optional<SiteConfig> site = settings.bind("", SiteConfig.class);
    boolean hashing = HIDING.stream().anyMatch(wanted);
    boolean mayHash = hashing || wanted.test(FileConnector.CHANNEL);
    Optional<PersonalData> personal =
        mayHash ? settings.bind("personal_data", PersonalData.class) : Optional.empty();
    List<Bound> bound =
        KINDS.stream()
            .filter(kind -> wanted.test(kind.channel))
            .flatMap(kind -> kind.bind(settings).stream())
            .toList();
    Map<String, RawShape> declared = new TreeMap<>();
    Datasets datasets = Datasets.packedWith(Channels.class);
    for (Bound channel : bound) {
      if (channel.config instanceof SiteShapes own) {
        String path = "channels." + channel.channel + ".";
        declared.putAll(
            own.shapes(
                dataset -> RawShape.of(datasets.get(dataset).schema().raw()),
                (setting, complaint) -> settings.problem(path + setting, complaint)));
      }
    }
    Optional<CallLimits> limits = settings.bind(CALL_LIMITS, CallLimits.class);
    refuseUnknown(settings);
    if (hashing && site.filter(Channels::hidesNobody).isPresent()) {
      settings.problem(
          "personal_data", "is missing; the ids of people are hashed with its hash_key");
    }
    settings.verify();

    return new Channels(
        site.orElseThrow(),
        bound,
        limits.orElseGet(CallLimits::none),
        declared,
        new IngestFunctions(personal));
  }

  private static boolean isKnown(String channel) {
    return KINDS.stream().anyMatch(kind -> kind.channel.equals(channel));
  }

  /** Of the sheets only one names people. */
  private static boolean hidesNobody(SiteConfig site) {
    return site.personalData() == null
        && HIDING.stream()
            .filter(site.channels()::containsKey)
            .anyMatch(
                channel ->
                    !channel.equals(SheetsConnector.CHANNEL)
                        || site.channels().get(channel).path("streams").has("test_users"));
  }

  private static void refuseUnknown(Settings settings) {
    String known = KINDS.stream().map(Kind::channel).collect(Collectors.joining(", "));
    for (String part : List.of("channels", CALL_LIMITS, "token_expires")) {
      settings.names(part).stream()
          .filter(name -> !isKnown(name))
          .forEach(
              name -> settings.problem(part + "." + name, "is not a channel; known are " + known));
    }
  }

  SiteConfig site() {
    return site;
  }

  Datasets datasets() {
    return Datasets.packedWith(Channels.class);
  }

  /** How a stream's pages are cut: as the site declares it, or as the dataset does. */
  RawShape shape(Dataset dataset) {
    RawShape declared = declaredShapes.get(dataset.name());
    return declared == null ? RawShape.of(dataset.schema().raw()) : declared;
  }

  /** What typing queries may call. */
  IngestFunctions functions() {
    return functions;
  }

  /** Tokens that end within a week, or have ended: what to do, by channel. */
  Map<String, String> expiring(LocalDate today) {
    Map<String, String> expiring = new TreeMap<>();
    site.tokenExpires()
        .forEach(
            (channel, last) -> {
              if (!last.isAfter(today.plusDays(WARNED_DAYS))
                  && bound.stream().anyMatch(b -> b.channel.equals(channel))) {
                expiring.put(
                    channel,
                    "the token of %s ends on %s (token_expires.%s); have a new one made, and say its last day"
                        .formatted(channel, last, channel));
              }
            });
    return expiring;
  }

  /**
   * Refuses names that are no channels of this site.
   *
   * @throws JobException with exit 99 for one that other sites may have, 64 for one that nobody has
   */
  void check(List<String> names) {
    for (String name : names) {
      if (bound.stream().noneMatch(b -> b.channel.equals(name))) {
        throw new JobException(
            isKnown(name) ? ExitCode.SWITCHED_OFF : ExitCode.USAGE,
            "The site "
                + site.site()
                + " has no channel "
                + name
                + "; add it below channels: or"
                + " leave it out of --channel");
      }
    }
  }

  /**
   * The connectors to run.
   *
   * @param names empty for all
   * @param budget counts their calls, and is told their limits
   * @param reach of those that can say what has changed
   */
  List<ChannelConnector> connect(List<String> names, CallBudget budget, Reach reach) {
    Clock clock = Clock.systemUTC();
    HttpTransport transport = new HttpTransport(Waiting.REAL, clock, site.scratch(), budget);
    Means means = new Means(transport, clock, site.timezone(), site.scratch(), reach);
    List<ChannelConnector> connectors =
        bound.stream()
            .filter(b -> names.isEmpty() || names.contains(b.channel))
            .map(b -> b.connector.apply(means))
            .toList();
    connectors.forEach(c -> budget.limit(c.channel(), limits.of(c)));
    return connectors;
  }
}
