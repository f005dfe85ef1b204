package ltv.calculate.explain;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import ltv.calculate.trace.Facts;
import ltv.calculate.trace.Step;
import ltv.calculate.trace.Step.Line;
import ltv.calculate.trace.Step.Removed;
import ltv.lake.LedgerEntry;

/** An explanation for people: the answer first, then the way to it for those who build. */
final class ExplanationText {
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_WORDS = 160;
  private static final int HASH = 12;
  private static final double SMALLEST_PLAIN = 1e-3;

  private final Explanation explanation;
  private final List<String> lines = new ArrayList<>();

  ExplanationText(Explanation explanation) {
    this.explanation = explanation;
  }

  String lines() {
    answer();
    lines.add("");
    tell(explanation.top(), "", "");
    return String.join("\n", lines);
  }

  private void answer() {
    Step top = explanation.top();
    String unit = top.unit().isEmpty() ? "" : " (" + top.unit() + ")";
    lines.add("%s.%s = %s%s".formatted(top.dataset(), top.column(), number(top.own()), unit));
    if (!top.meaning().isEmpty()) {
      lines.add("  " + top.meaning());
    }
    lines.add(
        "  of "
            + explanation.row().entrySet().stream()
                .map(e -> e.getKey() + "=" + (e.getValue() == null ? "" : e.getValue()))
                .collect(Collectors.joining(" ")));
    explanation
        .removed()
        .ifPresent(
            why -> lines.add("This row does not count; the rule that took it out is " + why));
    lines.add(conclusion(top));
    for (Step step : explanation.steps()) {
      for (Removed removed : step.removed()) {
        lines.add(
            "Left out on the way: %,d row%s by %s, %s; see below %s."
                .formatted(
                    removed.rows(),
                    removed.rows() == 1 ? "" : "s",
                    removed.reason(),
                    number(removed.amount()),
                    step.dataset()));
      }
    }
  }

  private String conclusion(Step top) {
    if (explanation.isWhole()) {
      return "It comes from %,d line%s that sources sent, which give %s: nothing is left over."
          .formatted(
              explanation.lines(),
              explanation.lines() == 1 ? "" : "s",
              number(explanation.linesBring()));
    }
    if (explanation.lines() > 0) {
      return "It comes from %,d lines that sources sent, which give %s of it; the steps below say what became of the rest."
          .formatted(explanation.lines(), number(explanation.linesBring()));
    }
    if (Explanation.exact(top.own()).signum() == 0 && top.end().isEmpty()) {
      return "Nothing that sources sent belongs here, or what does adds up to nothing.";
    }
    return explanation
        .endsInWords()
        .orElse("It is no sum over lines; below stands what it is made of.");
  }

  private void tell(Step step, String indent, String above) {
    lines.add(
        "%s%s.%s  %,d row%s  %s  [%s]"
            .formatted(
                indent,
                step.dataset(),
                step.column(),
                step.rows(),
                step.rows() == 1 ? "" : "s",
                value(step),
                cut(step.how().replaceAll("\\s+", " "), LONGEST_WORDS)));
    String deeper = indent + "  ";
    if (step.how().startsWith(Step.ASIDE) && !step.meaning().isEmpty()) {
      lines.add(deeper + step.meaning());
    }
    if (!step.dataset().equals(above)) {
      facts(step, deeper);
    }
    if (step.difference() != null) {
      lines.add(
          "%s! what follows gives %s less: %s"
              .formatted(deeper, number(step.difference()), because(step)));
    }
    step.removed().forEach(removed -> removed(removed, deeper));
    if (!step.end().isEmpty()) {
      lines.add(deeper + step.end());
    }
    landed(step, deeper);
    step.below().forEach(below -> tell(below, deeper, step.dataset()));
  }

  /** What the rows have; where that is in another unit or only a part counts, what they bring. */
  private static String value(Step step) {
    String own = number(step.own()) + (step.unit().isEmpty() ? "" : " " + step.unit());
    return Explanation.exact(step.own()).compareTo(Explanation.exact(step.brings())) == 0
        ? own
        : own + ", of which the number has " + number(step.brings());
  }

