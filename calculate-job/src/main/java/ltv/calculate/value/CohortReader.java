package ltv.calculate.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Segment;
import ltv.engine.Session;

/** Reads cohorts and what they paid from {@code ltv_cohort_daily}. */
final class CohortReader {
  private static final String SEGMENTS =
      "select channel, campaign_id, platform, country, row_number() over (order by channel, campaign_id, platform, country) - 1 as segment"
          + " from (select distinct channel, campaign_id, platform, country from ltv_cohort_daily) as s";
  private static final String FACTS =
      "select cast(n.segment as double), cast(days_between(date '1970-01-01', f.cohort_date) as double), %s"
          + " from ltv_cohort_daily as f inner join ("
          + SEGMENTS
          + ") as n on n.channel = f.channel and n.campaign_id = f.campaign_id and n.platform = f.platform and n.country = f.country"
          + " where f.cohort_date > add_days(run_date(), -%d) ";

  private final Session session;
  private final int longest;

  /**
   * A reader of what is needed for horizons up to the longest.
   *
   * @param session has the dataset by its name
   */
  CohortReader(Session session, int longest) {
    this.session = session;
    this.longest = longest;
  }

  /**
   * The facts.
   *
   * @param value expression of the dataset's columns that is what was paid
   */
  CohortFacts read(String value) {
    List<Segment> segments = new ArrayList<>();
    for (List<Object> row : session.rows(SEGMENTS + " order by segment")) {
      segments.add(
          new Segment(
              (String) row.get(0), (String) row.get(1), (String) row.get(2), (String) row.get(3)));
    }
    double[][] cohorts =
        session.numbers(
            facts(
                "cast(sum(f.users) as double), cast(sum(f.cost) as double), cast(sum(f.payers) as double)",
                "group by n.segment, f.cohort_date order by n.segment, f.cohort_date"));
    double[][] paid =
        session.numbers(
            facts(
                "cast(days_between(f.cohort_date, f.report_date) as double), cast("
                    + value
                    + " as double)",
                "and days_between(f.cohort_date, f.report_date) <= "
                    + longest
                    + " and "
                    + value
                    + " <> 0 order by n.segment, f.cohort_date, f.report_date"));
    return facts(segments, cohorts, paid);
  }

  private String facts(String columns, String rest) {
    return FACTS.formatted(columns, BackTest.history(longest)) + rest;
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
        paid[3]);
  }

  private static int[] whole(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(n -> (int) n).toArray();
  }
}
