package ltv.cleanse.explain;

/** What to do about a row that does not count, if that is wrong. */
final class Reason {
  private static final String AGAIN = " and build the day again";

  private Reason() {}

  /** One sentence for a {@code removed_reason}. */
  static String advice(String reason) {
    return switch (reason) {
      case "unreadable_value" ->
          "Mend the value where it comes from, read the day again" + AGAIN + ".";
      case "duplicate" -> "Another copy of it counts; nothing is lost.";
      case "not_primary_attribution" ->
          "It is a second view of an event that counts in another row.";
      case "counts_on_its_day" -> "Look at the day that its own time is of.";
      case "total_row" -> "It is a sum of other rows.";
      case "engagement", "overlapping" -> "What it tells is in no metric, or in it already.";
      case "unmapped" -> "Nobody has said which metric its action type is of.";
      case "twin" -> "The same order counts as another source tells it.";
      case "unknown_currency" ->
          "Send an ISO 4217 code with the money, read the day again" + AGAIN + ".";
      case "negative_revenue" ->
          "Send what is paid back as a refund, read the day again" + AGAIN + ".";
      case "R17" ->
          "If it is nobody's test, take the entry off the list of test users" + AGAIN + ".";
      default ->
          "If the rule is wrong here, move its threshold or add an exception (allow) to the list of fraud rules"
              + AGAIN
              + ".";
    };
  }
}
