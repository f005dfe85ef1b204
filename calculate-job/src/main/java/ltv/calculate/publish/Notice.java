package ltv.calculate.publish;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Column;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Report;
import ltv.calculate.report.Table;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.words.Text;

/**
 * What a message says of a published report, in words that no reader takes for markup.
 *
 * @param version it
 * @param report what it says
 * @param text the language
 * @param address under which readers find what is published
 */
public record Notice(Version version, Report report, Text text, URI address) {
  private static final int SENTENCE = 300;
  private static final int NAME = 60;
  private static final int ROWS = 5;
  private static final int COLUMNS = 4;

  /** A number of the report, its value and how it changed. */
  public record Line(String label, String value, String change) {}

  /**
   * A part of a table.
   *
   * @param numbers whether the column of the same place holds numbers
   * @param cut whether the table has more
   */
  public record Beginning(
      String caption,
      List<String> columns,
      List<Boolean> numbers,
      List<List<String>> rows,
      boolean cut) {
    /** Whether a value has a mark that wants words: † or *. */
    public boolean has(String mark) {
      return rows.stream().flatMap(List::stream).anyMatch(value -> value.endsWith(mark));
    }
  }

  /** What stands in the list of messages. */
  public String subject() {
    return "[%s] %s · %s (%s)".formatted(version.site(), title(), week(), state());
  }

  /** The kind of report. */
  public String title() {
    return text.of("common.title_" + version.type());
  }

  /** The week in words. */
  public String week() {
    return text.week(version.ofWeek());
  }

  /** Its first and last day. */
  public String range() {
    return text.range(version.ofWeek());
  }

  /** How sure the numbers are. */
  public String state() {
    return text.of("common.state_" + version.state());
  }

  /** The one sentence to read. */
  public String finding() {
    return Plain.of(report.content().finding(), SENTENCE);
  }

  /** The numbers on top. */
  public List<Line> lines() {
    return report.content().headlines().stream().map(this::line).toList();
  }

  private Line line(Headline headline) {
    return new Line(
        Plain.of(headline.label(), NAME),
        text.headline(headline.value(), headline.kind()),
        text.change(headline));
  }

  /** A few rows of the first table; of one that is no heat map if there is one. */
  public Optional<Beginning> table() {
    return ReportFiles.tables(report).stream()
        .filter(table -> !table.rows().isEmpty())
        .min(Comparator.comparing(Table::heat))
        .map(this::beginning);
  }

  private Beginning beginning(Table table) {
    List<Column> columns = table.columns().stream().limit(COLUMNS).toList();
    return new Beginning(
        Plain.of(table.caption(), NAME),
        columns.stream().map(column -> Plain.of(column.label(), NAME)).toList(),
        columns.stream().map(column -> !column.isText()).toList(),
        // a heat map has its newest rows last
        table.rows().stream()
            .skip(table.heat() ? Math.max(0, table.rows().size() - ROWS) : 0)
            .limit(ROWS)
            .map(row -> values(columns, row))
            .toList(),
        table.rows().size() > ROWS || table.columns().size() > COLUMNS);
  }

  private List<String> values(List<Column> columns, List<Cell> row) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> value(columns.get(i), row.get(i)))
        .toList();
  }

  private String value(Column column, Cell cell) {
    String mark = cell.few() ? "†" : cell.value() != null && cell.note() != null ? "*" : "";
    return Plain.of(text.value(cell.value(), column.kind()), NAME) + mark;
  }

  /** Where the report is. */
  public String link() {
    return below(version.folder() + "/" + version.in(text.language()).orElseThrow().page());
  }

  /** Where all reports are listed. */
  public String index() {
    return below("index-" + text.language() + ".html");
  }

  private String below(String name) {
    return address.toString().replaceFirst("/+$", "") + "/" + version.site() + "/" + name;
  }
}
