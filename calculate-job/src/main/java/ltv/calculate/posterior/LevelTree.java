package ltv.calculate.posterior;

import java.util.Arrays;
import java.util.List;

/**
 * The density of campaigns' levels below channels' below one of all, in logarithms, by parameters
 * that are easy to sample.
 *
 * <p>A level {@code u} that is normal around the one above, {@code p}, with deviation {@code t}, is
 * sampled as {@code z}, in {@code u = p + t d}, {@code d = z sqrt(q) + t q a (h - p)}, {@code q = 1
 * / (1 + a t^2)}, where a normal likelihood of precision {@code a} around {@code h} is about what
 * the data says of {@code u}. Given {@code p} and {@code t}, {@code z} is then nearly standard
 * normal, whatever the size: of a campaign of which nothing is known, {@code a} is 0 and {@code u}
 * is p + t z, the non-centred parameter; of a large one {@code q} is near 0 and {@code u} is h + z
 * / sqrt(a), which neither the channel nor the deviation moves, as of a centred one
 * (Papaspiliopoulos, Roberts and Skoeld 2007 set this between the two by hand). What campaigns say
 * together of their channel is {@code a q} around {@code h} of each (the Kalman filter of a tree),
 * so that channels and the whole are sampled in the same way. It is a change of variables and no
 * approximation: the prior of {@code u} times {@code du / dz} is exp(-d^2 / 2) sqrt(q), and the
 * data's own likelihood is multiplied to it.
 */
final class LevelTree implements LogDensity {
  /** Deviations are half-normal with this scale: levels seldom differ by more than e. */
  static final double SCALE = .5;

  /** The logarithm of the level of all is normal around it, with deviation 1. */
  private static final double ABOVE_ALL = 0;

  /** Where levels' logarithms are looked for. */
  private static final double FARTHEST = 50;

  private static final int STEPS = 60;

  private final List<PoissonPaid> campaigns;

  /** By node: campaigns, then channels, then the whole, each after those below it. */
  private final int[] parent;

  private final int[] layer;
  private final double[] precision;
  private final double[] pull;

  /**
   * Of campaigns and the channel of each.
   *
   * @param channels of each campaign, from 0
   * @param count of channels
   */
  LevelTree(List<PoissonPaid> campaigns, int[] channels, int count) {
    this.campaigns = campaigns;
    int whole = channels.length + count;
    parent = new int[whole + 1];
    layer = new int[whole + 1];
    precision = new double[whole + 1];
    pull = new double[whole + 1];
    for (int i = 0; i <= whole; i++) {
      layer[i] = i < channels.length ? 0 : i < whole ? 1 : 2;
      parent[i] = i < channels.length ? channels[i] + channels.length : whole;
    }
    for (int c = 0; c < channels.length; c++) {
      double[] normal = normal(campaigns.get(c));
      precision[c] = normal[0];
      pull[c] = normal[1];
    }
  }

