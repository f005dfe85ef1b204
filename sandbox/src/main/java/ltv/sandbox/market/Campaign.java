package ltv.sandbox.market;

import java.time.LocalDate;
import java.util.List;

/**
 * A campaign of the simulated market.
 *
 * @param account ad account; empty for a network that only AppsFlyer knows
 * @param id longer than a double can hold exactly, as Meta's are
 * @param name until the rename
 * @param newName from {@code renamedOn} on
 * @param renamedOn empty text for never
 * @param launchedOn first day with delivery
 * @param dailySpend mean won per day
 * @param installsPerDay mean installs per day
 * @param userValue how much more or less its users buy; 1 is average
 * @param ads ads in ad sets
 */
public record Campaign(
    String account,
    String id,
    String name,
    String newName,
    LocalDate renamedOn,
    LocalDate launchedOn,
    double dailySpend,
    double installsPerDay,
    double userValue,
    List<Ad> ads) {

  /** One ad. */
  public record Ad(String adSetId, String adSetName, String id, String name) {}

  /** The name on a day. */
  public String nameOn(LocalDate day) {
    return day.isBefore(renamedOn) ? name : newName;
  }
}
