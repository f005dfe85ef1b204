package ltv.calculate.backtest;

import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;

/** What came after a day of cohorts that had not reached a horizon then, by campaign. */
public final class Outcome {
  private final Groups groups;
  private final double[] rest;
  private final double[][] monthUsers;
  private final double[][] monthPaid;

  private Outcome(Groups groups) {
    this.groups = groups;
    this.rest = new double[groups.count(Level.CAMPAIGN)];
    this.monthUsers = perLevel(groups);
    this.monthPaid = perLevel(groups);
  }

  private static double[][] perLevel(Groups groups) {
    return new double[][] {
      new double[1],
      new double[groups.count(Level.CHANNEL)],
      new double[groups.count(Level.CAMPAIGN)]
    };
  }

  /**
   * The outcome after {@code day}.
   *
   * @param oldest age of the oldest cohorts whose rest is asked for
   * @param month days of cohorts that count as the newest month's
   */
  public static Outcome of(CohortFacts facts, int day, int horizon, int oldest, int month) {
    Outcome outcome = new Outcome(facts.groups());
    for (int c = 0; c < facts.day().length; c++) {
      int age = day - facts.day()[c];
      if (age >= horizon && age < horizon + month) {
        outcome.add(outcome.monthUsers, facts.segment()[c], facts.users()[c]);
      }
    }
    for (int p = 0; p < facts.paid().length; p++) {
      int cohort = facts.paidBy()[p];
      int age = day - facts.day()[cohort];
      int paidAge = facts.paidAge()[p];
      if (age >= 0 && paidAge <= horizon) {
        if (age <= oldest && paidAge > age) {
          int campaign = facts.groups().ofSegment(Level.CAMPAIGN, facts.segment()[cohort]);
          outcome.rest[campaign] += facts.paid()[p];
        } else if (age >= horizon && age < horizon + month) {
          outcome.add(outcome.monthPaid, facts.segment()[cohort], facts.paid()[p]);
        }
      }
    }
    return outcome;
  }

  private void add(double[][] to, int segment, double amount) {
    int campaign = groups.ofSegment(Level.CAMPAIGN, segment);
    to[2][campaign] += amount;
    to[1][groups.parent(Level.CAMPAIGN, campaign)] += amount;
    to[0][0] += amount;
  }

  /** What came of a campaign's cohorts after the day until the horizon. */
  public double rest(int campaign) {
    return rest[campaign];
  }

  /**
   * What a user of the newest month's cohorts that had reached the horizon was worth: of the
   * campaign, else of its channel, else of all.
   */
  public double lastMonth(int campaign) {
    int channel = groups.parent(Level.CAMPAIGN, campaign);
    return monthUsers[2][campaign] > 0
        ? monthPaid[2][campaign] / monthUsers[2][campaign]
        : monthUsers[1][channel] > 0
            ? monthPaid[1][channel] / monthUsers[1][channel]
            : monthUsers[0][0] > 0 ? monthPaid[0][0] / monthUsers[0][0] : 0;
  }
}
