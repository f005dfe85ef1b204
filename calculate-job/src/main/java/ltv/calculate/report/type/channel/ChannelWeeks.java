package ltv.calculate.report.type.channel;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.drawing.Lines;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What channels cost and brought, by week. */
final class ChannelWeeks {
  private static final int WEEKS = 12;
  private final Facts facts;
  private final Text text;
  private final List<Row> rows;

  ChannelWeeks(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.rows = facts.rows(ChannelWeeks.class, "weeks");
  }

  /**
   * Sums over channels.
   *
   * @param paidUsers those of channels that cost something
   */
  record Sum(double spend, long users, long paidUsers, long orders, double revenue) {
    /** What a user of the channels that cost something cost; null where there was none. */
    Double each() {
      return paidUsers == 0 ? null : (Double) (spend / paidUsers);
    }

    static Sum of(List<Row> rows) {
      return new Sum(
          rows.stream().mapToDouble(r -> r.number("spend")).sum(),
          rows.stream().mapToLong(r -> r.count("acquisitions")).sum(),
          rows.stream()
              .filter(r -> r.number("spend") > 0)
              .mapToLong(r -> r.count("acquisitions"))
              .sum(),
          rows.stream().mapToLong(r -> r.count("orders")).sum(),
          rows.stream().mapToDouble(r -> r.number("revenue")).sum());
    }
  }

  private LocalDate monday(int before) {
    return facts.week().monday().minusWeeks(before);
  }

  private List<Row> week(int before) {
    return rows.stream().filter(r -> r.date("week").equals(monday(before))).toList();
  }

  /** The sums of a week; empty for one that is not known. */
  Optional<Sum> sum(int before) {
    return Optional.of(week(before)).filter(w -> !w.isEmpty()).map(Sum::of);
  }

  /**
   * Whether the week, and the one before it, have all their days until the as-of date's weekday.
   */
  private boolean comparable(int before) {
    long owed = ChronoUnit.DAYS.between(facts.week().monday(), facts.asOf()) + 1;
    return Stream.of(week(before), week(before + 1))
        .allMatch(w -> !w.isEmpty() && w.get(0).count("days") == owed);
  }

  /** The week before this one; empty where either lacks a day. */
  private Optional<Sum> weekBefore() {
    return comparable(0) ? sum(1) : Optional.empty();
  }

  private Optional<Row> channelBefore(String name) {
    return (comparable(0) ? week(1) : List.<Row>of())
        .stream().filter(r -> r.text("channel").equals(name)).findFirst();
  }

  /** A number of each of the twelve weeks, the oldest first. */
  List<Double> past(Function<Sum, Double> number) {
    List<Double> past = new ArrayList<>();
    for (int before = WEEKS - 1; before >= 0; before--) {
      past.add(sum(before).map(number).orElse(null));
    }
    return past;
  }

  Headline headline(String label, Kind kind, int better, Function<Sum, Double> number) {
    List<Double> past = past(number);
    return new Headline(
        label, kind, past.get(WEEKS - 1), comparable(0) ? past.get(WEEKS - 2) : null, better, past);
  }

  /** The week in a sentence. */
  String finding() {
    Sum now = sum(0).orElse(Sum.of(List.of()));
    return text.of(
        "channel.finding",
        text.headline(now.spend(), Kind.MONEY),
        text.value(now.users(), Kind.COUNT),
        text.headline(now.revenue(), Kind.MONEY));
  }

  /** The sums beside those of the week before. */
  String total() {
    Sum now = sum(0).orElse(Sum.of(List.of()));
    Sum before = weekBefore().orElse(null);
    return text.of(
        "channel.total",
        text.value(now.spend(), Kind.MONEY),
        change(now, before, Sum::spend),
        text.value(now.users(), Kind.COUNT),
        change(now, before, s -> (double) s.users()),
        text.value(now.orders(), Kind.COUNT),
        change(now, before, s -> (double) s.orders()),
        text.value(now.revenue(), Kind.MONEY),
        change(now, before, Sum::revenue));
  }

  private String change(Sum now, Sum before, Function<Sum, Double> number) {
    return text.change(number.apply(now), before == null ? null : number.apply(before));
  }

  /** The channel whose users became dearer or cheaper by most beyond what chance does. */
  String dearer() {
    return week(0).stream()
        .filter(r -> Math.abs(surprise(r)) >= Chance.SURPRISING)
        .max(Comparator.comparingDouble((Row r) -> Math.abs(surprise(r))))
        .map(
            r ->
                text.of(
                    surprise(r) < 0 ? "channel.dearer" : "channel.cheaper",
                    text.orSelf("channels", r.text("channel")),
                    text.value(
                        channelBefore(r.text("channel")).map(ChannelWeeks::each).orElse(null),
                        Kind.MONEY),
                    text.value(each(r), Kind.MONEY)))
        .orElse(text.of("channel.as_dear"));
  }

