package ltv.ingest.land;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One stored page.
 *
 * @param file gzip file, relative to the landing folder; may lie in an earlier run's folder when
 *     the same came again
 * @param format the payload's kind: {@code json}, {@code csv}, {@code txt}
 * @param sha256 of the bytes as received
 * @param content what makes two reads the same page: hash of the rows, of the bytes where no rows
 *     are known
 * @param fileSha256 of the gzip file
 * @param bytes how many were received
 * @param facts of the request, without secrets
 */
public record LandedPage(
    String file,
    String format,
    String sha256,
    String content,
    String fileSha256,
    long bytes,
    Map<String, String> facts) {
  /** Fact that names the file a page was read from, for sources that are files. */
  public static final String SOURCE_FILE = "source_file";

  /** Fact that names the source's report that a page is of, where a stream has several. */
  public static final String REPORT = "report";

  /** Fact that says how many rows a page has, where they were counted when it came. */
  public static final String ROWS = "rows";

  /** Fact that says how a page is cut, where a stream's pages come in several kinds. */
  public static final String SHAPE = "shape";

  /** Fact that names a text's charset; UTF-8 without it. */
  public static final String CHARSET = "charset";

  /** Fact that names the one day whose rows a file holds. */
  public static final String FILE_DAY = "file_day";

  /** The same page, kept in the file of another that holds the same. */
  LandedPage lyingIn(LandedPage there) {
    return new LandedPage(there.file, format, sha256, content, there.fileSha256, bytes, facts);
  }

  public LandedPage {
    content = content == null ? sha256 : content; // manifests of before it was noted
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts)); // one order in every process
  }
}
