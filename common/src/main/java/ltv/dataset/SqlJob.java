package ltv.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import ltv.config.SiteConfig;
import ltv.lake.LedgerEntry;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the datasets of one job, each after its inputs; one that fails does not stop the others. */
public final class SqlJob {
  private static final Logger log = LoggerFactory.getLogger(SqlJob.class);

  /** Kinds of failure that say nothing about the next dataset; a full disk or heap does. */
  private static final Set<ExitCode> OF_ONE_DATASET = Set.of(ExitCode.BUG, ExitCode.CONFIGURATION);

  private final Run run;
  private final SiteConfig site;
  private final Datasets datasets;
  private final SqlStage stage;

  public SqlJob(Opened opened) {
    this.run = opened.run();
    this.site = opened.site();
    this.datasets = opened.datasets();
    this.stage = new SqlStage(run, site, opened.lake(), opened.engine(), opened.datasets());
  }

  /**
   * The datasets of this job that the site can have.
   *
   * @param only names; empty for all
   */
  public List<Dataset> present(List<String> only) {
    only.forEach(datasets::get);
    Predicate<Dataset> wanted = d -> only.isEmpty() || only.contains(d.name());
    return datasets.inOrder(run.job()).stream()
        .filter(wanted)
        .filter(d -> datasets.present(d, site))
        .toList();
  }

  /** Builds what is to be built and adds every end to the report. */
  public void run(List<Dataset> wanted, Days days, BuildMode mode, RunReport report) {
    for (Dataset dataset : wanted) {
      if (run.stop().requested()) {
        log.warn("told to stop: ending before {}", dataset.name());
        return;
      }
      MDC.put("dataset", dataset.name());
      long started = System.nanoTime();
      try {
        List<PartitionOutcome> outcomes = stage.run(dataset, days, mode);
        report.add(outcomes);
        RunReport.tell(outcomes, started);
      } catch (JobException e) {
        if (!OF_ONE_DATASET.contains(e.exitCode())) {
          throw e;
        }
        log.error(e.getMessage());
        report.failed(e);
      }
      MDC.remove("dataset");
    }
  }

  /** Builds again in scratch what is committed, and adds to the report whether it is the same. */
  public void verify(List<Dataset> wanted, Days days, RunReport report) {
    Map<LedgerEntry, Optional<String>> known = new HashMap<>();
    for (Dataset dataset : wanted) {
      long started = System.nanoTime();
      MDC.put("dataset", dataset.name());
      List<PartitionOutcome> outcomes = stage.verify(dataset, days, known);
      report.add(outcomes);
      RunReport.tell(outcomes, started);
      MDC.remove("dataset");
    }
  }

  /** What {@link #run} would do with one dataset. */
  public List<PartitionPlan> plan(Dataset dataset, Days days, BuildMode mode) {
    return stage.plan(dataset, days, mode);
  }
}
