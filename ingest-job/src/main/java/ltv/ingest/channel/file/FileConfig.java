package ltv.ingest.channel.file;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ltv.config.Problems;
import ltv.ingest.type.RawColumn;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;

/**
 * The channel {@code file} of a site.
 *
 * @param dropFolder where files appear; they are read, never moved or deleted
 * @param streams by name; the rows land in {@code src_file__<name>}
 */
public record FileConfig(Path dropFolder, Map<String, Stream> streams) implements SiteShapes {
  public FileConfig {
    new Problems()
        .require("drop_folder", dropFolder)
        .require("streams", streams)
        .check(streams == null || !streams.isEmpty(), "streams", "names no stream")
        .throwIfAny();
    streams = new TreeMap<>(streams);
  }

  @Override
  public Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem) {
    Map<String, RawShape> shapes = new TreeMap<>();
    streams.forEach(
        (name, stream) -> {
          String dataset = "src_file__" + name;
          RawShape wanted = packed.apply(dataset);
          String setting = "streams." + name + ".columns";
          wanted
              .missingFrom(stream.shape())
              .forEach(
                  c -> problem.accept(setting, "lacks " + c + ", which " + dataset + " needs"));
          wanted
              .unknownIn(stream.shape())
              .forEach(
                  c ->
                      problem.accept(
                          setting, "names " + c + ", which " + dataset + " does not have"));
          shapes.put(dataset, wanted.declaredBy(stream.shape()));
        });
    return shapes;
  }

  /**
   * One kind of file.
   *
   * @param files a glob below the folder; with {@code {date}} in it there is one file per day, with
   *     {@code {month}} one per month, else every match is read whole for each day
   * @param format csv, tsv, ndjson or fixed
   * @param header of csv and tsv: present or absent
   * @param columns where each column stands
   * @param lookbackDays past days whose file may still change; default 0
   * @param charset default UTF-8; x-windows-949 is what Excel saves as CSV in Korea
   */
  public record Stream(
      String files,
      RawShape.Format format,
      RawShape.Header header,
      List<RawColumn> columns,
      Integer lookbackDays,
      Charset charset) {
    private static final Set<RawShape.Format> NOT_OF_FILES =
        EnumSet.of(
            RawShape.Format.JSON,
            RawShape.Format.JSON_ARRAY,
            RawShape.Format.SHEET,
            RawShape.Format.DECLARED);

    /** In {@link #files}, the place of the day. */
    static final String DATE = "{date}";

    /** In {@link #files}, the place of the month, as in 2026-03. */
    static final String MONTH = "{month}";

    public Stream {
      lookbackDays = lookbackDays == null ? 0 : lookbackDays;
      boolean fixed = format == RawShape.Format.FIXED;
      new Problems()
          .require("files", files)
          .require("format", format)
          .require("columns", columns)
          .check(!NOT_OF_FILES.contains(format), "format", "must be csv, tsv, ndjson or fixed")
          .check(
              !fixed
                  || columns == null
                  || columns.stream().allMatch(c -> c.start() != null || c.value() != null),
              "columns",
              "of a fixed file each want start and length, or a value")
          .throwIfAny();
    }

    /** Which files are of a day. */
    String globOf(LocalDate day) {
      return files.replace(DATE, day.toString()).replace(MONTH, YearMonth.from(day).toString());
    }

    /** Whether each file holds the rows of one day. */
    boolean daily() {
      return files.contains(DATE);
    }

    /** Whether the first line of a file names its columns. */
    boolean hasHeader() {
      boolean delimited = format == RawShape.Format.CSV || format == RawShape.Format.TSV;
      return delimited && header != RawShape.Header.ABSENT;
    }

    /** How its files are cut. */
    public RawShape shape() {
      return new RawShape(format, header, null, null, columns, null);
    }
  }
}
