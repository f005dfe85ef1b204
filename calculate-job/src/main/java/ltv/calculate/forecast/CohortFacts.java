package ltv.calculate.forecast;

/**
 * Cohorts (the users that a segment got on a day), and what they paid by age, as columns of equal
 * lengths. Days are epoch days.
 *
 * @param groups the segments and what they belong to
 * @param segment of each cohort
 * @param day of each cohort
 * @param users of each cohort
 * @param cost of each cohort
 * @param payers of each cohort, those who have ever paid for something
 * @param paidBy the cohort that paid, for each payment
 * @param paidAge its age then, in days from 0
 * @param paid how much, negative for what was paid back
 */
public record CohortFacts(
    Groups groups,
    int[] segment,
    int[] day,
    double[] users,
    double[] cost,
    double[] payers,
    int[] paidBy,
    int[] paidAge,
    double[] paid) {
  private static final double DAYS_IN_A_YEAR = 365;

  /** The same with money of a year later worth less by a rate. */
  public CohortFacts discounted(double yearlyRate) {
    double[] less = paid.clone();
    for (int p = 0; p < less.length; p++) {
      less[p] /= StrictMath.pow(1 + yearlyRate, paidAge[p] / DAYS_IN_A_YEAR);
    }
    return paying(less);
  }

  /** The same with other amounts, one for each payment. */
  public CohortFacts paying(double[] amounts) {
    return new CohortFacts(groups, segment, day, users, cost, payers, paidBy, paidAge, amounts);
  }
}
