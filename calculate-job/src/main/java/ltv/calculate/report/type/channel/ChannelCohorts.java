package ltv.calculate.report.type.channel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Column;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Table;
import ltv.calculate.report.Week;
import ltv.calculate.report.drawing.Lines;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** What the users of each week had returned by ages that all of them have reached. */
final class ChannelCohorts {
  private static final List<Integer> AGES = List.of(7, 30, 60, 90);

  private final Text text;
  private final TreeMap<LocalDate, List<Row>> weeks;
  private final List<String> channels;

  ChannelCohorts(Facts facts, Text text) {
    this.text = text;
    this.weeks =
        facts.rows(ChannelCohorts.class, "cohorts").stream()
            .collect(Collectors.groupingBy(r -> r.date("week"), TreeMap::new, Collectors.toList()));
    TreeSet<String> with = new TreeSet<>();
    weeks.values().stream()
        .flatMap(List::stream)
        .filter(r -> r.count("users") > 0)
        .forEach(r -> with.add(r.text("channel")));
    this.channels = List.copyOf(with);
  }

  /** The newest value of a user at day 7 that is whole, and that of the week before it. */
  List<Optional<Double>> early(String channel) {
    List<LocalDate> whole =
        weeks.descendingKeySet().stream()
            .filter(week -> row(week, channel).filter(r -> r.number("paid_7") != null).isPresent())
            .limit(2)
            .toList();
    return Stream.of(0, 1)
        .map(
            i ->
                i < whole.size()
                    ? row(whole.get(i), channel).map(r -> r.number("paid_7") / r.count("users"))
                    : Optional.<Double>empty())
        .toList();
  }

  private Optional<Row> row(LocalDate week, String channel) {
    return weeks.getOrDefault(week, List.of()).stream()
        .filter(r -> r.text("channel").equals(channel) && r.count("users") > 0)
        .findFirst();
  }

  private Double roas(LocalDate week, String channel) {
    return row(week, channel)
        .filter(r -> r.number("paid_7") != null)
        .map(r -> r.number("paid_7") / r.number("cost"))
        .orElse(null);
  }

  /** A row for each week: all channels that cost. */
  Table all() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("channel.came"), Kind.TEXT));
    columns.add(Column.of(text.of("channel.users"), Kind.COUNT));
    columns.add(Column.of(text.of("channel.cost"), Kind.MONEY));
    AGES.forEach(age -> columns.add(Column.of(text.of("worth.roas_age", age), Kind.WHOLE_PERCENT)));
    List<List<Cell>> rows = new ArrayList<>();
    weeks.forEach(
        (week, ofWeek) -> {
          List<Cell> cells = new ArrayList<>();
          cells.add(Cell.of(text.range(new Week(week))));
          cells.add(Cell.of(ofWeek.stream().mapToLong(r -> r.count("users")).sum()));
          cells.add(Cell.of(ofWeek.stream().mapToDouble(r -> r.number("cost")).sum()));
          AGES.forEach(age -> cells.add(reached(returned(ofWeek, "paid_" + age))));
          rows.add(cells);
        });
    return Table.of("cohorts", text.of("channel.caption_cohorts"), columns, rows);
  }

  private Cell roasCell(LocalDate week, String channel) {
    Double roas = roas(week, channel);
    boolean few = row(week, channel).filter(r -> r.count("users") < Chance.FEW).isPresent();
    return roas != null && few ? Cell.few(roas, text.of("common.few")) : reached(roas);
  }

  private Cell reached(Double value) {
    return value == null ? Cell.noted(null, text.of("common.not_yet")) : Cell.of(value);
  }

  /** Null until the users of all channels have reached the age. */
  private static Double returned(List<Row> week, String paid) {
    List<Row> with = week.stream().filter(r -> r.count("users") > 0).toList();
    return with.isEmpty() || with.stream().map(r -> r.number(paid)).anyMatch(Objects::isNull)
        ? null
        : (Double)
            (with.stream().mapToDouble(r -> r.number(paid)).sum()
                / week.stream().mapToDouble(r -> r.number("cost")).sum());
  }

  /** A row for each week, a column for each channel: what came back by day 7. */
  Table byChannel() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(text.of("channel.came"), Kind.TEXT));
    channels.forEach(
        name -> columns.add(Column.of(text.orSelf("channels", name), Kind.WHOLE_PERCENT)));
    List<List<Cell>> rows = new ArrayList<>();
    weeks
        .keySet()
        .forEach(
            week -> {
              List<Cell> cells = new ArrayList<>();
              cells.add(Cell.of(text.range(new Week(week))));
              channels.forEach(name -> cells.add(roasCell(week, name)));
              rows.add(cells);
            });
    return Table.of("cohorts-d7", text.of("channel.caption_cohorts_d7"), columns, rows);
  }

  /** The same as lines. */
  Chart chart() {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String name : channels) {
      List<Double> ofChannel = new ArrayList<>();
      weeks.keySet().forEach(week -> ofChannel.add(roas(week, name)));
      values.put(text.orSelf("channels", name), ofChannel);
    }
    List<String> labels = weeks.keySet().stream().map(week -> text.monday(new Week(week))).toList();
    return new Chart(
        "c-cohorts",
        "lines",
        text.of("channel.said_cohorts"),
        Lines.of(labels, Kind.WHOLE_PERCENT, values, text));
  }
}
