package ltv.calculate.model.purchase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import ltv.dataset.Repository;

/**
 * The public CDNOW sample, 2,357 customers, where {@code LTV_TEST_DATA} has it; a test that asks
 * for it elsewhere is skipped and says so.
 */
final class Cdnow {
  private static final double DAYS_IN_A_WEEK = 7;

  private final List<String[]> lines;

  private Cdnow(List<String[]> lines) {
    this.lines = lines;
  }

  static Cdnow sample() {
    Path file = Repository.testData("clv/cdnow_sample_summary.csv");
    try {
      return new Cdnow(
          Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private double number(int customer, int column) {
    return Double.parseDouble(lines.get(customer)[column]);
  }

  /** In weeks, to 1997-09-30. */
  List<PurchaseHistory> histories() {
    return IntStream.range(0, lines.size()).mapToObj(this::history).toList();
  }

  private PurchaseHistory history(int i) {
    return new PurchaseHistory(
        (int) number(i, 1), number(i, 7) / DAYS_IN_A_WEEK, number(i, 8) / DAYS_IN_A_WEEK);
  }

  /** Purchases in the 39 weeks after. */
  int later(int customer) {
    return (int) number(customer, 5);
  }

  /** Repeat purchases and their mean. */
  Spend spend() {
    return Spend.of(
        IntStream.range(0, lines.size()).map(i -> (int) number(i, 1)).toArray(),
        IntStream.range(0, lines.size()).mapToDouble(i -> number(i, 4)).toArray());
  }

  /** The mean of a customer's repeat purchases; 0 without any. */
  double spent(int customer) {
    return number(customer, 4);
  }
}
