package ltv.calculate.report.type.ltv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Table;
import ltv.calculate.report.drawing.Curve;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.type.worth.Worth;
import ltv.calculate.report.words.Text;

/** Value of a user by age: what was paid, and what is expected. */
final class LtvCurve {
  private final Text text;
  private final List<Row> ages;
  private final Worth all;

  LtvCurve(Facts facts, Text text, Worth all) {
    this.text = text;
    this.ages = facts.rows(LtvCurve.class, "ages");
    this.all = all;
  }

  /** What was paid by those of whole weeks that have reached the age; null where few have. */
  private static Double observed(Row age) {
    return age.number("ltv") == null || age.count("reached") < Chance.FEW
        ? null
        : age.number("ltv");
  }

  /** The oldest age that enough users have reached. */
  private Optional<Row> oldest() {
    return ages.stream().filter(r -> observed(r) != null).reduce((a, b) -> b);
  }

  private Double cost() {
    return all.cost() > 0 ? all.each() : null;
  }

  Table table() {
    List<Column> columns =
        List.of(
            Column.of(text.of("ltv.age"), Kind.TEXT),
            Column.hinted(text.of("ltv.observed"), Kind.MONEY, text.of("ltv.observed_words")),
            Column.of(text.of("ltv.reached"), Kind.COUNT),
            Column.estimated(text.of("ltv.value"), Kind.MONEY),
            Column.hinted(text.of("ltv.share"), Kind.WHOLE_PERCENT, text.of("ltv.share_words")),
            new Column(text.of("ltv.roas"), Kind.WHOLE_PERCENT, text.of("worth.bar"), true));
    List<List<Cell>> rows = new ArrayList<>();
    for (Row age : ages) {
      boolean few = age.number("ltv") != null && age.count("reached") < Chance.FEW;
      rows.add(
          List.of(
              Cell.of("D" + age.count("age")),
              few ? Cell.few(age.number("ltv"), text.of("common.few")) : age.cell("ltv"),
              age.cell("reached"),
              age.estimate("pltv", "pltv_low_80", "pltv_high_80"),
              age.cell("share_observed"),
              age.estimate("proas", "proas_low_80", "proas_high_80")));
    }
    return Table.of("curve", text.of("ltv.caption_curve"), columns, rows);
  }

  Chart chart() {
    List<Curve.Point> points =
        ages.stream()
            .map(
                r ->
                    new Curve.Point(
                        r.count("age"),
                        observed(r),
                        r.number("pltv"),
                        r.number("pltv_low_80"),
                        r.number("pltv_low_50"),
                        r.number("pltv_high_50"),
                        r.number("pltv_high_80"),
                        tooltip(r)))
            .toList();
    Double payback = all.payback().value();
    Curve.Words words =
        new Curve.Words(
            text.of("ltv.observed"),
            text.of("ltv.value"),
            text.of("ltv.band_80"),
            text.of("ltv.band_50"),
            text.of("ltv.cost_line", text.value(cost(), Kind.MONEY)),
            text.of("ltv.payback_at", text.value(payback, Kind.DAYS)),
            oldest().map(r -> text.of("ltv.until", r.count("age"))).orElse(""));
    return new Chart("c-curve", "curve", said(), Curve.of(points, cost(), payback, words, text));
  }

  private String tooltip(Row age) {
    String value =
        text.of(
            "ltv.point",
            age.count("age"),
            text.value(age.number("pltv"), Kind.MONEY),
            text.band(
                new Estimate(
                    age.number("pltv"), age.number("pltv_low_80"), age.number("pltv_high_80")),
                Kind.MONEY));
    return observed(age) == null
        ? value
        : value
            + "\n"
            + text.of(
                "ltv.point_observed",
                text.value(observed(age), Kind.MONEY),
                text.value(age.count("reached"), Kind.COUNT));
  }

  private String said() {
    Estimate value = all.value();
    return text.of(
        "ltv.said",
        all.horizon(),
        text.value(value, Kind.MONEY),
        text.band(value, Kind.MONEY),
        text.value(cost(), Kind.MONEY));
  }
}
