package ltv.calculate.model.regression;

/**
 * What turns told log-odds into those that were met: constant + slope times the log-odds (Cox 1958;
 * Platt 1999). A slope below 1 says that what was told is too extreme, a constant below 0 that it
 * is too much.
 */
public record Recalibration(double constant, double slope) {
  private static final int MOST_STEPS = 50;
  private static final double FLAT = 1e-12;

  /**
   * The likeliest, less a belief that chances are right as they were told: without events it is 0
   * and 1. Newton's steps on a concave function of two numbers, halved where they lead down.
   *
   * @param belief how certain that is: constant and slope differ from 0 and 1 with a variance of 1
   *     / belief; 0 for none
   */
  public static Recalibration of(Chances told, double belief) {
    Recalibration at = new Recalibration(0, 1);
    double value = at.value(told, belief);
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] step = at.step(told, belief);
      Recalibration next = at.moved(step, 1);
      for (double length = 0.5; next.value(told, belief) < value && length > FLAT; length /= 2) {
        next = at.moved(step, length);
      }
      double rise = next.value(told, belief) - value;
      if (!(rise > FLAT * Math.abs(value))) {
        return rise > 0 ? next : at;
      }
      at = next;
      value += rise;
    }
    return at;
  }

  /** The log-odds that are meant by told ones. */
  public double of(double logOdds) {
    return constant + slope * logOdds;
  }

  /** All of them. */
  public Chances of(Chances told) {
    double[] meant = new double[told.came().length];
    for (int i = 0; i < meant.length; i++) {
      meant[i] = of(told.logOdds()[i]);
    }
    return new Chances(meant, told.came());
  }

  private Recalibration moved(double[] step, double length) {
    return new Recalibration(constant + length * step[0], slope + length * step[1]);
  }

  private double value(Chances told, double belief) {
    double sum = -belief / 2 * (constant * constant + (slope - 1) * (slope - 1));
    for (int i = 0; i < told.came().length; i++) {
      double meant = of(told.logOdds()[i]);
      sum -= Logistic.softplus(told.came()[i] ? -meant : meant);
    }
    return sum;
  }

  private double[] step(Chances told, double belief) {
    double byConstant = -belief * constant;
    double bySlope = -belief * (slope - 1);
    double constants = belief;
    double slopes = belief;
    double both = 0;
    for (int i = 0; i < told.came().length; i++) {
      double x = told.logOdds()[i];
      double chance = Logistic.chance(of(x));
      double off = (told.came()[i] ? 1 : 0) - chance;
      double bend = chance * (1 - chance);
      byConstant += off;
      bySlope += off * x;
      constants += bend;
      both += bend * x;
      slopes += bend * x * x;
    }
    double determinant = constants * slopes - both * both;
    if (!(determinant > 0)) {
      return new double[2];
    }
    return new double[] {
      (slopes * byConstant - both * bySlope) / determinant,
      (constants * bySlope - both * byConstant) / determinant
    };
  }
}
