package ltv.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ltv.config.SiteConfig;
import ltv.config.TokenEnds;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.Doctor;
import ltv.dataset.Opened;
import ltv.dataset.PlanPrint;
import ltv.dataset.Status;
import ltv.dataset.UpkeepCommands;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.Reach;
import ltv.ingest.http.Waiting;
import ltv.ingest.land.Landing;
import ltv.ingest.land.OldLanding;
import ltv.ingest.plan.CallBudget;
import ltv.lake.Lake;
import ltv.lake.Pin;
import ltv.lake.Storage;
import ltv.run.Days;
import ltv.run.JobMain;
import ltv.run.JobVersion;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import ltv.watch.RunWatch;
import ltv.watch.Watched;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the ingest job, and its wiring. */
@Command(
    name = "ingest-job",
    versionProvider = JobVersion.class,
    mixinStandardHelpOptions = true,
    description = "Reads every channel, keeps the bytes, and commits typed rows.")
public final class IngestCommand extends UpkeepCommands {
  private IngestCommand() {
    super("ingest", () -> Datasets.packedWith(IngestCommand.class), OldLanding::remove);
  }

  /** Runs the job and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return JobMain.execute(new CommandLine(new IngestCommand()), List.of(), args);
  }

  /** The flag that only this job has. */
  static final class ChannelFlag {
    @Option(
        names = "--channel",
        split = ",",
        paramLabel = "NAME",
        description = "Only these channels.")
    private List<String> channels = List.of();

    @Option(
        names = "--full",
        description = "Read whole what is otherwise read by its changes (the CRM's tables).")
    private boolean full;

    private boolean wants(String dataset) {
      return channels.isEmpty()
          || channels.stream().anyMatch(c -> dataset.startsWith("src_" + c + "__"));
    }
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Read and commit days (the default command).")
  int run(@Mixin RunFlags flags, @Mixin ChannelFlag channel) {
    if (flags.dryRun()) {
      return plan(flags, channel);
    }
    return opened(
        flags,
        channel,
        Lake::open,
        days -> Watched.run(flags, days, channel.channels),
        (job, connectors, days, report) ->
            job.run(connectors, flags.only(), days, BuildMode.of(flags), report));
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Say which days would be read, and why; call nobody.")
  int plan(@Mixin RunFlags flags, @Mixin ChannelFlag channel) {
    return opened(
        flags,
        channel,
        Lake::look,
        (job, connectors, days, report) -> {
          for (ChannelConnector connector : connectors) {
            job.plan(connector, flags.only(), days, BuildMode.of(flags), report)
                .forEach((dataset, plans) -> PlanPrint.print(dataset, plans, flags, report));
          }
        });
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say what is read, held, final or missing, and what mends it.")
  int status(@Mixin RunFlags flags, @Mixin ChannelFlag channel) {
    return JobMain.run(
        "ingest",
        flags,
        (run, report) -> {
          // the ledger is asked, no channel: nobody's secrets are needed
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Datasets datasets = Datasets.packedWith(IngestCommand.class);
          try (Lake lake = Lake.lookOnce(site)) {
            Days days = flags.days(site.timezone());
            List<Dataset> wanted =
                datasets.present("ingest", site, flags.only()).stream()
                    .filter(d -> channel.wants(d.name()) && !d.name().equals(Restatements.DATASET))
                    .toList();
            Status.of(wanted, d -> seen(d, lake, days), site.lookbackDays()).tell(flags, report);
            LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), site.timezone());
            ChannelFigures.warn(TokenEnds.soon(site, today), report);
          }
        });
  }

