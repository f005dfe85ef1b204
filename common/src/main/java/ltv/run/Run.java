package ltv.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * The identity of one run of one job.
 *
 * @param job the job's name, for example {@code cleanse}
 * @param id unique and sortable by start; goes into snapshots, landing folders and logs
 * @param startedAt for the ledger and the report only; no result depends on it
 * @param stop asked between partitions
 */
public record Run(String job, String id, Instant startedAt, StopSignal stop) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss[SSS]'Z'").withZone(ZoneOffset.UTC);

  /** When the run of an id began; ids of before 2026-12 say it to the second. */
  public static Instant begun(String id) {
    return STAMP.parse(id.substring(0, id.indexOf('-')), Instant::from);
  }

  /** A run that begins now. */
  public static Run start(String job, Clock clock, StopSignal stop) {
    Instant now = clock.instant();
    return new Run(
        job, STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8), now, stop);
  }
}
