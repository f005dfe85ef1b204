package ltv.watch;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import ltv.run.Days;
import ltv.run.SiteFlags;

/**
 * The run that is watched, and what keeps its figures apart from those of others.
 *
 * @param command such as run; a run of given days is a backfill, whose end says nothing of the
 *     daily one's
 * @param channels only these were read; empty for all
 * @param flags of the command
 * @param day last day that it was about; empty for a command without days
 */
public record Watched(
    String command, List<String> channels, SiteFlags flags, Optional<LocalDate> day) {
  private static final String RUN = "run";

  public Watched {
    channels = channels.stream().sorted().toList();
  }

  /** A run of the daily days, or of given ones. */
  public static Watched run(SiteFlags flags, Days days, List<String> channels) {
    String command = days.reach() == Days.Reach.EXACT ? "backfill" : RUN;
    return new Watched(command, channels, flags, Optional.of(days.to()));
  }

  /** Any other command that changes something; {@code days} are null for one without. */
  public static Watched command(String name, SiteFlags flags, Days days, List<String> channels) {
    return new Watched(name, channels, flags, Optional.ofNullable(days).map(Days::to));
  }

  /** A command that only looks: nobody is told of it. */
  public static Watched nothing() {
    return new Watched("", List.of(), null, Optional.empty());
  }

  boolean isNothing() {
    return command.isEmpty();
  }

  /** Whether it was about all that the job has: only then its figures are those of the job. */
  boolean isWhole() {
    return flags.only().isEmpty();
  }
}
