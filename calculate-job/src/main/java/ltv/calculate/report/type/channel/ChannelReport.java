package ltv.calculate.report.type.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Table;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.type.worth.Worth;
import ltv.calculate.report.type.worth.WorthWords;
import ltv.calculate.report.words.Text;

/** What channels cost and bring, what comes back of it, and why that moved. */
public final class ChannelReport {
  /** What its queries read, and must be built. */
  public static final List<String> MARTS =
      List.of("mart_channel_daily", "mart_ltv_campaign", "mart_roas_cohort", "mart_attribution");

  private static final List<String> MODELS = List.of("first", "last", "markov");

  private final Facts facts;
  private final Text text;
  private final ChannelWeeks weeks;
  private final ChannelCohorts cohorts;
  private final WorthWords words;
  private final List<Worth> paid;
  private final Map<String, Double> mix;

  private ChannelReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.weeks = new ChannelWeeks(facts, text);
    this.cohorts = new ChannelCohorts(facts, text);
    this.words = new WorthWords(facts, text);
    this.paid = words.paid("channel");
    this.mix = new TreeMap<>();
    facts
        .rows(ChannelReport.class, "mix")
        .forEach(r -> mix.put(r.text("channel"), r.number("by_mix")));
  }

  /** What the report says of a week, in the language of a text. */
  public static Content of(Facts facts, Text text) {
    return new ChannelReport(facts, text).content();
  }

  private Content content() {
    List<Worth> moved = Worth.moved(paid);
    List<String> changed = new ArrayList<>(List.of(weeks.total(), weeks.dearer()));
    changed.addAll(words.moves(paid, "worth.none_moved"));
    return new Content(
        moved.isEmpty() ? weeks.finding() : words.move(moved.get(0)),
        List.of(
            weeks.headline(
                text.of("channel.headline_spend"), Kind.MONEY, 0, ChannelWeeks.Sum::spend),
            weeks.headline(
                text.of("channel.headline_revenue"), Kind.MONEY, 1, ChannelWeeks.Sum::revenue),
            weeks.headline(text.of("channel.headline_cpi"), Kind.MONEY, -1, ChannelWeeks.Sum::each),
            words.headline(
                text.of("worth.headline_roas", words.horizon()),
                Kind.WHOLE_PERCENT,
                words.better(1),
                "proas")),
        changed,
        reasons(moved),
        words.actions(paid),
        List.of(week(), returns(), why(), byCohort(), credit()));
  }

  private Section section(String id, Optional<Chart> chart, Table... tables) {
    return new Section(
        id,
        text.of("channel.name_" + id),
        text.of("channel.read_" + id, words.horizon()),
        chart,
        List.of(tables));
  }

  private Section week() {
    Section section =
        section("week", Optional.of(weeks.chart()), weeks.byChannel(), weeks.byWeek());
    return facts.asOf().equals(facts.week().sunday())
        ? section
        : new Section(
            section.id(),
            section.heading(),
            section.introduction() + " " + text.of("channel.running", text.day(facts.asOf())),
            section.chart(),
            section.tables());
  }

  /** Of those that moved, or of the one that moved most: what moved with it. */
  private List<String> reasons(List<Worth> moved) {
    List<Worth> told = moved.isEmpty() ? WorthWords.most(paid).stream().toList() : moved;
    List<String> reasons = new ArrayList<>();
    told.stream().limit(3).forEach(w -> reasons.add(reason(w)));
    return reasons.isEmpty() ? List.of(text.of("channel.no_reason")) : reasons;
  }

  private String reason(Worth worth) {
    List<Optional<Double>> early = cohorts.early(worth.channel());
    Double byMix = mix.get(worth.channel());
    return text.of(
        "channel.reason",
        words.name(worth),
        text.change(worth.each(), worth.eachBefore()),
        text.change(worth.value().value(), worth.row().number("pltv_before")),
        byMix == null ? Text.MISSING : text.change(1 + byMix, 1.0),
        text.value(early.get(0).orElse(null), Kind.MONEY),
        text.value(early.get(1).orElse(null), Kind.MONEY));
  }

  private Section returns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("channel.channel"), Kind.TEXT));
    columns.add(Column.of(text.of("channel.users"), Kind.COUNT));
    columns.addAll(words.returnColumns());
    List<List<Cell>> rows =
        words.of("channel").stream()
            .filter(w -> w.cost() > 0 || w.users() > 0)
            .map(this::returnRow)
            .toList();
    Optional<List<Cell>> foot = words.of("all").stream().findFirst().map(this::returnRow);
    return section(
        "returns",
        Optional.empty(),
        new Table("returns", text.of("channel.caption_returns"), columns, rows, foot, false));
  }

  private List<Cell> returnRow(Worth worth) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(words.name(worth)));
    cells.add(Cell.of(worth.users()));
    cells.addAll(words.returnCells(worth));
    return cells;
  }

  private Section why() {
    Column channel = Column.of(text.of("channel.channel"), Kind.TEXT);
    List<Column> moves = new ArrayList<>(List.of(channel));
    moves.addAll(words.moveColumns());
    List<Column> causes = new ArrayList<>(List.of(channel));
    causes.addAll(words.causeColumns());
    causes.add(Column.of(text.of("channel.early"), Kind.MONEY));
    causes.add(Column.of(text.of("channel.early_before"), Kind.MONEY));
    causes.add(Column.hinted(text.of("channel.mix"), Kind.CHANGE, text.of("channel.mix_words")));
    List<List<Cell>> moved = new ArrayList<>();
    List<List<Cell>> caused = new ArrayList<>();
    for (Worth worth : paid) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(words.name(worth))));
      cells.addAll(words.moveCells(worth));
      moved.add(cells);
      List<Cell> why = new ArrayList<>(List.of(Cell.of(words.name(worth))));
      why.addAll(words.causeCells(worth));
      cohorts.early(worth.channel()).forEach(value -> why.add(Cell.of(value.orElse(null))));
      why.add(Cell.of(mix.get(worth.channel())));
      caused.add(why);
    }
    return section(
        "why",
        Optional.empty(),
        Table.of("moved", text.of("channel.caption_moved"), moves, moved),
        Table.of("why", text.of("channel.caption_why"), causes, caused));
  }

  private Section byCohort() {
    return section("cohorts", Optional.of(cohorts.chart()), cohorts.byChannel(), cohorts.all());
  }

  /** Models side by side; those who ordered are shared out anew by each. */
  private Section credit() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("channel.channel"), Kind.TEXT));
    columns.add(Column.of(text.of("channel.spend_30"), Kind.MONEY));
    for (String model : MODELS) {
      columns.add(
          Column.hinted(
              text.of("channel.credit_" + model),
              Kind.COUNT,
              text.of("channel.credit_words_" + model)));
      columns.add(Column.of(text.of("channel.cpa_" + model), Kind.MONEY));
    }
    Map<String, Map<String, Row>> credits =
        facts.rows(ChannelReport.class, "credit").stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.text("channel"),
                    TreeMap::new,
                    Collectors.toMap(r -> r.text("model"), r -> r)));
    List<List<Cell>> rows =
        credits.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, Map<String, Row>> e) ->
                            e.getValue().get("first").number("spend"))
                    .reversed())
            .map(e -> creditRow(text.orSelf("channels", e.getKey()), e.getValue()))
            .toList();
    return section(
        "credit",
        Optional.empty(),
        new Table(
            "credit",
            text.of("channel.caption_credit"),
            columns,
            rows,
            rows.isEmpty() ? Optional.empty() : Optional.of(creditFoot(credits)),
            false));
  }

  private static List<Cell> creditRow(String name, Map<String, Row> models) {
    double spend = models.get("first").number("spend");
    return Stream.concat(
            Stream.of(name, (Object) spend),
            MODELS.stream()
                .map(model -> models.get(model).number("conversions"))
                .flatMap(n -> Stream.of(n, spend <= 0 || n <= 0 ? null : (Object) (spend / n))))
        .map(Cell::of)
        .toList();
  }

  /** Each model shares out the same persons: its sum is theirs. */
  private List<Cell> creditFoot(Map<String, Map<String, Row>> credits) {
    List<Cell> foot = new ArrayList<>();
    foot.add(Cell.of(text.of("channel.all")));
    foot.add(
        Cell.of(credits.values().stream().mapToDouble(m -> m.get("first").number("spend")).sum()));
    for (String model : MODELS) {
      foot.add(
          Cell.of(
              credits.values().stream()
                  .mapToDouble(m -> m.get(model).number("conversions"))
                  .sum()));
      foot.add(Cell.of(null));
    }
    return foot;
  }
}
