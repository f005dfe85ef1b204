package ltv.dataset;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import ltv.config.SiteConfig;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Retention;
import ltv.lake.ScratchFiles;
import ltv.lake.Vacuumed;
import ltv.run.JobMain;
import ltv.run.Run;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import ltv.watch.RunFile;
import ltv.watch.RunWatch;
import ltv.watch.Watched;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that keep a job's tables in order; every job inherits them. */
@Command
public abstract class UpkeepCommands {
  private final String job;
  private final Supplier<Datasets> packed;
  private final Leftovers leftovers;

  /**
   * The commands of a job.
   *
   * @param packed the dataset folders that its jar has, looked at when a command needs them
   * @param leftovers what its vacuum removes besides
   */
  protected UpkeepCommands(String job, Supplier<Datasets> packed, Leftovers leftovers) {
    this.job = job;
    this.packed = packed;
    this.leftovers = leftovers;
  }

  /** What a job leaves outside its tables. */
  @FunctionalInterface
  public interface Leftovers {
    /** Removes what is older than this and of no use to anybody; returns how many files. */
    long removeOlderThan(SiteConfig site, Instant limit);
  }

  /** How long the past is kept. */
  static final class RetentionFlags {
    @Option(
        names = "--keep-history",
        paramLabel = "DURATION",
        defaultValue = "P14D",
        description =
            "Versions younger than this stay, for rollback and time travel (default ${DEFAULT-VALUE}).")
    private Duration history;

    @Option(
        names = "--keep-snapshots",
        paramLabel = "N",
        defaultValue = "30",
        description = "So many versions stay however old they are (default ${DEFAULT-VALUE}).")
    private int snapshots;

    @Option(
        names = "--orphans-older-than",
        paramLabel = "DURATION",
        defaultValue = "P3D",
        description =
            "Files that no version knows go at this age, which must exceed the longest job (default"
                + " ${DEFAULT-VALUE}).")
    private Duration orphans;

    @Option(
        names = "--keep-runs",
        paramLabel = "DURATION",
        defaultValue = "P90D",
        description =
            "Reports of runs in _runs that are younger than this stay (default ${DEFAULT-VALUE}).")
    private Duration runs;

    private Retention retention() {
      return new Retention(history, snapshots, orphans);
    }
  }

  @Command(
      name = "vacuum",
      mixinStandardHelpOptions = true,
      description = "Remove old versions of the job's tables, and files that nobody knows.")
  int vacuum(@Mixin SiteFlags flags, @Mixin RetentionFlags retention) {
    return onTables(
        "vacuum",
        flags,
        (tables, report) -> {
          Clock clock = Clock.systemUTC();
          long snapshots = 0;
          long files = 0;
          for (Dataset dataset : tables.present) {
            LakeTable table = tables.lake.existing(dataset.table()).orElse(null);
            if (table != null) {
              Vacuumed gone = table.vacuum(retention.retention(), clock.instant());
              snapshots += gone.snapshots();
              files += gone.files();
              tell(
                  flags,
                  "%-34s %6d versions, %6d files, %,d bytes",
                  dataset.name(),
                  gone.snapshots(),
                  gone.files(),
                  gone.bytes());
            }
          }
          Instant limit = clock.instant().minus(retention.orphans);
          long rest =
              ScratchFiles.removeOlderThan(tables.site.scratch(), limit)
                  + leftovers.removeOlderThan(tables.site, limit);
          long runs = RunFile.removeBefore(tables.site, clock.instant().minus(retention.runs));
          files += rest + runs;
          tell(flags, "%-34s %22d files", "scratch of this host, landing", rest);
          tell(flags, "%-34s %22d files", "reports of runs", runs);
          report.fact("vacuumed.versions", snapshots + "");
          report.fact("vacuumed.files", files + "");
        });
  }

  @Command(
      name = "recover",
      mixinStandardHelpOptions = true,
      description =
          "Tell an empty state database what the warehouse knows of the job's tables: catalog"
              + " entries and ledger.")
  int recover(@Mixin SiteFlags flags) {
    return onTables(
        "recover",
        flags,
        (tables, report) -> {
          int lines = 0;
          for (Dataset dataset : tables.present) {
            int found = tables.lake.recover(dataset.table());
            lines += Math.max(found, 0);
            String what = found < 0 ? "was never written" : found + " lines of the ledger";
            tell(flags, "%-34s %s", dataset.name(), what);
          }
          report.fact("recovered.lines", lines + "");
        });
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description =
          "Put back the version that each day had before its newest one. It stays until a run builds"
              + " the day again.")
  int rollback(@Mixin RunFlags flags) {
    return onTables(
        "rollback",
        flags,
        (tables, report) -> {
          for (Dataset dataset : tables.present) {
            Optional<LakeTable> table = tables.lake.existing(dataset.table());
            if (table.isPresent() && dataset.schema().partition() != null) {
              Run run = tables.run;
              report.dataset(
                  dataset.name(),
                  () ->
                      flags.days(tables.site.timezone()).all().stream()
                          .map(Partition::of)
                          .map(p -> table.get().rollBack(p, run.id(), run.startedAt()))
                          .toList());
            }
          }
        });
  }

  @Command(
      name = "doctor",
      mixinStandardHelpOptions = true,
      description = "Try whatever the job needs: databases, places, rights, disk, clock.")
  int doctor(@Mixin SiteFlags flags) {
    return JobMain.run(
        job,
        flags,
        (run, report) -> {
          Doctor doctor = new Doctor(SiteConfig.read(flags.config(), System.getenv()), run.id());
          doctor.examine(Clock.systemUTC());
          examine(flags, doctor);
          if (flags.text()) {
            doctor.findings().forEach(System.out::println);
          }
          doctor.failures().forEach(report::failed);
        });
  }

  /** What only this job needs is tried here. */
  protected void examine(SiteFlags flags, Doctor doctor) {}

  private static void tell(SiteFlags flags, String format, Object... values) {
    if (flags.text()) {
      System.out.println(format.formatted(values));
    }
  }

  /** The tables that a command is about. */
  private record Tables(Run run, SiteConfig site, Lake lake, List<Dataset> present) {}

  private int onTables(String command, SiteFlags flags, BiConsumer<Tables, RunReport> work) {
    return JobMain.run(
        job,
        flags,
        (run, report) -> {
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Datasets own = packed.get();
          Datasets datasets = flags.datasets().map(dir -> own.withFolder(job, dir)).orElse(own);
          RunWatch watch =
              RunWatch.begin(
                  run,
                  site,
                  Watched.command(command, flags, null, List.of()),
                  report,
                  name -> datasets.get(name).table());
          try (Lake lake = Lake.open(site)) {
            List<Dataset> present = datasets.present(job, site, flags.only());
            work.accept(new Tables(run, site, lake, present), report);
            watch.look(lake);
          }
        });
  }
}
