package ltv.ingest.land;

import java.util.Map;

/**
 * One stored page.
 *
 * @param file gzip file, relative to the landing folder; may lie in an earlier run's folder when
 *     the same bytes came again
 * @param format the payload's kind: {@code json}, {@code csv}, {@code txt}
 * @param sha256 of the bytes as received
 * @param bytes how many they are
 * @param facts of the request, without secrets
 */
public record LandedPage(
    String file, String format, String sha256, long bytes, Map<String, String> facts) {
  /** Fact that names the file a page was read from, for sources that are files. */
  public static final String SOURCE_FILE = "source_file";
}
