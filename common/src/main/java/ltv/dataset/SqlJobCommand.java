package ltv.dataset;

import java.util.List;
import java.util.function.Function;
import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.Engine;
import ltv.lake.Lake;
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

/**
 * The command line of a job that is nothing but datasets. The jobs differ in their folders, and in
 * what follows a run.
 */
@Command(versionProvider = JobVersion.class, mixinStandardHelpOptions = true)
public final class SqlJobCommand extends UpkeepCommands {
  private static final String PUBLISH = "publish";

  private final String job;
  private final Class<?> main;
  private final Function<Opened, Engine> engines;
  private final AfterRun afterRun;

  private SqlJobCommand(
      String job, Class<?> main, Function<Opened, Engine> engines, AfterRun afterRun) {
    super(job, () -> Datasets.packedWith(main), (site, limit) -> 0);
    this.job = job;
    this.main = main;
    this.engines = engines;
    this.afterRun = afterRun;
  }

  /** What follows when the datasets of a run are built, for example publishing marts. */
  @FunctionalInterface
  public interface AfterRun {
    /** For a job whose tables are all there is. */
    AfterRun NOTHING = (opened, report) -> {};

    /** Called once per run, also when nothing changed; adds to the report. */
    void after(Opened opened, RunReport report);
  }

  /** The command line of a job that computes in its own process. */
  public static CommandLine of(String job, Class<?> main, String description, AfterRun afterRun) {
    return of(job, main, description, Opened::duckDb, afterRun);
  }

  /**
   * The command line of a job.
   *
   * @param main the job's class, beside which its dataset folders are packed
   * @param description one sentence for the help page
   * @param engines makes what runs the queries, once for a command that has opened the site
   */
  public static CommandLine of(
      String job,
      Class<?> main,
      String description,
      Function<Opened, Engine> engines,
      AfterRun afterRun) {
    SqlJobCommand command = new SqlJobCommand(job, main, engines, afterRun);
    CommandLine commandLine = new CommandLine(command).setCommandName(job + "-job");
    commandLine.getCommandSpec().usageMessage().description(description);
    if (afterRun == AfterRun.NOTHING) {
      commandLine.getCommandSpec().removeSubcommand(PUBLISH);
    }
    return commandLine;
  }

  /** What a command finds out of tables, with a session to ask them; adds to the report. */
  @FunctionalInterface
  public interface Question {
    /** Called with the site opened to be looked at. */
    void ask(Opened opened, DuckDbSession session, RunReport report);
  }

  /**
   * Runs a command of a job that asks its tables and changes nothing.
   *
   * @return the exit code
   */
  public static int look(String job, Class<?> main, SiteFlags flags, Question question) {
    return look(job, main, flags, Watched.nothing(), question);
  }

  /**
   * The same of a command that changes something elsewhere, of which machines are told.
   *
   * @return the exit code
   */
  public static int look(
      String job, Class<?> main, SiteFlags flags, Watched watched, Question question) {
    return JobMain.run(
        job,
        flags,
        (run, report) -> {
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          DuckDb.wake();
          Datasets datasets = Datasets.seenBy(job, main, flags);
          RunWatch.begin(run, site, watched, report, name -> datasets.get(name).table());
          try (Lake lake = Lake.look(site)) {
            Opened opened = new Opened(run, site, lake, datasets);
            try (DuckDb duckDb = opened.duckDb();
                DuckDbSession session = duckDb.open()) {
              question.ask(opened, session, report);
            }
          }
        });
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Build partitions (the default command).")
  int run(@Mixin RunFlags flags) {
    if (flags.dryRun()) {
      return plan(flags);
    }
    return opened(
        flags,
        Lake::open,
        days -> Watched.run(flags, days, List.of()),
        (opened, engine, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened, engine);
          sqlJob.run(sqlJob.present(flags.only()), days, BuildMode.of(flags), report);
          if (!opened.run().stop().requested()) {
            afterRun.after(opened, report);
          }
        });
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Say what run would build, and why; write nothing.")
  int plan(@Mixin RunFlags flags) {
    return opened(
        flags,
        Lake::look,
        (opened, engine, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened, engine);
          for (Dataset dataset : sqlJob.present(flags.only())) {
            List<PartitionPlan> plans = sqlJob.plan(dataset, days, BuildMode.of(flags));
            PlanPrint.print(dataset.name(), plans, flags, report);
          }
        });
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say what is built, stale, held, final or missing, and what mends it.")
  int status(@Mixin RunFlags flags) {
    return opened(
        flags,
        Lake::lookOnce,
        (opened, engine, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened, engine);
          Days exact = new Days(days.from(), days.to(), Days.Reach.EXACT);
          Status.of(
                  sqlJob.present(flags.only()),
                  dataset ->
                      new Status.Seen(
                          dataset,
                          opened.lake().pin(dataset.table()),
                          sqlJob.plan(dataset, exact, BuildMode.CHANGED)),
                  opened.site().lookbackDays())
              .tell(flags, report);
        });
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Build the days again in scratch and compare with what is committed.")
  int verify(@Mixin RunFlags flags) {
    return opened(
        flags,
        Lake::look,
        (opened, engine, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened, engine);
          sqlJob.verify(sqlJob.present(flags.only()), days, report);
        });
  }

  @Command(
      name = PUBLISH,
      mixinStandardHelpOptions = true,
      description = "Bring what readers see up to the tables; build nothing.")
  int publish(@Mixin SiteFlags flags) {
    return opened(
        flags,
        Lake::look,
        site -> null,
        days -> Watched.command(PUBLISH, flags, days, List.of()),
        (opened, engine, days, report) -> afterRun.after(opened, report));
  }

  @FunctionalInterface
  private interface Work {
    void on(Opened opened, Engine engine, Days days, RunReport report);
  }

  /** A command that only looks. */
  private int opened(RunFlags flags, Function<SiteConfig, Lake> lakes, Work work) {
    return opened(flags, lakes, days -> Watched.nothing(), work);
  }

  private int opened(
      RunFlags flags,
      Function<SiteConfig, Lake> lakes,
      Function<Days, Watched> watched,
      Work work) {
    return opened(flags, lakes, site -> flags.days(site.timezone()), watched, work);
  }

  private int opened(
      SiteFlags flags,
      Function<SiteConfig, Lake> lakes,
      Function<SiteConfig, Days> daysOf,
      Function<Days, Watched> watched,
      Work work) {
    return JobMain.run(
        job,
        flags,
        (run, report) -> {
          Datasets datasets = Datasets.seenBy(job, main, flags);
          datasets.readAhead(List.of(job));
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Days days = daysOf.apply(site);
          RunWatch watch =
              RunWatch.begin(
                  run, site, watched.apply(days), report, name -> datasets.get(name).table());
          try (Lake lake = lakes.apply(site)) {
            Opened opened = new Opened(run, site, lake, datasets);
            try (Engine engine = engines.apply(opened)) {
              work.on(opened, engine, days, report);
            }
            watch.look(lake);
          }
        });
  }
}
