package ltv.calculate.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Finds the maximum of a log-likelihood by BFGS with backtracking (Nocedal and Wright 2006, section
 * 6.1) over the logarithms of the parameters, so that these stay positive.
 */
public final class Maximum {
  private static final int MOST_EVALUATIONS = 2_000;

  /** A step that brings less, of the likelihood's own size, is at the floor of rounding. */
  private static final double SMALLEST_GAIN = 1e-13;

  /** Of the gradient, per unit of the likelihood. */
  private static final double FLAT = 1e-6;

  private static final double ENOUGH = 1e-4;
  private static final double LONGEST_STEP = 3;
  private static final double SMALLEST_STEP = 1e-14;
  private static final double DIFFERENCE = 1e-4;

  /** A standard error of a parameter's logarithm by which it could be anything. */
  private static final double UNTOLD = 10;

  /** Of a parameter's information, the share that the others do not have; less is rounding. */
  private static final double RIDGE = 1e-8;

  private final Likelihood likelihood;
  private int evaluations;

  private Maximum(Likelihood likelihood) {
    this.likelihood = likelihood;
  }

  /** The maximum uphill from {@code start}, which is left as it is. */
  public static Fit of(Likelihood likelihood, double... start) {
    return new Maximum(likelihood).from(start);
  }

  private Fit from(double[] start) {
    int n = start.length;
    double[] point = Arrays.stream(start).map(Math::log).toArray();
    double[] slope = new double[n];
    double value = at(point, slope);
    double[][] inverse = identity(n, 1 / Math.max(1, norm(slope)));
    int idle = 0;
    while (evaluations < MOST_EVALUATIONS && idle < 2) {
      double[] step = times(inverse, slope);
      double rise = dot(step, slope);
      if (!(rise > 0)) { // rounding has spoilt the curvature
        inverse = identity(n, 1 / Math.max(1, norm(slope)));
        step = times(inverse, slope);
        rise = dot(step, slope);
      }
      double length = Math.min(1, LONGEST_STEP / norm(step));
      double[] next = new double[n];
      double[] nextSlope = new double[n];
      double nextValue;
      while (true) {
        for (int i = 0; i < n; i++) {
          next[i] = point[i] + length * step[i];
        }
        nextValue = at(next, nextSlope);
        if (nextValue >= value + ENOUGH * length * rise || length < SMALLEST_STEP) {
          break;
        }
        length /= 2;
      }
      if (!(nextValue > value)) {
        break;
      }
      idle = nextValue - value <= SMALLEST_GAIN * Math.abs(nextValue) ? idle + 1 : 0;
      inverse = updated(inverse, minus(next, point), minus(slope, nextSlope));
      point = next;
      slope = nextSlope;
      value = nextValue;
    }
    double[][] covariance = covariance(point);
    boolean flat = norm(slope) <= FLAT * Math.max(1, Math.abs(value));
    return new Fit(
        Arrays.stream(point).map(Math::exp).toArray(),
        covariance,
        value,
        flat && told(covariance),
        evaluations);
  }

  private static boolean told(double[][] covariance) {
    return IntStream.range(0, covariance.length).allMatch(i -> covariance[i][i] < UNTOLD * UNTOLD);
  }

  /** The value, minus infinity where it is none, and the gradient by logarithms. */
  private double at(double[] logs, double[] slope) {
    evaluations++;
    double[] parameters = Arrays.stream(logs).map(Math::exp).toArray();
    double value = likelihood.at(parameters, slope);
    for (int i = 0; i < slope.length; i++) {
      slope[i] *= parameters[i];
    }
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** By differences of the gradient; infinite where the likelihood does not bend down. */
  private double[][] covariance(double[] point) {
    int n = point.length;
    double[][] information = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] up = new double[n];
      double[] down = new double[n];
      double[] moved = point.clone();
      moved[i] = point[i] + DIFFERENCE;
      at(moved, up);
      moved[i] = point[i] - DIFFERENCE;
      at(moved, down);
      for (int j = 0; j < n; j++) {
        double curvature = (down[j] - up[j]) / (2 * DIFFERENCE);
        information[i][j] += curvature / 2;
        information[j][i] += curvature / 2;
      }
    }
    return inverse(information);
  }

  /** Infinite where a parameter is all but told by the others: a ridge is no maximum. */
  private static double[][] inverse(double[][] information) {
    int n = information.length;
    double[][] scaled = new double[n][n];
    for (int i = 0; i < n; i++) {
      if (!(information[i][i] > 0)) {
        return LinearFit.unknown(n);
      }
      for (int j = 0; j < n; j++) {
        scaled[i][j] = information[i][j] / Math.sqrt(information[i][i] * information[j][j]);
      }
    }
    try {
      RealMatrix matrix = MatrixUtils.createRealMatrix(scaled);
      double[][] inverse =
          new CholeskyDecomposition(matrix, 1e-6, RIDGE).getSolver().getInverse().getData();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          inverse[i][j] /= Math.sqrt(information[i][i] * information[j][j]);
        }
      }
      return inverse;
    } catch (org.hipparchus.exception.MathRuntimeException e) {
      return LinearFit.unknown(n);
    }
  }

  /** The inverse curvature after a step along which the slope fell by so much. */
  private static double[][] updated(double[][] inverse, double[] step, double[] fall) {
    double along = dot(step, fall);
    if (along <= 1e-300) {
      return inverse;
    }
    double[] turned = times(inverse, fall);
    double scale = (1 + dot(fall, turned) / along) / along;
    int n = step.length;
    double[][] next = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        next[i][j] =
            inverse[i][j]
                + scale * step[i] * step[j]
                - (turned[i] * step[j] + step[i] * turned[j]) / along;
      }
    }
    return next;
  }

  private static double[][] identity(int n, double size) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = size;
    }
    return matrix;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix).mapToDouble(row -> dot(row, vector)).toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
