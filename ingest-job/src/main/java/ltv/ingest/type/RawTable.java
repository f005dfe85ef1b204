package ltv.ingest.type;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.LandedPage;
import ltv.ingest.land.Landing;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The table {@code raw} that typing queries read: one row per source row, each declared column as
 * text, and beside it where the row is from ({@code raw_account}, {@code raw_time_zone}, {@code
 * raw_fetched_at}, {@code raw_ref}, {@code raw_file}, {@code raw_report} where the source has
 * several in one stream, {@code raw_file_day} where the file is one day's, {@code raw_page}, from 0
 * in the order received, {@code raw_line}), columns that nobody declared ({@code raw_extra}, JSON)
 * and the whole row where it could not be cut into columns ({@code raw_error}).
 */
public final class RawTable {
  private static final List<String> BESIDE =
      List.of(
          "raw_account varchar",
          "raw_time_zone varchar",
          "raw_fetched_at timestamp",
          "raw_ref varchar",
          "raw_file varchar",
          "raw_report varchar",
          "raw_file_day date",
          "raw_page bigint",
          "raw_line bigint",
          "raw_extra varchar",
          "raw_error varchar");

  private final DuckDbSession session;
  private final Landing landing;
  private final List<String> names;
  private final RawShape shape;
  private final SortedSet<String> newFields = new TreeSet<>();
  private String holds = "";
  private long rows;

  /**
   * A table in a session.
   *
   * @param names the columns of the typing query; one that the shape lacks reads as null
   * @param shape how the pages are cut
   */
  public RawTable(DuckDbSession session, Landing landing, List<String> names, RawShape shape) {
    this.session = session;
    this.landing = landing;
    this.names = List.copyOf(names);
    this.shape = shape;
  }

  /**
   * Fills the table with the pages of these days and returns the number of rows. Pages that the
   * table already holds are not read again: one file may hold many days.
   *
   * @throws ChannelException when a page is cut off or lacks a required column
   */
  public long fill(List<LandedDay> days) {
    String wanted =
        days.stream()
            .flatMap(d -> d.pages().stream().map(p -> d.account() + p.file() + p.facts()))
            .collect(Collectors.joining("\n"));
    if (!holds.isEmpty() && wanted.equals(holds)) {
      return rows;
    }
    session.execute("create or replace temp table raw (" + declaration() + ")");
    for (LandedDay day : days) {
      for (LandedPage page : day.pages()) {
        read(day, page);
      }
    }
    holds = wanted;
    rows = (Long) session.rows("select count(*) from raw").get(0).get(0);
    return rows;
  }

  /**
   * Lets queries read the pages of these days as {@code raw} without holding their rows: for pages
   * of JSON lines that may have very many. A line that is no object ends the query.
   *
   * @return how many rows were counted when they came
   */
  public long show(List<LandedDay> days) {
    show(days, JsonLines.Care.STRICT);
    return days.stream()
        .flatMap(day -> day.pages().stream())
        .mapToLong(page -> Long.parseLong(page.facts().get(LandedPage.ROWS)))
        .sum();
  }

  /** The same, where a line may be torn or no object at all. */
  public void showLineByLine(List<LandedDay> days) {
    show(days, JsonLines.Care.LINE_BY_LINE);
  }

  private void show(List<LandedDay> days, JsonLines.Care care) {
    List<String> pages = new ArrayList<>();
    for (LandedDay day : days) {
      for (LandedPage page : day.pages()) {
        String path = "'" + DuckDbSession.quoted(landing.local(page).toString()) + "'";
        pages.add(select(day, page, new JsonLines(shape, path, care)));
      }
    }
    session.execute("create or replace temp table raw_none (" + declaration() + ")");
    pages.add(0, "select * from raw_none"); // names the columns
    session.view("raw", String.join(" union all ", pages));
  }

  private String declaration() {
    return Stream.concat(names.stream().map(n -> n + " varchar"), BESIDE.stream())
        .collect(Collectors.joining(", "));
  }