  /**
   * A normal likelihood of the logarithm that is near: its precision, and that times its mean. It
   * touches the other where that is largest beside a standard normal belief: alone it may be so
   * nowhere near.
   */
  private static double[] normal(PoissonPaid paid) {
    double low = -FARTHEST;
    double high = FARTHEST;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (paid.slope(StrictMath.exp(middle)) > middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double level = StrictMath.exp(low);
    double precision = paid.curvature(level);
    return new double[] {precision, precision * low + paid.slope(level)};
  }

  /** One for each node, then the logarithms of the deviations of campaigns and of channels. */
  int parameters() {
    return parent.length + 2;
  }

  /** Levels of all nodes, then both deviations. */
  double[] quantities(double[] point) {
    Pass pass = new Pass(point);
    double[] quantities = Arrays.copyOf(pass.level, parameters());
    for (int i = 0; i < parent.length; i++) {
      quantities[i] = StrictMath.exp(quantities[i]);
    }
    quantities[parent.length] = pass.spread[0];
    quantities[parent.length + 1] = pass.spread[1];
    return quantities;
  }

  @Override
  public double at(double[] point, double[] gradient) {
    return new Pass(point).value(gradient);
  }

  /** What follows from one point: up the tree what the data says, down it the levels. */
  private final class Pass {
    private final int nodes = parent.length;
    private final double[] point;
    private final double[] spread = new double[3];
    private final double[] a = precision.clone();
    private final double[] b = pull.clone();
    private final double[] q = new double[nodes];
    private final double[] d = new double[nodes];
    private final double[] level = new double[nodes];

    private Pass(double[] point) {
      this.point = point;
      spread[0] = StrictMath.exp(point[nodes]);
      spread[1] = StrictMath.exp(point[nodes + 1]);
      spread[2] = 1;
      for (int i = 0; i < nodes; i++) {
        double t = spread[layer[i]];
        q[i] = 1 / (1 + a[i] * t * t);
        if (i < nodes - 1) {
          a[parent[i]] += a[i] * q[i];
          b[parent[i]] += b[i] * q[i];
        }
      }
      for (int i = nodes - 1; i >= 0; i--) {
        double t = spread[layer[i]];
        d[i] = Math.sqrt(q[i]) * point[i] + t * q[i] * (b[i] - a[i] * above(i));
        level[i] = above(i) + t * d[i];
      }
    }

    private double above(int node) {
      return node == nodes - 1 ? ABOVE_ALL : level[parent[node]];
    }

    private double value(double[] gradient) {
      double value = 0;
      for (int i = 0; i < nodes; i++) {
        value += StrictMath.log(q[i]) / 2 - d[i] * d[i] / 2;
      }
      double[] byLevel = new double[nodes];
      for (int c = 0; c < campaigns.size(); c++) {
        PoissonPaid paid = campaigns.get(c);
        double exp = StrictMath.exp(level[c]);
        value += paid.at(level[c], exp);
        byLevel[c] = paid.slope(exp);
      }
      double[] bySpread = backwards(byLevel, gradient);
      for (int l = 0; l < 2; l++) {
        double square = spread[l] * spread[l] / (SCALE * SCALE);
        value += point[nodes + l] - square / 2;
        gradient[nodes + l] = bySpread[l] * spread[l] + 1 - square;
      }
      return value;
    }

    /** The derivatives, by the chain rule from the last step back to the first. */
    private double[] backwards(double[] byLevel, double[] gradient) {
      double[] byA = new double[nodes];
      double[] byB = new double[nodes];
      double[] byQ = new double[nodes];
      double[] bySpread = new double[3];
      for (int i = 0; i < nodes; i++) {
        double t = spread[layer[i]];
        double root = Math.sqrt(q[i]);
        double off = b[i] - a[i] * above(i);
        double byD = byLevel[i] * t - d[i];
        gradient[i] = byD * root;
        byQ[i] = byD * (point[i] / (2 * root) + t * off) + .5 / q[i];
        bySpread[layer[i]] += byLevel[i] * d[i] + byD * q[i] * off;
        byB[i] = byD * t * q[i];
        byA[i] = -byB[i] * above(i);
        if (i < nodes - 1) {
          byLevel[parent[i]] += byLevel[i] - byB[i] * a[i];
        }
      }
      for (int i = nodes - 1; i >= 0; i--) {
        double t = spread[layer[i]];
        if (i < nodes - 1) {
          byQ[i] += byA[parent[i]] * a[i] + byB[parent[i]] * b[i];
          byA[i] += byA[parent[i]] * q[i];
          byB[i] += byB[parent[i]] * q[i];
        }
        byA[i] -= byQ[i] * t * t * q[i] * q[i];
        bySpread[layer[i]] -= byQ[i] * 2 * a[i] * t * q[i] * q[i];
      }
      return bySpread;
    }
  }
}
