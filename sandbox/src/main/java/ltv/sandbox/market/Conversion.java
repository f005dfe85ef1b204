package ltv.sandbox.market;

import java.util.List;

/**
 * What Google counts of a campaign's day under one conversion action.
 *
 * @param id of the action
 * @param counted the share of a click that is one, in thousandths
 * @param bidding whether it is counted for bidding
 */
public record Conversion(String id, String name, String category, int counted, boolean bidding) {
  /** Every campaign has these; their counts are fractions, as under data-driven attribution. */
  public static final List<Conversion> ALL =
      List.of(
          new Conversion("9001", "구매", "PURCHASE", 25, true),
          new Conversion("9002", "앱 설치", "DOWNLOAD", 125, false));

  /** How many of a day's clicks are one, in thousandths. */
  public long thousandths(long clicks) {
    return clicks * counted;
  }
}