  static String because(Step step) {
    String built = step.facts().newest();
    List<String> newer =
        step.below().stream()
            .filter(b -> b.facts().newest().compareTo(built) > 0)
            .map(Step::dataset)
            .toList();
    return newer.isEmpty()
        ? "the rows have changed since, or the trace of "
            + step.dataset()
            + " does not tell of them"
        : "%s was built again since; run %s to follow"
            .formatted(String.join(", ", newer), step.job());
  }

  private void facts(Step step, String indent) {
    Facts facts = step.facts();
    for (LedgerEntry e : facts.shown()) {
      lines.add(
          "%s%s %s: %,d rows%s%s, run %s, recipe %s, built %s"
              .formatted(
                  indent,
                  step.job(),
                  e.partition(),
                  e.rowsOut(),
                  e.rowsIn() < 0 ? "" : " of %,d".formatted(e.rowsIn()),
                  e.removed().isEmpty() ? "" : ", removed " + reasons(e.removed()),
                  e.runId(),
                  e.recipe().substring(0, Math.min(HASH, e.recipe().length())),
                  e.committedAt()));
    }
    long more = facts.partitions() - facts.shown().size();
    lines.add(
        "%ssnapshot %s%s%s%s"
            .formatted(
                indent,
                facts.snapshot(),
                more > 0
                    ? ", and %,d more partitions%s"
                        .formatted(
                            more,
                            facts.removed().isEmpty()
                                ? ""
                                : " (all: removed " + reasons(facts.removed()) + ")")
                    : "",
                facts.missing().isEmpty()
                    ? ""
                    : "; built without " + String.join(", ", facts.missing()),
                facts.held().isEmpty()
                    ? ""
                    : "; a newer build is held: " + String.join(", ", facts.held())));
  }

  private static String reasons(Map<String, Long> removed) {
    return removed.entrySet().stream()
        .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void removed(Removed removed, String indent) {
    lines.add(
        "%sleft out by %s: %,d rows, %s"
            .formatted(indent, removed.reason(), removed.rows(), number(removed.amount())));
    removed
        .shown()
        .forEach(
            row ->
                lines.add(
                    "%s  %s%s%s"
                        .formatted(
                            indent,
                            row.key(),
                            row.observed().isEmpty() ? "" : ": " + row.observed(),
                            row.rawRef().isEmpty() ? "" : " [" + row.rawRef() + "]")));
    more(removed.rows() - removed.shown().size(), indent);
  }

  private void landed(Step step, String indent) {
    for (Line line : step.lines().shown()) {
      String own =
          line.own() == null ? "" : "%s = %s, ".formatted(step.column(), number(line.own()));
      lines.add(
          "%s> %s%s in the number [%s]"
              .formatted(indent, own, number(line.brings()), line.rawRef()));
      lines.add(indent + "    " + cut(line.text().strip(), LONGEST_LINE));
    }
    more(step.lines().count() - step.lines().shown().size(), indent);
  }

  /** The factor between the two numbers of a line, where there is one: a rate, a share. */
  private static String times(Line line) {
    if (line.own() == null || Explanation.exact(line.own()).signum() == 0) {
      return "";
    }
    double factor =
        Explanation.exact(line.brings()).doubleValue()
            / Explanation.exact(line.own()).doubleValue();
    return factor == 1 || factor == 0 ? "" : ", times " + number(factor);
  }

  private void more(long rows, String indent) {
    if (rows > 0) {
      lines.add("%s  and %,d more".formatted(indent, rows));
    }
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + " …" : text;
  }

  /** Grouped, without zeros at the end. */
  static String number(Object value) {
    if (value == null) {
      return "nothing";
    }
    BigDecimal exact = Explanation.exact(value);
    if (value instanceof Double small && small != 0 && Math.abs(small) < SMALLEST_PLAIN) {
      return value.toString();
    }
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(exact);
  }
}
