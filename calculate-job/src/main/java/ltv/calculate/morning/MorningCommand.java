package ltv.calculate.morning;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.config.TokenEnds;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.Mending;
import ltv.dataset.Opened;
import ltv.dataset.PartitionPlan;
import ltv.dataset.PartitionStatus;
import ltv.dataset.SqlStage;
import ltv.dataset.Status;
import ltv.engine.DuckDb;
import ltv.lake.Lake;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.JobMain;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import ltv.watch.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code morning}: how a day is in all four jobs and before readers, and what there is to do. */
@Command(
    name = "morning",
    mixinStandardHelpOptions = true,
    description = {
      "One page for all four jobs: what is built, stale, held, missing or not before readers, and the"
          + " command that mends it. Ends with 0 when there is nothing to do, 65 when a person has to"
          + " decide, else 66."
    })
public final class MorningCommand implements Callable<Integer> {
  private final Class<?> main;
  private final Clock clock;

  @Mixin private RunFlags flags;

  /**
   * The command.
   *
   * @param main the job's class, beside which the datasets of all jobs are packed
   * @param clock says when it was looked, and which tokens end soon
   */
  public MorningCommand(Class<?> main, Clock clock) {
    this.main = main;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    return JobMain.run(
        "calculate",
        flags,
        (run, report) -> {
          Datasets datasets = Datasets.seenBy("calculate", main, flags);
          datasets.readAhead(Datasets.JOBS);
          SiteConfig site = SiteConfig.read(flags.config(), System.getenv());
          Days days = flags.days(site.timezone());
          try (Lake lake = Lake.lookOnce(site)) {
            Opened opened = new Opened(run, site, lake, datasets);
            try (DuckDb engine = opened.duckDb()) {
              SqlStage stage = new SqlStage(run, site, lake, engine, datasets);
              List<Dataset> owing =
                  Datasets.JOBS.stream()
                      .flatMap(job -> datasets.present(job, site, flags.only()).stream())
                      .filter(Dataset::owesDays)
                      .toList();
              Status status =
                  Status.of(owing, d -> seen(d, stage, opened, days), site.lookbackDays());
              tell(status.found(), opened, days, report);
            }
          }
        });
  }

  private static Status.Seen seen(Dataset dataset, SqlStage stage, Opened opened, Days days) {
    Pin pin = opened.lake().pin(dataset.table());
    List<PartitionPlan> plans = new ArrayList<>();
    heldBefore(pin, days, opened.site().lookbackDays())
        .map(day -> new Days(day, day, Days.Reach.EXACT))
        .forEach(day -> plans.addAll(plans(dataset, stage, pin, day)));
    plans.addAll(plans(dataset, stage, pin, new Days(days.from(), days.to(), Days.Reach.EXACT)));
    return new Status.Seen(dataset, pin, plans);
  }

  private static List<PartitionPlan> plans(Dataset dataset, SqlStage stage, Pin pin, Days exact) {
    return dataset.isSource()
        ? Status.ofSource(dataset, pin, exact)
        : stage.plan(dataset, exact, BuildMode.CHANGED);
  }

  /** Of a day's page: what an earlier morning left undecided. */
  private static Stream<LocalDate> heldBefore(Pin pin, Days days, int lookbackDays) {
    List<LocalDate> lookback = days.lookback(lookbackDays);
    return pin.held().keySet().stream()
        .flatMap(p -> p.day().stream())
        .filter(lookback::contains)
        .sorted();
  }

  private void tell(List<PartitionStatus> found, Opened opened, Days days, RunReport report) {
    SiteConfig site = opened.site();
    ZonedDateTime now = clock.instant().atZone(site.timezone());
    LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    Map<String, String> whys =
        found.stream().anyMatch(s -> s.dataset().isSource() && s.isToCome())
            ? RunFile.whys(site, "ingest", since)
            : Map.of();
    List<Mending> toDo = new ArrayList<>(Mending.of(found, flags, whys));
    String seen = readers(found, site, days, toDo);
    Map<String, String> tokens = TokenEnds.soon(site, now.toLocalDate());
    Page page = new Page(found, toDo, seen, tokens);
    if (flags.text()) {
      System.out.print(page.text("%s, %s".formatted(site.site(), days), now));
    }
    page.facts().forEach(report::fact);
    toDo.forEach(m -> report.failed(new JobException(m.exit(), Page.sentence(m))));
  }

  /** What readers see, in words; adds what there is to do about it. */
  private String readers(
      List<PartitionStatus> found, SiteConfig site, Days days, List<Mending> toDo) {
    try {
      Readers readers = Readers.of(site.marts(), days);
      List<PartitionStatus> behind = readers.behind(found);
      // a run of calculate publishes, too
      if (!behind.isEmpty() && toDo.stream().noneMatch(m -> m.job().equals("calculate"))) {
        toDo.add(
            new Mending(
                "unpublished",
                "calculate",
                Mending.names(behind) + ": built, and readers do not have it",
                Optional.of(Mending.command("calculate publish", flags)),
                ExitCode.NOT_READY));
      }
      return readers.words(found, behind, site.timezone());
    } catch (JobException e) {
      toDo.add(
          new Mending(
              "away",
              "calculate",
              e.getMessage(),
              // says the same until the database is back, then brings readers what is built
              Optional.of(Mending.command("calculate publish", flags)),
              e.exitCode()));
      return site.marts() + " cannot be asked";
    }
  }
}
