package ltv.calculate.report.type.worth;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Kind;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/**
 * What the users of a campaign, of a channel or of all are worth, as told now and a week before.
 *
 * @param row of the query {@code worth}
 */
public record Worth(Row row) {
  /** The one that moved most beyond what its band allows for first. */
  public static List<Worth> moved(List<Worth> all) {
    return all.stream()
        .filter(w -> !w.isFew() && w.move() > 1)
        .sorted(Comparator.comparingDouble(Worth::move).reversed())
        .toList();
  }

  /** The channel; all where it is of all. */
  public String channel() {
    return row.text("channel");
  }

  /** The age until which value counts. */
  public long horizon() {
    return row.count("horizon_days");
  }

  /** Its users, of the weeks that are told of. */
  public long users() {
    return row.count("users");
  }

  /** What they cost, in the reporting currency. */
  public double cost() {
    return row.number("cost");
  }

  /** Whether it is told of too few users to mean much. */
  public boolean isFew() {
    return users() < Chance.FEW;
  }

  /** What a user cost; null where there is none. */
  public Double each() {
    return row.number("cpi");
  }

  /** The same as it was told a week before. */
  public Double eachBefore() {
    return row.number("cpi_before");
  }

  /** What a user is expected to pay until the horizon. */
  public Estimate value() {
    return row.band("pltv", "pltv_low_80", "pltv_high_80");
  }

  /** What is expected to come back of the cost until the horizon. */
  public Estimate roas() {
    return row.band("proas", "proas_low_80", "proas_high_80");
  }

  /** The same as it was told a week before. */
  public Estimate roasBefore() {
    return row.band("proas_before", "proas_low_80_before", "proas_high_80_before");
  }

  /**
   * Age in days at which what a user paid reaches the cost; of a value that is not known an end of
   * its band may be.
   */
  public Estimate payback() {
    return row.band("payback_days", "payback_days_low", "payback_days_high");
  }

  /** The same as it was told a week before. */
  public Estimate paybackBefore() {
    return row.band("payback_days_before", "payback_days_low_before", "payback_days_high_before");
  }

  /** Where the whole band lies: 1 above cost, -1 below it, 0 on both sides or where not known. */
  int side() {
    Estimate roas = roas();
    return isFew() || roas.low() == null || roas.high() == null
        ? 0
        : roas.low() > 1 ? 1 : roas.high() < 1 ? -1 : 0;
  }

  /** How far the predicted return moved, in halves of the band of the week before; 0 unknown. */
  public double move() {
    Estimate now = roas();
    Estimate before = roasBefore();
    if (now.value() == null || before.low() == null || before.high() == null) {
      return 0;
    }
    double half = (before.high() - before.low()) / 2;
    return half <= 0 ? 0 : Math.abs(now.value() - before.value()) / half;
  }

  /** An observed return with the mark of those who have not reached the age. */
  Cell observed(int age, Text text) {
    Double roas = row.number("roas_" + age);
    Long reached = row.count("reached_" + age);
    boolean all = Objects.equals(reached, users());
    return roas == null || all
        ? Cell.of(roas)
        : Cell.noted(
            roas,
            text.of(
                "worth.reached",
                text.value(users(), Kind.COUNT),
                text.value(reached, Kind.COUNT),
                age));
  }

  /** A value, of few where it is. */
  public Cell cell(Object value, Text text) {
    return value == null || !isFew() ? Cell.of(value) : Cell.few(value, text.of("common.few"));
  }
}
