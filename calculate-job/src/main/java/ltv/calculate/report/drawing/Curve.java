package ltv.calculate.report.drawing;

import java.util.List;
import java.util.stream.Stream;
import ltv.calculate.report.Kind;
import ltv.calculate.report.words.Text;

/**
 * What the drawing {@code curve} shows: value of a user by age.
 *
 * @param points by age
 * @param cost of a user; null where nothing was spent
 * @param payback age at which value reaches cost; null where it does not
 * @param axis how money is written
 * @param words names of what is drawn, by observed, forecast, band80, band50, cost, payback, until
 */
public record Curve(List<Point> points, Double cost, Double payback, Axis axis, Words words) {
  /**
   * An age.
   *
   * @param observed what those had paid who have all reached it, null where too few have
   * @param text what the table says of it
   */
  public record Point(
      long age,
      Double observed,
      Double forecast,
      Double low80,
      Double low50,
      Double high50,
      Double high80,
      String text) {}

  /** Names, in the language of the page. */
  public record Words(
      String observed,
      String forecast,
      String band80,
      String band50,
      String cost,
      String payback,
      String until) {}

  /**
   * The curve of points.
   *
   * @param text the page's language
   */
  public static Curve of(List<Point> points, Double cost, Double payback, Words words, Text text) {
    Stream<Double> values =
        Stream.concat(
            Stream.ofNullable(cost),
            points.stream().flatMap(p -> Stream.of(p.high80(), p.observed())));
    return new Curve(points, cost, payback, Axis.of(Kind.MONEY, values, text), words);
  }
}
