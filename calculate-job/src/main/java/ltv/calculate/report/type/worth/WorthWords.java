package ltv.calculate.report.type.worth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What reports say of {@link Worth}: sentences, columns and cells. */
public final class WorthWords {
  private static final int MOST = 3;
  private static final int LONGEST = 180;
  private static final int LONGEST_NAME = 60;
  private static final List<Integer> AGES = List.of(7, 30, 60, 90);
  private static final int WEEKS = 12;

  private final Facts facts;
  private final Text text;
  private final List<Worth> told;
  private final List<Row> past;
  private final long horizon;

  /** What they tell of a week, in the language of a text. */
  public WorthWords(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    facts.keep(WorthWords.class, "told"); // the age that all are told of, here and by who asks next
    this.told = facts.rows(WorthWords.class, "worth").stream().map(Worth::new).toList();
    this.past = facts.rows(WorthWords.class, "weeks");
    this.horizon = told.stream().mapToLong(Worth::horizon).findFirst().orElse(0);
  }

  /** What is told of a level, the dearest first. */
  public List<Worth> of(String level) {
    return told.stream().filter(w -> w.row().text("level").equals(level)).toList();
  }

  /** The same of those that cost something. */
  public List<Worth> paid(String level) {
    return of(level).stream().filter(w -> w.cost() > 0).toList();
  }

  /** The longest age up to 180 days that can be told. */
  public long horizon() {
    return horizon;
  }

  /** A number of all users as it was told in each of twelve weeks. */
  public Headline headline(String label, Kind kind, int better, String number) {
    List<Double> told =
        IntStream.range(0, WEEKS)
            .mapToObj(i -> facts.asOf().minusWeeks(WEEKS - 1L - i))
            .map(
                day ->
                    past.stream()
                        .filter(r -> r.date("day").equals(day))
                        .findFirst()
                        .map(r -> r.number(number))
                        .orElse(null))
            .toList();
    return new Headline(label, kind, told.get(WEEKS - 1), told.get(WEEKS - 2), better, told);
  }

  /** Whether a change of what is told of all users is good or bad: neither within its band. */
  public int better(int better) {
    return of("all").stream().anyMatch(w -> w.move() > 1) ? better : 0;
  }

  /** A name as tables have it. */
  public String name(Worth worth) {
    return switch (worth.row().text("level")) {
      case "all" -> text.of("worth.all");
      case "channel" -> text.orSelf("channels", worth.channel());
      default ->
          worth.row().text("campaign_name").equals(worth.channel())
              ? text.orSelf("channels", worth.channel()) // organic is no campaign
              : worth.row().text("campaign_name");
    };
  }

  /** A name within a sentence: short, and isolated, so that none turns the words around it. */
  public String said(Worth worth) {
    String name = name(worth);
    String shown =
        name.codePointCount(0, name.length()) <= LONGEST_NAME
            ? name
            : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    return worth.row().text("level").equals("campaign") ? "\u2068" + shown + "\u2069" : shown;
  }

  /** How far a predicted return moved, and payback with it. */
  public String move(Worth worth) {
    Estimate now = worth.roas();
    Estimate before = worth.roasBefore();
    boolean apart = now.low() > before.high() || now.high() < before.low();
    String moved =
        text.of(
            now.value() > before.value() ? "worth.rose" : "worth.fell",
            said(worth),
            worth.horizon(),
            text.value(before, Kind.WHOLE_PERCENT),
            text.value(now, Kind.WHOLE_PERCENT),
            text.band(now, Kind.WHOLE_PERCENT),
            text.of(apart ? "worth.apart" : "worth.half"));
    return worth.payback().value() == null || worth.paybackBefore().value() == null
        ? moved
        : moved
            + " "
            + text.of(
                "worth.payback_moved",
                text.value(worth.paybackBefore(), Kind.DAYS),
                text.value(worth.payback(), Kind.DAYS),
                text.band(worth.payback(), Kind.DAYS));
  }

  /** Those that moved beyond half their band; if none did, the one that moved most. */
  public List<String> moves(List<Worth> paid, String none) {
    List<Worth> moved = Worth.moved(paid);
    return moved.isEmpty()
        ? List.of(
            most(paid)
                .map(
                    w ->
                        text.of(none)
                            + " "
                            + text.of(
                                "worth.within",
                                said(w),
                                text.value(w.roasBefore(), Kind.WHOLE_PERCENT),
                                text.value(w.roas(), Kind.WHOLE_PERCENT)))
                .orElse(text.of(none)))
        : moved.stream().limit(MOST).map(this::move).toList();
  }

