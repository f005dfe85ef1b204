package ltv.calculate.report.drawing;

import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import ltv.calculate.report.Kind;
import ltv.calculate.report.words.Text;

/**
 * How the numbers along a drawing are written.
 *
 * @param divisor that each is divided by
 * @param unit behind the rest
 */
public record Axis(double divisor, String unit) {
  private static final double PERCENT = .01;

  /** For values of a kind, as short as the largest of them allows. */
  static Axis of(Kind kind, Stream<Double> values, Text text) {
    if (kind == Kind.PERCENT || kind == Kind.WHOLE_PERCENT) {
      return new Axis(PERCENT, "%");
    }
    double top = values.filter(Objects::nonNull).mapToDouble(Math::abs).max().orElse(0);
    boolean korean = text.language().equals("ko");
    return largest(top, korean ? new double[] {1e8, 1e4} : new double[] {1e6, 1e3})
        .mapToObj(d -> new Axis(d, d == 1e8 ? "억" : d == 1e4 ? "만" : d == 1e6 ? "M" : "K"))
        .findFirst()
        .orElse(new Axis(1, ""));
  }

  private static DoubleStream largest(double top, double... steps) {
    return DoubleStream.of(steps).filter(step -> top >= step);
  }
}
