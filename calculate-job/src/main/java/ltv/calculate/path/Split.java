package ltv.calculate.path;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Amounts in ten-thousandths whose sum is exact: what rounding leaves goes to the largest rests.
 */
public final class Split {
  private static final int DIGITS = 4;
  private static final BigDecimal UNIT = BigDecimal.ONE.movePointLeft(DIGITS);

  private Split() {}

  /**
   * Splits a total.
   *
   * @param total with four digits after the point at most
   * @param parts what each gets, nearly; their sum is the total but for the last digits of doubles
   * @throws IllegalStateException when there is a total and nobody has a part
   */
  public static List<BigDecimal> of(BigDecimal total, double[] parts) {
    double sum = Arrays.stream(parts).sum();
    if (sum == 0 || total.signum() == 0) {
      if (total.signum() != 0) {
        throw new IllegalStateException("nobody is there to have " + total.toPlainString());
      }
      return Arrays.stream(parts).mapToObj(part -> BigDecimal.ZERO.setScale(DIGITS)).toList();
    }
    List<BigDecimal> exact =
        Arrays.stream(parts).mapToObj(part -> new BigDecimal(part / sum).multiply(total)).toList();
    List<BigDecimal> split = new ArrayList<>();
    BigDecimal left = total;
    for (BigDecimal part : exact) {
      split.add(part.setScale(DIGITS, RoundingMode.FLOOR));
      left = left.subtract(split.get(split.size() - 1));
    }
    List<Integer> byRest =
        IntStream.range(0, parts.length)
            .filter(i -> parts[i] != 0) // who has no part gets no unit either
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> split.get(i).subtract(exact.get(i)))
                    .thenComparing(i -> i))
            .toList();
    long units = left.divide(UNIT, 0, RoundingMode.HALF_EVEN).longValueExact();
    for (long u = 0; u < Math.abs(units); u++) {
      int i = byRest.get((int) (u % byRest.size()));
      split.set(i, split.get(i).add(units > 0 ? UNIT : UNIT.negate()));
    }
    return split;
  }
}
