package ltv.calculate.report.type.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.drawing.Flow;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** The critical path: which steps people took before their first order, and what they go with. */
final class SitePath {
  static final String PATHS = "mart_path";
  static final String STEPS = "mart_path_step";

  private static final int LONGEST = 5;

  private final Facts facts;
  private final Text text;
  private final List<Row> paths;
  private final List<Row> steps;

  SitePath(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.paths = facts.rows(SitePath.class, "paths");
    this.steps = facts.rows(SitePath.class, "steps");
  }

  Section section() {
    List<Table> tables = new ArrayList<>();
    if (!paths.isEmpty()) {
      tables.add(pathsTable());
    }
    if (!steps.isEmpty()) {
      tables.add(stepsTable());
    }
    return new Section(
        "path",
        text.of("site.name_path"),
        introduction(),
        paths.isEmpty() ? Optional.empty() : Optional.of(chart()),
        tables);
  }

  /** The step that is most surely beside first orders. */
  Optional<String> action() {
    return steps.stream()
        .filter(r -> new Lift(r).isSurelyMore())
        .findFirst()
        .map(
            r ->
                text.of(
                    "site.act_step",
                    Text.foreign(word(r.text("step"))),
                    text.value(r.number("lift"), Kind.TIMES),
                    text.band(r.band("lift", "lift_low", "lift_high"), Kind.TIMES)));
  }

  private String introduction() {
    List<String> sentences = new ArrayList<>();
    if (!facts.knows(PATHS)) {
      sentences.add(text.of("site.unknown", PATHS, facts.asOf()));
    } else if (paths.isEmpty()) {
      sentences.add(text.of("site.no_path"));
    } else {
      sentences.add(text.of("site.read_path"));
      // a step tells of everybody: with it and without it
      steps.stream().findFirst().map(this::coverage).ifPresent(sentences::add);
    }
    if (!facts.knows(STEPS)) {
      sentences.add(text.of("site.unknown", STEPS, facts.asOf()));
    }
    return String.join(" ", sentences);
  }

  private String coverage(Row step) {
    return text.of(
        "site.coverage",
        text.value(sum("conversions"), Kind.COUNT),
        text.value(step.count("conversions") + step.count("conversions_without"), Kind.COUNT),
        text.value(sum("users"), Kind.COUNT),
        text.value(step.count("users") + step.count("users_without"), Kind.COUNT));
  }

  private long sum(String column) {
    return paths.stream().mapToLong(r -> r.count(column)).sum();
  }

  private static List<String> steps(Row row) {
    return IntStream.rangeClosed(1, LONGEST)
        .mapToObj(i -> row.text("step_" + i))
        .filter(step -> step != null)
        .toList();
  }

  private String word(String step) {
    return text.orSelf("steps", step);
  }

  private Chart chart() {
    List<Flow.Path> taken =
        paths.stream()
            .map(r -> new Flow.Path(steps(r), r.count("users"), r.count("conversions")))
            .toList();
    return new Chart(
        "flow",
        "flow",
        text.of(
            "site.said_path",
            text.value(sum("users"), Kind.COUNT),
            text.value(sum("conversions"), Kind.COUNT),
            paths.size()),
        Flow.of(taken, text));
  }

  private Table pathsTable() {
    return Table.of(
        "paths",
        text.of("site.caption_paths"),
        List.of(
            Column.of(text.of("site.path"), Kind.TEXT),
            Column.hinted(text.of("site.users"), Kind.COUNT, text.of("site.hint_path_users")),
            Column.of(text.of("site.first_orders"), Kind.COUNT),
            Column.of(text.of("site.rate"), Kind.PERCENT),
            Column.tested(text.of("site.lift"), Kind.TIMES, text.of("site.hint_path_lift")),
            Column.of(text.of("site.verdict"), Kind.TEXT),
            Column.hinted(text.of("site.hours"), Kind.COUNT, text.of("site.hint_hours"))),
        paths.stream()
            .map(
                r ->
                    List.of(
                        Cell.of(
                            steps(r).stream()
                                .map(step -> Text.apart(word(step)))
                                .collect(Collectors.joining(" → "))),
                        r.cell("users"),
                        r.cell("conversions"),
                        r.cell("conversion_rate"),
                        new Lift(r).cell(),
                        new Lift(r).verdict("common.verdict_more", text),
                        r.cell("median_hours")))
            .toList());
  }

  private Table stepsTable() {
    return Table.of(
        "steps",
        text.of("site.caption_steps"),
        List.of(
            Column.of(text.of("site.step"), Kind.TEXT),
            Column.of(text.of("site.users"), Kind.COUNT),
            Column.of(text.of("site.first_orders"), Kind.COUNT),
            Column.of(text.of("site.rate"), Kind.PERCENT),
            Column.of(text.of("site.rate_without"), Kind.PERCENT),
            Column.tested(text.of("site.lift"), Kind.TIMES, text.of("site.hint_step_lift")),
            Column.of(text.of("site.verdict"), Kind.TEXT),
            Column.tested(text.of("site.removal"), Kind.PERCENT, text.of("site.hint_removal"))),
        steps.stream()
            .map(
                r ->
                    List.of(
                        Cell.of(word(r.text("step"))),
                        r.cell("users"),
                        r.cell("conversions"),
                        r.cell("conversion_rate"),
                        r.cell("rate_without"),
                        new Lift(r).cell(),
                        new Lift(r).verdict("common.verdict_test", text),
                        r.estimate("removal_effect", "removal_low", "removal_high")))
            .toList());
  }
}
