package ltv.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ltv.config.PersonalData;
import ltv.config.Settings;
import ltv.config.SiteConfig;
import ltv.config.TokenEnds;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.channel.sheets.SheetsConnector;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.type.IngestFunctions;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The channels of a site: each one's settings bound to its connector. To add a channel, add a line
 * to {@link ChannelKind#ALL}.
 */
final class Channels {
  private static final String CALL_LIMITS = "call_limits";

  private final SiteConfig site;
  private final List<ChannelKind.Bound> bound;
  private final CallLimits limits;
  private final Map<String, RawShape> declaredShapes;
  private final IngestFunctions functions;

  private Channels(
      SiteConfig site,
      List<ChannelKind.Bound> bound,
      CallLimits limits,
      Map<String, RawShape> declaredShapes,
      IngestFunctions functions) {
    this.site = site;
    this.bound = bound;
    this.limits = limits;
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
    boolean hashing = ChannelKind.HIDING.stream().anyMatch(wanted);
    boolean mayHash = hashing || wanted.test(FileConnector.CHANNEL);
    Optional<PersonalData> personal =
        mayHash ? settings.bind("personal_data", PersonalData.class) : Optional.empty();
    List<ChannelKind.Bound> bound =
        ChannelKind.ALL.stream()
            .filter(kind -> wanted.test(kind.channel()))
            .flatMap(kind -> kind.bind(settings).stream())
            .toList();
    Map<String, RawShape> declared = new TreeMap<>();
    Datasets datasets = Datasets.packedWith(Channels.class);
    for (ChannelKind.Bound channel : bound) {
      if (channel.config() instanceof SiteShapes own) {
        String path = "channels." + channel.channel() + ".";
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
    return ChannelKind.ALL.stream().anyMatch(kind -> kind.channel().equals(channel));
  }

  /** Of the sheets only one names people. */
  private static boolean hidesNobody(SiteConfig site) {
    return site.personalData() == null
        && ChannelKind.HIDING.stream()
            .filter(site.channels()::containsKey)
            .anyMatch(
                channel ->
                    !channel.equals(SheetsConnector.CHANNEL)
                        || site.channels().get(channel).path("streams").has("test_users"));
  }

  private static void refuseUnknown(Settings settings) {
    String known =
        ChannelKind.ALL.stream().map(ChannelKind::channel).collect(Collectors.joining(", "));
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

  /** Tokens that end soon, or have ended, of the channels that are asked for: what to do. */
  Map<String, String> expiring(LocalDate today) {
    Map<String, String> expiring = TokenEnds.soon(site, today);
    expiring.keySet().retainAll(bound.stream().map(ChannelKind.Bound::channel).toList());
    return expiring;
  }

  /**
   * Refuses names that are no channels of this site.
   *
   * @throws JobException with exit 99 for one that other sites may have, 64 for one that nobody has
   */
  void check(List<String> names) {
    for (String name : names) {
      if (bound.stream().noneMatch(b -> b.channel().equals(name))) {
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
    HttpTransport transport = new HttpTransport(budget.waiting(), clock, site.scratch(), budget);
    ChannelKind.Means means =
        new ChannelKind.Means(transport, clock, site.timezone(), site.scratch(), reach);
    List<ChannelConnector> connectors =
        bound.stream()
            .filter(b -> names.isEmpty() || names.contains(b.channel()))
            .map(b -> b.connector().apply(means))
            .toList();
    connectors.forEach(c -> budget.limit(c.channel(), limits.of(c)));
    return connectors;
  }
}
