package ltv.calculate.report.type.cohort;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** Who comes, orders or buys again, by the week in which they began. */
public final class CohortReport {
  /** What its queries read, and must be built. */
  public static final List<String> MARTS = List.of("mart_retention_cohort");

  private static final List<String> KINDS =
      List.of("visit_to_visit", "order_to_order", "sign_up_to_order", "install_to_order");
  private static final int AGES = 12;
  private static final int WEEKS = 12;

  private final Facts facts;
  private final Text text;
  private final Map<String, List<Row>> cells;

  private CohortReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.cells =
        facts.rows(CohortReport.class, "weeks").stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.text("cohort_kind"), TreeMap::new, Collectors.toList()));
  }

  /** What the report says of a week, in the language of a text. */
  public static Content of(Facts facts, Text text) {
    return new CohortReport(facts, text).content();
  }

  private Content content() {
    List<Turn> turns = KINDS.stream().map(this::turn).toList();
    List<Turn> known = turns.stream().filter(Turn::isKnown).toList();
    String calm =
        text.of(
            !known.isEmpty()
                ? "cohort.calm"
                : facts.asOf().isBefore(facts.week().sunday())
                    ? "cohort.running"
                    : "cohort.nothing");
    return new Content(
        known.stream()
            .filter(turn -> Math.abs(turn.surprise()) >= Chance.SURPRISING)
            .max(Comparator.comparingDouble(turn -> Math.abs(turn.surprise())))
            .map(this::sentence)
            .orElse(calm),
        turns.stream().map(this::headline).toList(),
        known.stream().map(this::sentence).toList(),
        reasons(known),
        actions(known),
        KINDS.stream().map(this::section).toList());
  }

  /** The first number of weeks after that a kind is told of: ordering in the same week counts. */
  private static int firstAge(String kind) {
    return kind.endsWith("_to_order") && !kind.startsWith("order") ? 0 : 1;
  }

  private Optional<Row> cell(String kind, LocalDate cohort, int age) {
    return cells.getOrDefault(kind, List.of()).stream()
        .filter(r -> r.date("cohort_start").equals(cohort) && r.count("periods_after") == age)
        .findFirst();
  }

  /** The newest rate that is complete, and those of the weeks before it. */
  private Turn turn(String kind) {
    int age = firstAge(kind);
    List<Row> newest = new ArrayList<>();
    for (int weeks = WEEKS - 1; weeks >= 0; weeks--) {
      LocalDate cohort = facts.week().monday().minusWeeks(weeks + (long) age);
      newest.add(
          cell(kind, cohort, age)
              .filter(r -> r.text("cell_state").equals("complete") && !r.is("is_small"))
              .orElse(null));
    }
    return new Turn(kind, newest);
  }

  private Headline headline(Turn turn) {
    return new Headline(
        text.of("cohort.headline_" + turn.kind()),
        Kind.PERCENT,
        turn.rate(0),
        turn.rate(1),
        1,
        turn.newest().stream().map(r -> r == null ? null : r.number("retention")).toList());
  }

  private String sentence(Turn turn) {
    double difference = turn.rate(0) - turn.rate(1);
    return text.of(
        "cohort.moved_" + turn.kind(),
        text.value(turn.rate(0), Kind.PERCENT),
        text.change(headline(turn)),
        text.of(
            Math.abs(turn.surprise()) < Chance.SURPRISING
                ? "cohort.by_chance"
                : difference > 0 ? "cohort.more" : "cohort.less"));
  }

  /** Where the change is: the channel whose users did most for it. */
  private List<String> reasons(List<Turn> known) {
    List<String> reasons = new ArrayList<>();
    for (Turn turn : known) {
      Map<String, List<Row>> channels =
          facts.rows(CohortReport.class, "channels").stream()
              .filter(r -> r.text("cohort_kind").equals(turn.kind()))
              .collect(
                  Collectors.groupingBy(r -> r.text("channel"), TreeMap::new, Collectors.toList()));
      channels.values().stream()
          .filter(rows -> rows.size() == 2)
          .map(rows -> new Turn(turn.kind(), rows))
          .filter(t -> Math.abs(t.surprise()) >= Chance.SURPRISING)
          .max(Comparator.comparingDouble(t -> Math.abs(t.surprise())))
          .ifPresent(
              t ->
                  reasons.add(
                      text.of(
                          "cohort.channel",
                          text.of("cohort.name_" + turn.kind()),
                          text.orSelf("channels", t.newest().get(1).text("channel")),
                          text.value(t.rate(0), Kind.PERCENT),
                          text.change(headline(t)))));
    }
    return reasons.isEmpty() ? List.of(text.of("cohort.no_reason")) : reasons;
  }

  private List<String> actions(List<Turn> known) {
    List<String> actions = new ArrayList<>();
    for (Turn turn : known) {
      if (turn.surprise() <= -Chance.SURPRISING) {
        actions.add(text.of("cohort.act_" + turn.kind()));
      }
    }
    return actions.isEmpty() ? List.of(text.of("cohort.no_action")) : actions;
  }

  private Section section(String kind) {
    return new Section(
        kind.replace('_', '-'),
        text.of("cohort.name_" + kind),
        text.of("cohort.read_" + kind),
        Optional.empty(),
        List.of(table(kind)));
  }

  private Table table(String kind) {
    int first = firstAge(kind);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("cohort.week"), Kind.TEXT));
    columns.add(Column.of(text.of("cohort.users"), Kind.COUNT));
    for (int age = first; age < AGES; age++) {
      columns.add(
          Column.hinted(
              text.of("cohort.age", age), Kind.PERCENT, text.of("cohort.weeks_after", age)));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int weeks = WEEKS - 1; weeks >= 0; weeks--) {
      LocalDate cohort = facts.week().monday().minusWeeks(weeks);
      cell(kind, cohort, 0).ifPresent(zero -> rows.add(row(kind, zero, first)));
    }
    return new Table(
        kind.replace('_', '-'),
        text.of("cohort.caption_" + kind),
        columns,
        rows,
        Optional.of(means(kind, first)),
        true);
  }

  private List<Cell> row(String kind, Row zero, int first) {
    LocalDate cohort = zero.date("cohort_start");
    boolean few = zero.is("is_small");
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(text.range(new Week(cohort))));
    row.add(few ? Cell.few(zero.count("users"), text.of("cohort.few")) : zero.cell("users"));
    for (int age = first; age < AGES; age++) {
      row.add(
          cell(kind, cohort, age)
              .filter(r -> !r.text("cell_state").equals("future"))
              .map(r -> heat(r, few))
              .orElse(Cell.noted(null, text.of("common.not_yet"))));
    }
    return row;
  }

  private Cell heat(Row row, boolean few) {
    boolean running = row.text("cell_state").equals("partial");
    return Cell.heat(
        row.number("retention"),
        few,
        running ? text.of("common.final_on", text.day(row.date("cell_end"))) : null);
  }

  /** Of the weeks shown, those that are complete and have enough users, weighted by users. */
  private List<Cell> means(String kind, int first) {
    List<Row> counted =
        cells.getOrDefault(kind, List.of()).stream()
            .filter(r -> r.text("cell_state").equals("complete") && !r.is("is_small"))
            .toList();
    List<Cell> means = new ArrayList<>();
    means.add(Cell.of(text.of("cohort.mean")));
    means.add(
        Cell.of(
            cells.getOrDefault(kind, List.of()).stream()
                .filter(r -> r.count("periods_after") == 0 && !r.is("is_small"))
                .mapToLong(r -> r.count("users"))
                .sum()));
    IntStream.range(first, AGES)
        .mapToObj(
            age ->
                Turn.rate(counted.stream().filter(r -> r.count("periods_after") == age).toList()))
        .forEach(rate -> means.add(Cell.of(rate)));
    return means;
  }

  /**
   * How a rate went from week to week.
   *
   * @param newest of the weeks, the newest last; null where too few began or the week is running
   */
  private record Turn(String kind, List<Row> newest) {
    private Turn {
      newest = java.util.Collections.unmodifiableList(newest); // with nulls
    }

    private Row back(int weeks) {
      return newest.get(newest.size() - 1 - weeks);
    }

    private boolean isKnown() {
      return rate(0) != null && rate(1) != null;
    }

    private Double rate(int weeks) {
      return back(weeks) == null ? null : back(weeks).number("retention");
    }

    /** The difference to the week before, in standard errors of it. */
    private double surprise() {
      return Chance.shares(
          back(0).count("active_users"),
          back(0).count("users"),
          back(1).count("active_users"),
          back(1).count("users"));
    }

    /** Of all rows together; null of none. */
    private static Double rate(List<Row> rows) {
      long users = rows.stream().mapToLong(r -> r.count("users")).sum();
      long active = rows.stream().mapToLong(r -> r.count("active_users")).sum();
      return users == 0 ? null : (Double) ((double) active / users);
    }
  }
}