  /** The one of enough users that moved most, however little. */
  public static Optional<Worth> most(List<Worth> paid) {
    return paid.stream()
        .filter(w -> !w.isFew() && w.roas().value() != null && w.roasBefore().value() != null)
        .max(Comparator.comparingDouble(Worth::move));
  }

  /** Which budget to look at, by where the whole band lies. */
  public List<String> actions(List<Worth> paid) {
    List<String> actions = new ArrayList<>();
    actions.addAll(told(paid, w -> w.side() > 0, "worth.carries"));
    actions.addAll(
        told(paid, w -> w.side() < 0, horizon < LONGEST ? "worth.costs_yet" : "worth.costs"));
    List<Worth> nobody = paid.stream().filter(w -> w.users() == 0).toList();
    if (!nobody.isEmpty()) {
      actions.add(
          text.of(
              nobody.size() > MOST ? "worth.nobody_more" : "worth.nobody",
              nobody.stream().limit(MOST).map(this::said).collect(Collectors.joining(", ")),
              text.value(nobody.stream().mapToDouble(Worth::cost).sum(), Kind.MONEY),
              nobody.size() - MOST));
    }
    return actions.isEmpty() ? List.of(text.of("worth.no_action")) : actions;
  }

  private List<String> told(List<Worth> paid, Predicate<Worth> which, String key) {
    return paid.stream()
        .filter(which)
        .limit(MOST)
        .map(
            w ->
                text.of(
                    key,
                    said(w),
                    text.band(w.roas(), Kind.WHOLE_PERCENT),
                    w.horizon(),
                    text.value(w.cost(), Kind.MONEY)))
        .toList();
  }

  /** Columns of what came back and will. */
  public List<Column> returnColumns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("worth.cost"), Kind.MONEY));
    columns.add(Column.of(text.of("worth.cpi"), Kind.MONEY));
    columns.add(roasColumn(text.of("worth.proas", horizon)));
    columns.add(paybackColumn(text.of("worth.payback")));
    AGES.forEach(age -> columns.add(Column.of(text.of("worth.roas_age", age), Kind.WHOLE_PERCENT)));
    return columns;
  }

  private Column roasColumn(String label) {
    return new Column(label, Kind.WHOLE_PERCENT, text.of("worth.bar"), true);
  }

  private Column paybackColumn(String label) {
    return new Column(label, Kind.DAYS, text.of("worth.payback_words", horizon), true);
  }

  /** What {@link #returnColumns} hold. */
  public List<Cell> returnCells(Worth worth) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(worth.cost()));
    cells.add(worth.cell(worth.cost() > 0 ? worth.each() : null, text));
    cells.add(worth.cell(known(worth.roas()), text));
    cells.add(Cell.of(known(worth.payback())));
    AGES.forEach(age -> cells.add(worth.observed(age, text)));
    return cells;
  }

  /** Null where neither the value nor an end of its band is known. */
  public static Estimate known(Estimate estimate) {
    return estimate.value() == null && estimate.low() == null && estimate.high() == null
        ? null
        : estimate;
  }

  /** Columns of the return that was told a week before and is told now. */
  public List<Column> moveColumns() {
    return List.of(
        roasColumn(text.of("worth.proas", horizon)),
        roasColumn(text.of("worth.before", text.of("worth.proas", horizon))),
        paybackColumn(text.of("worth.payback")),
        paybackColumn(text.of("worth.before", text.of("worth.payback"))));
  }

  /** What {@link #moveColumns} hold. */
  public List<Cell> moveCells(Worth worth) {
    return List.of(
        worth.cell(known(worth.roas()), text),
        Cell.of(known(worth.roasBefore())),
        Cell.of(known(worth.payback())),
        Cell.of(known(worth.paybackBefore())));
  }

  /** Columns of what a return follows from, now and a week before. */
  public List<Column> causeColumns() {
    String value = text.of("worth.pltv", horizon);
    return List.of(
        Column.of(text.of("worth.cpi"), Kind.MONEY),
        Column.of(text.of("worth.before", text.of("worth.cpi")), Kind.MONEY),
        Column.of(value, Kind.MONEY),
        Column.of(text.of("worth.before", value), Kind.MONEY));
  }

  /** What {@link #causeColumns} hold. */
  public List<Cell> causeCells(Worth worth) {
    return List.of(
        worth.cell(worth.each(), text),
        Cell.of(worth.eachBefore()),
        worth.cell(worth.value().value(), text),
        worth.row().cell("pltv_before"));
  }
}