  /** Users of this week beyond the share of both weeks' spend, in standard errors of it. */
  private double surprise(Row now) {
    Row before = channelBefore(now.text("channel")).orElse(null);
    if (before == null || now.number("spend") <= 0 || before.number("spend") <= 0) {
      return 0;
    }
    double users = now.count("acquisitions") + before.count("acquisitions");
    double share = now.number("spend") / (now.number("spend") + before.number("spend"));
    double error = Math.sqrt(users * share * (1 - share));
    return users < Chance.FEW ? 0 : (now.count("acquisitions") - users * share) / error;
  }

  private static Double each(Row row) {
    return row.number("spend") <= 0 || row.count("acquisitions") == 0
        ? null
        : (Double) (row.number("spend") / row.count("acquisitions"));
  }

  private static List<Column> columns(Text text, Column... first) {
    return Stream.concat(
            Stream.of(first),
            Stream.of(
                Column.of(text.of("channel.users"), Kind.COUNT),
                Column.hinted(text.of("channel.cpi"), Kind.MONEY, text.of("channel.cpi_words")),
                Column.of(text.of("channel.orders"), Kind.COUNT),
                Column.of(text.of("channel.revenue"), Kind.MONEY)))
        .toList();
  }

  /** A row for each channel, the dearest first, with the sums below. */
  Table byChannel() {
    List<List<Cell>> cells =
        week(0).stream()
            .sorted(
                Comparator.comparing((Row r) -> r.number("spend"))
                    .reversed()
                    .thenComparing(r -> r.text("channel")))
            .map(this::cells)
            .toList();
    Sum now = sum(0).orElse(Sum.of(List.of()));
    List<Cell> foot =
        List.of(
            Cell.of(text.of("channel.all")),
            Cell.of(now.spend()),
            Cell.change(now.spend(), weekBefore().map(Sum::spend).orElse(null)),
            Cell.of(now.users()),
            Cell.of(now.each()),
            Cell.of(now.orders()),
            Cell.of(now.revenue()));
    return new Table(
        "week",
        text.of("channel.caption_week"),
        columns(
            text,
            Column.of(text.of("channel.channel"), Kind.TEXT),
            Column.of(text.of("channel.spend"), Kind.MONEY),
            Column.of(text.of("channel.spend_change"), Kind.CHANGE)),
        cells,
        Optional.of(foot),
        false);
  }

  private List<Cell> cells(Row r) {
    Double before = channelBefore(r.text("channel")).map(b -> b.number("spend")).orElse(null);
    boolean few = each(r) != null && r.count("acquisitions") < Chance.FEW;
    return List.of(
        Cell.of(text.orSelf("channels", r.text("channel"))),
        r.cell("spend"),
        Cell.change(r.number("spend"), before),
        r.cell("acquisitions"),
        few ? Cell.few(each(r), text.of("common.few")) : Cell.of(each(r)),
        r.cell("orders"),
        r.cell("revenue"));
  }

  /** A row for each of the twelve weeks that is known. */
  Table byWeek() {
    List<List<Cell>> cells = new ArrayList<>();
    for (int before = WEEKS - 1; before >= 0; before--) {
      Week week = new Week(monday(before));
      sum(before)
          .ifPresent(
              s ->
                  cells.add(
                      Stream.of(
                              text.range(week),
                              s.spend(),
                              s.users(),
                              s.each(),
                              s.orders(),
                              s.revenue())
                          .map(Cell::of)
                          .toList()));
    }
    return Table.of(
        "weeks",
        text.of("channel.caption_weeks"),
        columns(
            text,
            Column.of(text.of("channel.week"), Kind.TEXT),
            Column.of(text.of("channel.spend"), Kind.MONEY)),
        cells);
  }

  /** Spend and revenue of the weeks. */
  Chart chart() {
    List<String> labels = new ArrayList<>();
    for (int before = WEEKS - 1; before >= 0; before--) {
      labels.add(text.monday(new Week(monday(before))));
    }
    List<Double> spend = past(Sum::spend);
    int first = 0; // weeks before the first that is known are not drawn
    while (first < WEEKS - 1 && spend.get(first) == null) {
      first++;
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    values.put(text.of("channel.spend"), spend.subList(first, WEEKS));
    values.put(text.of("channel.revenue"), past(Sum::revenue).subList(first, WEEKS));
    return new Chart(
        "c-weeks",
        "lines",
        text.of("channel.said_weeks"),
        Lines.of(labels.subList(first, WEEKS), Kind.MONEY, values, text));
  }
}
