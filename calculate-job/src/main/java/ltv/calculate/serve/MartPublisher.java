package ltv.calculate.serve;

import java.util.Locale;
import java.util.function.Supplier;
import ltv.config.DatabaseSettings;
import ltv.dataset.Opened;
import ltv.engine.DuckDb;
import ltv.run.RunReport;

/** Brings what readers see up to what is current in the lake, all marts of a run at once. */
public abstract class MartPublisher {
  /** What happened. */
  public enum Published {
    REPLACED,
    UNCHANGED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Publishes the marts of the site, after a run or by itself. */
  public static void publish(Opened opened, RunReport report) {
    DatabaseSettings place = opened.site().marts();
    try (DuckDb engine = opened.duckDb()) {
      MartPublisher publisher =
          place.isServer() ? new MartServer(place, engine) : new MartFile(place.file(), engine);
      Published published =
          publisher.publish(() -> Marts.look(opened, report.outcomes()), opened.run().id());
      report.fact("marts", place.toString());
      report.fact("published", published.toString());
    }
  }

  /**
   * Publishes. Two publishers take turns.
   *
   * @param look asked once it is this publisher's turn, so that the later one never puts an older
   *     state over a newer one
   * @throws ltv.run.JobException with exit 75 when the place does not take it; the old rows stay
   */
  abstract Published publish(Supplier<Marts> look, String runId);
}