  private static Status.Seen seen(Dataset dataset, Lake lake, Days days) {
    Pin pin = lake.pin(dataset.table());
    return new Status.Seen(dataset, pin, Status.ofSource(dataset, pin, days));
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Type the landed bytes again and compare with what is committed; call nobody.")
  int verify(@Mixin RunFlags flags, @Mixin ChannelFlag channel) {
    return opened(
        flags,
        channel,
        Lake::look,
        (job, connectors, days, report) -> job.verify(connectors, flags.only(), days, report));
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Build the days again from the landed bytes; call nobody.")
  int replay(@Mixin RunFlags flags, @Mixin ChannelFlag channel) {
    return opened(
        flags,
        channel,
        Lake::open,
        days -> Watched.command("replay", flags, days, channel.channels),
        (job, connectors, days, report) ->
            job.replay(connectors, flags.only(), days, BuildMode.of(flags), report));
  }

  /** Whom to erase. */
  static final class SubjectFlags {
    @Option(
        names = "--subject",
        paramLabel = "ID",
        description =
            "An id of the person in any source: user or device id, e-mail address, phone number. Once for each that is known.")
    private List<String> ids = List.of();

    @Option(
        names = "--customer-id",
        paramLabel = "ID",
        description = "The person's id as a customer in the CRM or in order files.")
    private List<String> customers = List.of();
  }

  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description =
          "Remove a person from landing, tables and old versions, and look whether anything is left anywhere. Nothing else may run meanwhile.")
  int erase(@Mixin SiteFlags flags, @Mixin SubjectFlags subject) {
    return wired(
        flags,
        new ChannelFlag(),
        Lake::open,
        site -> Watched.command("erase", flags, null, List.of()),
        (wired, report) ->
            new Erasure(wired.opened, wired.channels, wired.landing, wired.budget, wired.clock)
                .run(wired.connectors, subject.ids, subject.customers, report));
  }

  @Override
  protected void examine(SiteFlags flags, Doctor doctor) {
    doctor.examine("channels", () -> ChannelExamination.of(flags.config(), doctor));
  }

  @FunctionalInterface
  private interface Work {
    void on(IngestJob job, List<ChannelConnector> connectors, Days days, RunReport report);
  }

  /** A command that only looks. */
  private static int opened(
      RunFlags flags, ChannelFlag channel, Function<SiteConfig, Lake> lakes, Work work) {
    return opened(flags, channel, lakes, days -> Watched.nothing(), work);
  }

  private static int opened(
      RunFlags flags,
      ChannelFlag channel,
      Function<SiteConfig, Lake> lakes,
      Function<Days, Watched> watched,
      Work work) {
    return wired(
        flags,
        channel,
        lakes,
        site -> watched.apply(flags.days(site.timezone())),
        (wired, report) -> {
          Days days = flags.days(wired.channels.site().timezone());
          ChannelFigures figures = new ChannelFigures(wired.channels, wired.connectors, report);
          figures.tokens(wired.clock);
          IngestJob job =
              new IngestJob(wired.opened, wired.channels, wired.landing, wired.budget, wired.clock);
          work.on(job, wired.connectors, days, report);
          figures.calls(wired.budget);
        });
  }

  /** What a command works with. */
  private record Wired(
      Opened opened,
      Channels channels,
      Landing landing,
      CallBudget budget,
      Clock clock,
      List<ChannelConnector> connectors) {}

  private static int wired(
      SiteFlags flags,
      ChannelFlag channel,
      Function<SiteConfig, Lake> lakes,
      Function<SiteConfig, Watched> watched,
      BiConsumer<Wired, RunReport> work) {
    return JobMain.run(
        "ingest",
        flags,
        (run, report) -> {
          Channels channels = Channels.bind(flags.config(), System.getenv(), channel.channels);
          SiteConfig site = channels.site();
          channels.check(channel.channels);
          Datasets datasets = channels.datasets();
          RunWatch watch =
              RunWatch.begin(
                  run, site, watched.apply(site), report, name -> datasets.get(name).table());
          try (Lake lake = lakes.apply(site)) {
            Opened opened = new Opened(run, site, lake, datasets);
            Clock clock = Clock.systemUTC();
            Landing landing = new Landing(Storage.landing(site), run.id(), clock);
            CallBudget budget = new CallBudget(lake.state(), clock, Waiting.REAL);
            Reach reach = channel.full ? Reach.WHOLE : Reach.CHANGES;
            List<ChannelConnector> connectors = channels.connect(channel.channels, budget, reach);
            work.accept(new Wired(opened, channels, landing, budget, clock, connectors), report);
            watch.look(lake);
          }
        });
  }
}
