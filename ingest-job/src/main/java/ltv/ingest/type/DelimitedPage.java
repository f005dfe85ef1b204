package ltv.ingest.type;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.type.RawShape.Header;

/**
 * CSV and TSV. With a header, columns are bound by name: another order is fine, an unknown column
 * is kept as {@code extra}, a missing optional one reads as null, a missing required one refuses
 * the page. A row with too many or too few fields becomes {@code error}, with its own number.
 */
final class DelimitedPage implements PageReader {
  private static final String REJECTS = "raw_rejects";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final RawShape shape;
  private final Path page;
  private final String name;
  private final char separator;
  private final HeaderRow header;

  DelimitedPage(RawShape shape, DuckDbSession session, Path page, String name, char separator) {
    this.shape = shape;
    this.page = page;
    this.name = name;
    this.separator = separator;
    this.header =
        new HeaderRow(shape.header() == Header.PRESENT ? readHeader() : byPosition(), shape, name);
    session.execute("drop table if exists " + REJECTS);
    session.execute("drop table if exists " + REJECTS + "_scans");
    session.execute("create or replace temp table page_rows as " + goodRows());
  }

  /** The declared columns; a source may append others, which are told as new. */
  private List<String> byPosition() {
    List<String> names = new ArrayList<>();
    shape.columns().stream().filter(c -> c.value() == null).forEach(c -> names.add(c.from()));
    int found = firstLine().size();
    if (found > 0 && found < names.size()) {
      throw refused(
          "has %d columns; expected %d, by position: %s"
              .formatted(found, names.size(), String.join(", ", names)));
    }
    for (int n = names.size() + 1; n <= found; n++) {
      names.add("column " + n);
    }
    return names;
  }

  private List<String> readHeader() {
    List<String> first = firstLine();
    if (first.isEmpty()) {
      throw refused("is empty; expected at least a header line");
    }
    return first;
  }

  /** Fields of the first line; none when the page is empty. */
  private List<String> firstLine() {
    CsvMapper csv = CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (BufferedReader text = open();
        var lines =
            csv.readerForListOf(String.class)
                .with(schema)
                .<List<String>>readValues((Reader) text)) {
      return lines.hasNext() ? lines.next().stream().map(String::strip).toList() : List.of();
    } catch (IOException e) {
      throw new ChannelException(
          Kind.BAD_FILE,
          name + " is cut off or not what it says: " + e.getMessage() + ". Deliver it again.",
          e);
    }
  }

  private BufferedReader open() throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(page)), StandardCharsets.UTF_8));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private ChannelException refused(String complaint) {
    return new ChannelException(
        Kind.BAD_FILE,
        name + " " + complaint + ". Nothing of the day was committed; deliver the file again.");
  }

  private String goodRows() {
    String columns =
        IntStream.range(0, header.size())
            .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
            .collect(Collectors.joining(", "));
    return """
    select *, row_number() over () as good from read_csv('%s', columns = {%s}, delim = '%s', quote = '"', escape = '"', header = %s, auto_detect = false, nullstr = '', max_line_size = 16777216, store_rejects = true, rejects_table = '%s', rejects_scan = '%s_scans')"""
        .formatted(
            DuckDbSession.quoted(page.toString()),
            columns,
            separator,
            shape.header() == Header.PRESENT,
            REJECTS,
            REJECTS);
  }

  /** Good and refused rows are numbered together, as they stand in the file. */
  @Override
  public String rows() {
    int headerLines = shape.header() == Header.PRESENT ? 1 : 0;
    return """
    with refused as (
      select line - %1$d as n, any_value(case when error_type = 'INVALID ENCODING' then 'not UTF-8, save it so or give its charset: ' else '' end
          || trim(csv_line, chr(10) || chr(13))) as error,
        line - %1$d - row_number() over (order by line) as good_before
      from %2$s group by line
    )
    select page_rows.*, good + (select count(*) from refused where good_before < good) as n, %3$s as extra, null as error
    from page_rows
    union all by name
    select n, null as extra, error from refused"""
        .formatted(headerLines, REJECTS, header.extra(at -> "c" + at));
  }

  @Override
  public List<String> fields() {
    return header.fields(shape);
  }

  @Override
  public String column(RawColumn column) {
    return header.column(column, at -> "c" + at);
  }
}
