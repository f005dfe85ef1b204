package ltv.calculate.explain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.calculate.trace.Step;
import ltv.calculate.trace.Step.Line;

/**
 * Where a number comes from.
 *
 * @param row what identifies the row, by column
 * @param removed why the row itself does not count; empty for one that does
 * @param top the step of the number
 */
record Explanation(Map<String, String> row, Optional<String> removed, Step top) {

  /** Every step of the sum, from above; what a formula or a model is made of is left out. */
  List<Step> steps() {
    List<Step> all = new ArrayList<>();
    collect(top, all);
    return all;
  }

  private static void collect(Step step, List<Step> all) {
    all.add(step);
    step.below().stream().filter(s -> !s.isAside()).forEach(s -> collect(s, all));
  }

  long lines() {
    return steps().stream().mapToLong(s -> s.lines().count()).sum();
  }

  /** What the lines bring together. */
  BigDecimal linesBring() {
    return steps().stream()
        .map(s -> s.lines().brings())
        .filter(java.util.Objects::nonNull)
        .map(Explanation::exact)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Lines whose text was read. */
  List<Line> shown() {
    return steps().stream().flatMap(s -> s.lines().shown().stream()).toList();
  }

  /** What is said where the walk ended at no line though there is a number; empty when nothing. */
  Optional<String> endsInWords() {
    return steps().stream()
        .filter(s -> !s.end().isEmpty() && exact(s.own()).signum() != 0)
        .map(Step::end)
        .findFirst();
  }

  /** Whether the walk ended at landing lines and these give the number. */
  boolean isWhole() {
    return lines() > 0 && linesBring().compareTo(exact(top.own())) == 0;
  }

  static BigDecimal exact(Object number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }
}
