package ltv.calculate.report.type.ltv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.type.worth.Worth;
import ltv.calculate.report.type.worth.WorthWords;
import ltv.calculate.report.words.Text;

/** What users are worth, which campaign pays back, and how far forecasts can be trusted. */
public final class LtvReport {
  /** What its queries read, and must be built. */
  public static final List<String> MARTS =
      List.of("mart_ltv_campaign", "mart_roas_cohort", "mart_backtest");

  private static final int MOST = 40;
  private static final int MOVES = 10;

  private final Facts facts;
  private final Text text;
  private final WorthWords words;
  private final List<Worth> campaigns;
  private final Optional<Worth> all;
  private final List<Row> tests;

  private LtvReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.words = new WorthWords(facts, text);
    this.campaigns = words.of("campaign");
    this.all = words.of("all").stream().findFirst();
    this.tests = facts.rows(LtvReport.class, "tests");
  }

  /** What the report says of a week, in the language of a text. */
  public static Content of(Facts facts, Text text) {
    return new LtvReport(facts, text).content();
  }

  private Content content() {
    List<Worth> paid = words.paid("campaign");
    List<Section> sections = new ArrayList<>();
    all.ifPresent(a -> sections.add(curve(a)));
    sections.add(byCampaign());
    sections.add(moves(paid));
    sections.add(tests());
    return new Content(
        all.map(this::finding).orElse(text.of("ltv.nothing")),
        List.of(
            words.headline(
                text.of("ltv.headline_value", words.horizon()),
                Kind.MONEY,
                words.better(1),
                "pltv"),
            words.headline(text.of("worth.payback"), Kind.DAYS, words.better(-1), "payback_days"),
            words.headline(
                text.of("worth.headline_roas", words.horizon()),
                Kind.WHOLE_PERCENT,
                words.better(1),
                "proas"),
            words.headline(text.of("ltv.headline_users"), Kind.COUNT, 1, "users")),
        changed(paid),
        reasons(paid),
        words.actions(paid),
        sections);
  }

  /** What a user is worth beside what it costs, and whether that pays back. */
  private String finding(Worth worth) {
    if (worth.value().value() == null) {
      return text.of("ltv.nothing");
    }
    String value =
        text.of(
            "ltv.finding",
            worth.horizon(),
            text.value(worth.value(), Kind.MONEY),
            text.band(worth.value(), Kind.MONEY));
    if (worth.cost() <= 0) {
      return value;
    }
    Estimate payback = worth.payback();
    String paysBack =
        payback.value() != null
            ? text.of(
                "ltv.pays_back", text.value(payback, Kind.DAYS), text.band(payback, Kind.DAYS))
            : payback.low() != null
                ? text.of("ltv.may_pay_back", worth.horizon(), text.value(payback.low(), Kind.DAYS))
                : text.of("ltv.does_not_pay_back", worth.horizon());
    return value + " " + text.of("ltv.costs", text.value(worth.each(), Kind.MONEY), paysBack);
  }

  private List<String> changed(List<Worth> paid) {
    List<String> changed = new ArrayList<>();
    all.filter(w -> w.row().number("pltv_before") != null)
        .ifPresent(
            w ->
                changed.add(
                    text.of(
                        "ltv.changed",
                        w.horizon(),
                        text.value(w.row().number("pltv_before"), Kind.MONEY),
                        text.value(w.value(), Kind.MONEY),
                        text.value(w.eachBefore(), Kind.MONEY),
                        text.value(w.each(), Kind.MONEY))));
    changed.addAll(words.moves(paid, "ltv.none_moved"));
    return changed;
  }

  /** What moved with those that moved most, and how far forecasts can be trusted. */
  private List<String> reasons(List<Worth> paid) {
    List<Worth> moved = Worth.moved(paid);
    List<Worth> told = moved.isEmpty() ? WorthWords.most(paid).stream().toList() : moved;
    List<String> reasons = new ArrayList<>();
    told.stream()
        .limit(3)
        .forEach(
            w ->
                reasons.add(
                    text.of(
                        "ltv.reason",
                        words.said(w),
                        text.change(w.each(), w.eachBefore()),
                        text.change(w.value().value(), w.row().number("pltv_before")))));
    if (reasons.isEmpty()) {
      reasons.add(text.of("ltv.no_reason"));
    }
    // where nothing was paid there is no bias
    List<Row> known = tests.stream().filter(t -> t.number("bias") != null).toList();
    if (!known.isEmpty()) {
      Row oldest = known.get(known.size() - 1);
      reasons.add(
          text.of(
              "ltv.trust",
              oldest.count("horizon_days"),
              text.change(1 + oldest.number("bias"), 1.0),
              text.value(oldest.number("coverage_80"), Kind.WHOLE_PERCENT),
              text.value(oldest.count("tests"), Kind.COUNT)));
    }
    return reasons;
  }

  private Section section(String id, Optional<Chart> chart, Table table) {
    return new Section(
        id,
        text.of("ltv.name_" + id),
        text.of("ltv.read_" + id, words.horizon()),
        chart,
        List.of(table));
  }

  private Section curve(Worth worth) {
    LtvCurve curve = new LtvCurve(facts, text, worth);
    return section("curve", Optional.of(curve.chart()), curve.table());
  }

  private Section byCampaign() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("ltv.campaign"), Kind.TEXT));
    columns.add(Column.of(text.of("channel.users"), Kind.COUNT));
    columns.addAll(words.returnColumns());
    columns.add(Column.estimated(text.of("worth.pltv", words.horizon()), Kind.MONEY));
    columns.add(Column.hinted(text.of("ltv.status"), Kind.TEXT, text.of("ltv.status_words")));
    columns.add(Column.of(text.of("channel.channel"), Kind.TEXT));
    columns.add(Column.of(text.of("ltv.id"), Kind.TEXT));
    List<List<Cell>> rows = campaigns.stream().limit(MOST).map(this::row).toList();
    List<Worth> more = campaigns.stream().skip(MOST).toList();
    Optional<List<Cell>> foot =
        more.isEmpty() ? Optional.empty() : Optional.of(more(more, columns.size()));
    return section(
        "campaigns",
        Optional.empty(),
        new Table("campaigns", text.of("ltv.caption_campaigns"), columns, rows, foot, false));
  }

  private List<Cell> row(Worth worth) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(words.name(worth)));
    cells.add(Cell.of(worth.users()));
    cells.addAll(words.returnCells(worth));
    cells.add(worth.cell(WorthWords.known(worth.value()), text));
    cells.add(
        Cell.of(worth.users() == 0 ? null : text.of("ltv.status_" + worth.row().text("status"))));
    cells.add(Cell.of(text.orSelf("channels", worth.channel())));
    cells.add(Cell.of(worth.row().text("campaign_id")));
    return cells;
  }

  /** Users and cost may be summed; what is per user, ratios and bands may not. */
  private List<Cell> more(List<Worth> more, int width) {
    List<Cell> cells = new ArrayList<>(Collections.nCopies(width, Cell.of(null)));
    cells.set(0, Cell.of(text.of("ltv.more", more.size())));
    cells.set(1, Cell.of(more.stream().mapToLong(Worth::users).sum()));
    cells.set(2, Cell.of(more.stream().mapToDouble(Worth::cost).sum()));
    return cells;
  }

  private Section moves(List<Worth> paid) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("ltv.campaign"), Kind.TEXT));
    columns.addAll(words.moveColumns());
    columns.addAll(words.causeColumns());
    columns.add(Column.hinted(text.of("ltv.beyond"), Kind.TEXT, text.of("ltv.beyond_words")));
    List<List<Cell>> rows = new ArrayList<>();
    paid.stream()
        .filter(w -> w.move() > 0)
        .sorted(Comparator.comparingDouble(Worth::move).reversed())
        .limit(MOVES)
        .forEach(
            w -> {
              List<Cell> cells = new ArrayList<>();
              cells.add(Cell.of(words.name(w)));
              cells.addAll(words.moveCells(w));
              cells.addAll(words.causeCells(w));
              cells.add(
                  Cell.of(
                      text.of(w.move() > 1 && !w.isFew() ? "ltv.beyond_yes" : "ltv.beyond_no")));
              rows.add(cells);
            });
    return rows.isEmpty()
        ? new Section(
            "moves",
            text.of("ltv.name_moves"),
            text.of(WorthWords.most(paid).isPresent() ? "ltv.none_moved" : "ltv.none_before"),
            Optional.empty(),
            List.of())
        : section(
            "moves",
            Optional.empty(),
            Table.of("moves", text.of("ltv.caption_moves"), columns, rows));
  }

  private Section tests() {
    List<Column> columns =
        List.of(
            Column.of(text.of("ltv.age"), Kind.TEXT),
            Column.of(text.of("ltv.test_days"), Kind.COUNT),
            Column.hinted(text.of("ltv.tests"), Kind.COUNT, text.of("ltv.tests_words")),
            Column.hinted(text.of("ltv.bias"), Kind.CHANGE, text.of("ltv.bias_words")),
            Column.hinted(text.of("ltv.wape"), Kind.PERCENT, text.of("ltv.wape_words")),
            Column.hinted(text.of("ltv.within"), Kind.PERCENT, text.of("ltv.within_words")),
            Column.hinted(text.of("ltv.width"), Kind.PERCENT, text.of("ltv.width_words")));
    List<List<Cell>> rows =
        tests.stream()
            .map(
                r ->
                    List.of(
                        Cell.of("D" + r.count("horizon_days")),
                        r.cell("test_dates"),
                        Cell.noted(
                            r.count("tests"),
                            r.count("tests") < 30 ? text.of("ltv.few_tests") : null),
                        r.cell("bias"),
                        r.cell("wape"),
                        r.cell("coverage_80"),
                        r.cell("width_80")))
            .toList();
    return section(
        "tests", Optional.empty(), Table.of("tests", text.of("ltv.caption_tests"), columns, rows));
  }
}
