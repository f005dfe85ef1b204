package ltv.dataset;

import java.util.List;

/**
 * What the checks of one partition found, each with the observed number and what was allowed.
 *
 * @param failures broken blocking rules
 * @param warnings broken rules that only warn
 */
public record CheckReport(List<String> failures, List<String> warnings) {
  public CheckReport {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }

  /** Whether the partition may be published. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
