package ltv.calculate.report;

import java.util.List;
import java.util.Optional;

/**
 * One question of a report.
 *
 * @param id of its place in the page, and its name in the navigation's bundle
 * @param heading the question, or what answers it
 * @param introduction how to read it
 * @param chart above the tables; none for most
 * @param tables in the order shown
 */
public record Section(
    String id, String heading, String introduction, Optional<Chart> chart, List<Table> tables) {
  public Section {
    tables = List.copyOf(tables);
  }
}
