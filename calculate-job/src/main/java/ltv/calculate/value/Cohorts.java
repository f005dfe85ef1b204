package ltv.calculate.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Segment;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * Cohorts and what they paid, from {@code ltv_cohort_daily}.
 *
 * @param gross everything that was paid, and what ads in the app earned
 * @param net what is left of it after store fee and tax
 */
record Cohorts(CohortFacts gross, CohortFacts net) {
  /** Places of columns of the payments. */
  private static final int GROSS = 3;

  private static final int NET = 4;

  /**
   * Reads them.
   *
   * @param session has the dataset by its name
   */
  static Cohorts read(Session session) {
    session.keep("ltv_segments", Computation.query(Cohorts.class, "segments"));
    List<Segment> segments = new ArrayList<>();
    for (List<Object> row :
        session.rows(
            "select channel, campaign_id, platform, country from ltv_segments order by segment")) {
      segments.add(
          new Segment(
              (String) row.get(0), (String) row.get(1), (String) row.get(2), (String) row.get(3)));
    }
    double[][] cohorts = session.numbers(Computation.query(Cohorts.class, "cohorts"));
    double[][] paid = session.numbers(Computation.query(Cohorts.class, "payments"));
    CohortFacts gross = facts(segments, cohorts, paid);
    return new Cohorts(gross, gross.paying(paid[NET]));
  }

  private static CohortFacts facts(List<Segment> segments, double[][] cohorts, double[][] paid) {
    int[] paidBy = new int[paid[0].length];
    int cohort = 0;
    for (int p = 0; p < paidBy.length; p++) { // both are in the order of the cohorts
      while (cohorts[0][cohort] != paid[0][p] || cohorts[1][cohort] != paid[1][p]) {
        cohort++;
      }
      paidBy[p] = cohort;
    }
    return new CohortFacts(
        Groups.of(segments),
        whole(cohorts[0]),
        whole(cohorts[1]),
        cohorts[2],
        cohorts[3],
        cohorts[4],
        paidBy,
        whole(paid[2]),
        paid[GROSS]);
  }

  private static int[] whole(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(n -> (int) n).toArray();
  }
}
