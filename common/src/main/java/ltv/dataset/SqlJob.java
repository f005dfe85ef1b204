package ltv.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ltv.config.SiteConfig;
import ltv.engine.Engine;
import ltv.lake.LedgerEntry;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the datasets of one job, each after its inputs; one that fails does not stop the others. */
public final class SqlJob {
  private static final Logger log = LoggerFactory.getLogger(SqlJob.class);

  /** Kinds of failure that say nothing about the next dataset; a full disk or heap does. */
  private static final Set<ExitCode> OF_ONE_DATASET = Set.of(ExitCode.BUG, ExitCode.CONFIGURATION);

  private final Run run;
  private final SiteConfig site;
  private final Datasets datasets;
  private final SqlStage stage;

  /** A job whose queries run in {@code engine}. */
  public SqlJob(Opened opened, Engine engine) {
    this.run = opened.run();
    this.site = opened.site();
    this.datasets = opened.datasets();
    this.stage = new SqlStage(run, site, opened.lake(), engine, opened.datasets());
  }

  /**
   * The datasets of this job that the site can have.
   *
   * @param only names; empty for all
   */
  public List<Dataset> present(List<String> only) {
    return datasets.present(run.job(), site, only);
  }

  /** Builds what is to be built and adds every end to the report. */
  public void run(List<Dataset> wanted, Days days, BuildMode mode, RunReport report) {
    for (Dataset dataset : wanted) {
      if (run.stop().requested()) {
        log.warn("told to stop: ending before {}", dataset.name());
        return;
      }
      report.dataset(dataset.name(), () -> built(dataset, days, mode, report));
    }
  }

  private List<PartitionOutcome> built(
      Dataset dataset, Days days, BuildMode mode, RunReport report) {
    try {
      List<PartitionOutcome> outcomes = stage.run(dataset, days, mode);
      report.read(dataset.name(), stage.pinned());
      return outcomes;
    } catch (JobException e) {
      if (!OF_ONE_DATASET.contains(e.exitCode())) {
        throw e;
      }
      log.error(e.getMessage());
      report.failed(e);
      return List.of();
    }
  }

  /** Builds again in scratch what is committed, and adds to the report whether it is the same. */
  public void verify(List<Dataset> wanted, Days days, RunReport report) {
    Map<LedgerEntry, Optional<String>> known = new HashMap<>();
    for (Dataset dataset : wanted) {
      report.dataset(dataset.name(), () -> stage.verify(dataset, days, known));
    }
  }

  /** What {@link #run} would do with one dataset. */
  public List<PartitionPlan> plan(Dataset dataset, Days days, BuildMode mode) {
    return stage.plan(dataset, days, mode);
  }
}
