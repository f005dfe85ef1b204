package ltv.calculate.model.purchase;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Means over a Beta distribution by Gauss-Jacobi quadrature: the nodes are the eigenvalues of the
 * Jacobi matrix of the polynomials that are orthogonal under it, the weights come of the
 * eigenvectors (Golub and Welsch 1969).
 */
final class BetaMean {
  private final double[] nodes;
  private final double[] weights;

  /** Means over a Beta(a, b) variable, exact for polynomials of a degree below 2 {@code size}. */
  BetaMean(double a, double b, int size) {
    nodes = new double[size];
    weights = new double[size];
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(jacobi(a, b, size));
    for (int i = 0; i < size; i++) {
      double root = eigen.getEigenvector(i).getEntry(0);
      weights[i] = root * root;
      // a node may fall outside by rounding
      nodes[i] = Math.min(1, Math.max(0, eigen.getEigenvalue(i)));
    }
  }

  /** The mean of a smooth function. */
  double of(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * function.applyAsDouble(nodes[i]);
    }
    return sum;
  }

  /** Of the polynomials on 0 to 1 with weight p^(a - 1) (1 - p)^(b - 1). */
  private static RealMatrix jacobi(double a, double b, int nodes) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(nodes, nodes);
    // on -1 to 1 the weight is (1 - y)^u (1 + y)^v
    double u = b - 1;
    double v = a - 1;
    for (int n = 0; n < nodes; n++) {
      double twice = 2.0 * n + u + v;
      double middle = n == 0 ? (v - u) / (u + v + 2) : (v * v - u * u) / (twice * (twice + 2));
      matrix.setEntry(n, n, (1 + middle) / 2);
      if (n > 0) {
        double beside =
            n == 1
                ? 4 * (1 + u) * (1 + v) / ((2 + u + v) * (2 + u + v) * (3 + u + v))
                : 4.0
                    * n
                    * (n + u)
                    * (n + v)
                    * (n + u + v)
                    / (twice * twice * (twice + 1) * (twice - 1));
        double entry = Math.sqrt(beside) / 2;
        matrix.setEntry(n, n - 1, entry);
        matrix.setEntry(n - 1, n, entry);
      }
    }
    return matrix;
  }
}
