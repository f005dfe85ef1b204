package ltv.ingest.channel.file;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ltv.config.Problems;
import ltv.ingest.type.RawColumn;
import ltv.ingest.type.RawShape;

/**
 * The channel {@code file} of a site.
 *
 * @param dropFolder where files appear; they are read, never moved or deleted
 * @param streams by name; the rows land in {@code src_file__<name>}
 */
public record FileConfig(Path dropFolder, Map<String, Stream> streams) {
  public FileConfig {
    new Problems()
        .require("drop_folder", dropFolder)
        .require("streams", streams)
        .check(streams == null || !streams.isEmpty(), "streams", "names no stream")
        .throwIfAny();
    streams = new TreeMap<>(streams);
  }

  /**
   * One kind of file.
   *
   * @param files a glob below the folder; with {@code {date}} in it there is one file per day, else
   *     every match is read whole for each day
   * @param format csv, tsv, ndjson or fixed
   * @param header of csv and tsv: present or absent
   * @param columns where each column stands
   * @param lookbackDays past days whose file may still change; default 0
   */
  public record Stream(
      String files,
      RawShape.Format format,
      RawShape.Header header,
      List<RawColumn> columns,
      Integer lookbackDays) {
    private static final Set<RawShape.Format> NOT_OF_FILES =
        EnumSet.of(RawShape.Format.JSON, RawShape.Format.JSON_ARRAY, RawShape.Format.DECLARED);

    /** In {@link #files}, the place of the day. */
    static final String DATE = "{date}";

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
