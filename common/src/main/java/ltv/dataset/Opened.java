package ltv.dataset;

import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.lake.Lake;
import ltv.run.Run;

/**
 * Everything of one run that has been opened; whoever opened it closes it.
 *
 * @param run its identity
 * @param site the site file
 * @param lake tables and ledger
 * @param datasets what the job may build and read
 */
public record Opened(Run run, SiteConfig site, Lake lake, Datasets datasets) {
  /** An engine inside this process, with the run's own folder as its scratch. */
  public DuckDb duckDb() {
    return new DuckDb(site.engine(), site.scratch().resolve(run.id()));
  }
}
