package ltv.calculate.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Segment;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Reads cohorts and what they paid from {@code ltv_cohort_daily}. */
final class CohortReader {
  /** What of a payment counts; the place of its column. */
  enum Value {
    /** Everything that was paid, and what ads in the app earned. */
    GROSS(3),

    /** What is left of it after store fee and tax. */
    NET(4);

    private final int column;

    Value(int column) {
      this.column = column;
    }
  }

  private CohortReader() {}

  /**
   * The facts.
   *
   * @param session has the dataset by its name
   */
  static CohortFacts read(Session session, Value value) {
    session.keep("ltv_segments", Computation.query(CohortReader.class, "segments"));
    List<Segment> segments = new ArrayList<>();
    for (List<Object> row :
        session.rows(
            "select channel, campaign_id, platform, country from ltv_segments order by segment")) {
      segments.add(
          new Segment(
              (String) row.get(0), (String) row.get(1), (String) row.get(2), (String) row.get(3)));
    }
    double[][] cohorts = session.numbers(Computation.query(CohortReader.class, "cohorts"));
    double[][] paid = session.numbers(Computation.query(CohortReader.class, "payments"));
    return facts(segments, cohorts, paid, value);
  }

  private static CohortFacts facts(
      List<Segment> segments, double[][] cohorts, double[][] paid, Value value) {
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
        paid[value.column]);
  }

  private static int[] whole(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(n -> (int) n).toArray();
  }
}
