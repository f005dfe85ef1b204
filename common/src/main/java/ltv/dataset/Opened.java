package ltv.dataset;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;
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

  /**
   * Lets a session read a dataset's day by the dataset's name, as it is published now; without any
   * row where the day is not built.
   *
   * @return whether it is built
   */
  public boolean see(DuckDbSession session, String name, LocalDate day) {
    return see(session, name, day, day);
  }

  /**
   * The same with all days from an earlier one on, null for all of them.
   *
   * @return whether the day itself is built
   */
  public boolean see(DuckDbSession session, String name, LocalDate from, LocalDate day) {
    Dataset dataset = datasets.get(name);
    List<Column> columns = dataset.schema().columns();
    Optional<LakeTable> table = lake.existing(dataset.table());
    Optional<Pin> pin = table.map(LakeTable::pin);
    boolean built = pin.isPresent() && pin.get().published().containsKey(Partition.of(day));
    if (built) {
      session.read(name, table.get(), pin.get(), columns, from, day, Reading.VIEW);
    } else {
      session.table(name, columns, List.of());
    }
    return built;
  }

  /**
   * The same for a day that must be there.
   *
   * @throws JobException with exit 66 when it is not built
   */
  public void seeBuilt(DuckDbSession session, String name, LocalDate day) {
    must(see(session, name, day, day), name, day);
  }

  /**
   * The same with all days before; later ones may be seen too.
   *
   * @throws JobException with exit 66 when the day itself is not built
   */
  public void seeBuiltUntil(DuckDbSession session, String name, LocalDate day) {
    must(see(session, name, null, day), name, day);
  }

  /**
   * The same with all days from an earlier one on, which itself need not be built.
   *
   * @throws JobException with exit 66 when the day is not built
   */
  public void seeBuilt(DuckDbSession session, String name, LocalDate from, LocalDate day) {
    must(see(session, name, from, day), name, day);
  }

  private void must(boolean built, String name, LocalDate day) {
    if (!built) {
      throw new JobException(
          ExitCode.NOT_READY,
          "%s has no day %s: run %s for it, or ask for a day that was run."
              .formatted(name, day, datasets.get(name).job()));
    }
  }
}