  private void read(LandedDay day, LandedPage page) {
    String charset = page.facts().get(LandedPage.CHARSET);
    if (charset == null) {
      read(day, page, landing.local(page));
      return;
    }
    try {
      Path utf8 = landing.utf8(page, Charset.forName(charset));
      read(day, page, utf8);
      Files.delete(utf8);
    } catch (CharacterCodingException e) {
      throw new ChannelException(
          Kind.BAD_FILE,
          "%s is not written in %s, as the site says; give its charset."
              .formatted(named(page), charset),
          e);
    } catch (IOException e) {
      throw new JobException(ExitCode.CONFLICT, "Cannot write to scratch: " + e, e);
    }
  }

  private void read(LandedDay day, LandedPage page, Path local) {
    String kind = page.facts().get(LandedPage.SHAPE);
    RawShape cut = kind == null ? shape : shape.readAs(RawShape.Format.valueOf(kind));
    PageReader reader = PageReader.of(cut, session, local, page.bytes(), named(page));
    try {
      session.execute("insert into raw " + select(day, page, reader));
      newFields.addAll(shape.newAmong(reader.fields()));
    } catch (JobException e) {
      throw e.exitCode() == ExitCode.BUG ? unreadable(named(page), e) : e;
    }
  }

  private String select(LandedDay day, LandedPage page, PageReader reader) {
    String file =
        DuckDbSession.quoted(page.facts().getOrDefault(LandedPage.SOURCE_FILE, page.file()));
    List<String> values = new ArrayList<>();
    for (String name : names) {
      values.add(
          shape.columns().stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .map(c -> value(c, reader))
              .orElse("null"));
    }
    String fetchedAt = day.fetchedAt().replace("T", " ").replace("Z", "");
    return "select %s, '%s', '%s', timestamp '%s', '%s#' || n, '%s', %s, %s, %d, n, extra, error from (%s) as page"
        .formatted(
            String.join(", ", values),
            DuckDbSession.quoted(day.account()),
            day.zone(),
            fetchedAt,
            DuckDbSession.quoted(page.file()),
            file,
            report(page),
            fileDay(page),
            day.pages().indexOf(page),
            reader.rows());
  }

  private static String report(LandedPage page) {
    String report = page.facts().get(LandedPage.REPORT);
    return report == null ? "null" : "'" + DuckDbSession.quoted(report) + "'";
  }

  private static String fileDay(LandedPage page) {
    String day = page.facts().get(LandedPage.FILE_DAY);
    return day == null ? "null" : "date '" + LocalDate.parse(day) + "'";
  }

  /** Fields that the pages have, nobody reads, and nobody knew of. */
  public SortedSet<String> newFields() {
    return newFields;
  }

  /** Rows of a file of many days, by the day they name; empty for other sources. */
  public SortedMap<LocalDate, Long> linesByDay() {
    SortedMap<LocalDate, Long> lines = new TreeMap<>();
    if (shape.day() != null) {
      session
          .rows(
              "select try_cast(%1$s as date) as day, count(*) from raw where raw_file_day is null and try_cast(%1$s as date) is not null group by 1"
                  .formatted(shape.day()))
          .forEach(row -> lines.put((LocalDate) row.get(0), (Long) row.get(1)));
    }
    return lines;
  }

  /** What is owed to a reader of pages that DuckDB cannot read. */
  public static ChannelException unreadable(String page, JobException e) {
    return new ChannelException(
        Kind.BAD_FILE,
        page
            + " cannot be read as declared: "
            + e.getMessage()
            + ". Nothing of the day was committed; deliver the file again and rerun the day.",
        e);
  }

  private static String named(LandedPage page) {
    return page.facts().getOrDefault(LandedPage.SOURCE_FILE, page.file());
  }

  private static String value(RawColumn column, PageReader reader) {
    if (column.value() != null) {
      return "'" + DuckDbSession.quoted(column.value()) + "'";
    }
    String text = reader.column(column);
    return column.dateFormat() == null
        ? text
        : "coalesce(cast(cast(try_strptime(%s, '%s') as date) as varchar), %s)"
            .formatted(text, DuckDbSession.quoted(column.dateFormat()), text);
  }
}
