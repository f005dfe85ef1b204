package ltv.calculate.report.type.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What those who became frequent did first, and how customers moved between segments. */
final class SiteHabits {
  static final String BEHAVIOURS = "mart_frequent_behaviour";
  static final String MOVEMENT = "mart_segment_movement";

  private static final String EVERYBODY = "everybody";
  private static final List<String> SEGMENTS = List.of("new", "growing", "loyal", "vip");
  private static final Pattern DAYS = Pattern.compile("visited on (\\d+) days or more");

  private final Facts facts;
  private final Text text;
  private final List<Row> behaviours;
  private final Optional<Row> everybody;
  private final List<Row> moves;

  SiteHabits(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    List<Row> all = facts.rows(SiteHabits.class, "behaviours");
    this.behaviours =
        all.stream().filter(r -> !r.text("behaviour_kind").equals(EVERYBODY)).toList();
    this.everybody = all.stream().filter(r -> r.text("behaviour_kind").equals(EVERYBODY)).findAny();
    this.moves = facts.rows(SiteHabits.class, "movement");
  }

  Section behaviours() {
    String introduction =
        !facts.knows(BEHAVIOURS)
            ? text.of("site.unknown", BEHAVIOURS, facts.asOf())
            : everybody.isEmpty() || behaviours.isEmpty()
                ? text.of("site.no_behaviour")
                : text.of(
                    "site.read_behaviour",
                    text.value(everybody.get().count("users"), Kind.COUNT),
                    text.value(everybody.get().number("rate"), Kind.PERCENT));
    return new Section(
        "behaviour",
        text.of("site.name_behaviour"),
        introduction,
        Optional.empty(),
        behaviours.isEmpty() ? List.of() : List.of(behavioursTable()));
  }

  private Table behavioursTable() {
    return Table.of(
        "behaviours",
        text.of("site.caption_behaviours"),
        List.of(
            Column.of(text.of("site.behaviour"), Kind.TEXT),
            Column.of(text.of("site.behaviour_kind"), Kind.TEXT),
            Column.of(text.of("site.users"), Kind.COUNT),
            Column.of(text.of("site.frequent_rate"), Kind.PERCENT),
            Column.of(text.of("site.other_rate"), Kind.PERCENT),
            Column.tested(text.of("site.lift"), Kind.TIMES, text.of("site.hint_behaviour_lift")),
            Column.of(text.of("site.verdict"), Kind.TEXT),
            Column.hinted(text.of("site.share"), Kind.PERCENT, text.of("site.hint_share"))),
        behaviours.stream()
            .map(
                r ->
                    List.of(
                        Cell.of(behaviour(r)),
                        Cell.of(text.of("site.kind_" + r.text("behaviour_kind"))),
                        r.cell("users"),
                        r.cell("rate"),
                        r.cell("other_rate"),
                        new Lift(r).cell(),
                        new Lift(r).verdict("common.verdict_more", text),
                        r.cell("coverage")))
            .toList());
  }

  private String behaviour(Row row) {
    String behaviour = row.text("behaviour");
    return switch (row.text("behaviour_kind")) {
      case "event" -> text.orSelf("steps", behaviour);
      case "channel" -> text.orSelf("channels", behaviour);
      case "platform" -> text.orSelf("platforms", behaviour);
      default -> {
        Matcher days = DAYS.matcher(behaviour);
        yield days.matches() ? text.of("site.visited_days", days.group(1)) : behaviour;
      }
    };
  }

  Section movement() {
    String introduction =
        !facts.knows(MOVEMENT)
            ? text.of("site.unknown", MOVEMENT, facts.asOf())
            : text.of(moves.isEmpty() ? "site.no_movement" : "site.read_movement");
    return new Section(
        "movement",
        text.of("site.name_movement"),
        introduction,
        Optional.empty(),
        moves.isEmpty() ? List.of() : List.of(movementTable()));
  }

  /** Everybody is in one row of the mart: a move that it does not have is of nobody. */
  private Table movementTable() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("site.week_ago"), Kind.TEXT));
    SEGMENTS.forEach(to -> columns.add(Column.of(text.of("site.segment_" + to), Kind.COUNT)));
    columns.add(Column.of(text.of("site.all_customers"), Kind.COUNT));
    columns.add(Column.hinted(text.of("site.overdue"), Kind.COUNT, text.of("site.hint_overdue")));
    Map<String, List<Row>> from =
        moves.stream().collect(Collectors.groupingBy(r -> r.text("segment_week_ago")));
    List<List<Cell>> rows = new ArrayList<>();
    for (String segment : List.of("none", "new", "growing", "loyal", "vip")) {
      rows.add(moved(text.of("site.segment_" + segment), from.getOrDefault(segment, List.of())));
    }
    return new Table(
        "movement",
        text.of("site.caption_movement"),
        columns,
        rows,
        Optional.of(moved(text.of("site.now"), moves)),
        false);
  }

  private static List<Cell> moved(String name, List<Row> rows) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(name));
    for (String to : SEGMENTS) {
      cells.add(
          Cell.of(
              rows.stream()
                  .filter(r -> r.text("segment").equals(to))
                  .mapToLong(r -> r.count("customers"))
                  .sum()));
    }
    cells.add(Cell.of(rows.stream().mapToLong(r -> r.count("customers")).sum()));
    cells.add(Cell.of(rows.stream().mapToLong(r -> r.count("overdue_customers")).sum()));
    return cells;
  }

  /** Customers to be written to. */
  Optional<String> action() {
    long overdue = moves.stream().mapToLong(r -> r.count("overdue_customers")).sum();
    return overdue == 0
        ? Optional.empty()
        : Optional.of(text.of("site.act_overdue", text.value(overdue, Kind.COUNT)));
  }
}
