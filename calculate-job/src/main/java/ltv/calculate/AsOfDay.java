package ltv.calculate;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The day whose snapshot a command tells of. */
final class AsOfDay {
  @Option(
      names = "--date",
      paramLabel = "DAY",
      required = true,
      description = "The as-of date, yyyy-MM-dd.")
  private LocalDate date;

  LocalDate date() {
    return date;
  }
}
