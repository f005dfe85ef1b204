package ltv.dataset;

import java.util.List;

/**
 * What the checks of one partition found, each with the observed number and what was allowed.
 *
 * @param failures broken blocking rules
 * @param unusual what is unlike the days before
 * @param warnings broken rules that only warn
 */
public record CheckReport(List<String> failures, List<String> unusual, List<String> warnings) {
  public CheckReport {
    failures = List.copyOf(failures);
    unusual = List.copyOf(unusual);
    warnings = List.copyOf(warnings);
  }

  /** The same, and what is unlike the days before. */
  CheckReport with(List<String> unusualOfDay) {
    return new CheckReport(failures, unusualOfDay, warnings);
  }

  /** Whether the rows are what they say they are, usual or not. */
  public boolean sound() {
    return failures.isEmpty();
  }

  /** Whether the partition may be published. */
  public boolean passed() {
    return sound() && unusual.isEmpty();
  }
}
