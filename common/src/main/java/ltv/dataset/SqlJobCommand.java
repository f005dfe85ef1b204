package ltv.dataset;

import java.util.List;
import java.util.function.Function;
import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.lake.Lake;
import ltv.run.Days;
import ltv.run.JobMain;
import ltv.run.JobVersion;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command line of a job that is nothing but datasets. The jobs differ in their folders, and in
 * what follows a run.
 */
@Command(versionProvider = JobVersion.class, mixinStandardHelpOptions = true)
public final class SqlJobCommand {
  private final String job;
  private final Class<?> main;
  private final AfterRun afterRun;

  private SqlJobCommand(String job, Class<?> main, AfterRun afterRun) {
    this.job = job;
    this.main = main;
    this.afterRun = afterRun;
  }

  /** What follows when the datasets of a run are built, for example publishing marts. */
  @FunctionalInterface
  public interface AfterRun {
    /** Called once per run, also when nothing changed; adds to the report. */
    void after(Opened opened, RunReport report);
  }

  /**
   * The command line of a job.
   *
   * @param main the job's class, beside which its dataset folders are packed
   * @param description one sentence for the help page
   */
  public static CommandLine of(String job, Class<?> main, String description, AfterRun afterRun) {
    SqlJobCommand command = new SqlJobCommand(job, main, afterRun);
    CommandLine commandLine = new CommandLine(command).setCommandName(job + "-job");
    commandLine.getCommandSpec().usageMessage().description(description);
    UpkeepCommands.addTo(commandLine, job, () -> Datasets.packedWith(main), (site, limit) -> 0);
    return commandLine;
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
        (opened, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened);
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
        (opened, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened);
          for (Dataset dataset : sqlJob.present(flags.only())) {
            List<PartitionPlan> plans = sqlJob.plan(dataset, days, BuildMode.of(flags));
            PlanPrint.print(dataset.name(), plans, flags, report);
          }
        });
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say what is built for the days, from the ledger.")
  int status(@Mixin RunFlags flags) {
    return opened(
        flags,
        Lake::look,
        (opened, days, report) -> {
          Status status = new Status(opened.lake());
          for (Dataset dataset : new SqlJob(opened).present(flags.only())) {
            status.print(dataset, days, flags, report);
          }
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
        (opened, days, report) -> {
          SqlJob sqlJob = new SqlJob(opened);
          sqlJob.verify(sqlJob.present(flags.only()), days, report);
        });
  }

  @FunctionalInterface
  private interface Work {
    void on(Opened opened, Days days, RunReport report);
  }

  private int opened(RunFlags flags, Function<SiteConfig, Lake> lakes, Work work) {
    return JobMain.run(
        job,
        flags,
        (run, report) -> {
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Days days = flags.days(site.timezone());
          Datasets packed = Datasets.packedWith(main);
          Datasets datasets =
              flags.datasets().map(folder -> packed.withFolder(job, folder)).orElse(packed);
          try (Lake lake = lakes.apply(site);
              DuckDb engine = new DuckDb(site.engine(), site.scratch().resolve(run.id()))) {
            work.on(new Opened(run, site, lake, engine, datasets), days, report);
          }
        });
  }
}
