package ltv.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.FileIO;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Small files that browsers open from a place. An object says what it is, else a browser would save
 * a page instead of showing it; Iceberg's own writing cannot say it.
 */
public final class WebFiles {
  private static final String UNKNOWN = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "csv", "text/csv; charset=utf-8",
          "json", "application/json",
          "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final Storage place;

  /** Files of a place, which whoever opened it closes. */
  public WebFiles(Storage place) {
    this.place = place;
  }

  /** How long browsers may keep what they got. */
  public enum Keeping {
    /** For good: the location is never used for other bytes. */
    FOREVER("private, max-age=31536000, immutable"),
    /** They ask each time whether it is new. */
    ASK_AGAIN("no-cache");

    private final String said;

    Keeping(String said) {
      this.said = said;
    }
  }

  /**
   * Writes a file: it is there whole or not at all, and takes the place of one that was there.
   *
   * @throws IOException when the disk fails; the SDK's exceptions when the store does
   */
  public void write(String location, byte[] bytes, Keeping keeping) throws IOException {
    FileIO io = place.io();
    if (io instanceof S3FileIO s3) {
      put(s3.client(), location, bytes, keeping);
      return;
    }
    try (OutputStream out = io.newOutputFile(location).createOrOverwrite()) {
      out.write(bytes);
    }
  }

  private static void put(S3Client client, String location, byte[] bytes, Keeping keeping) {
    String[] parts = location.split("/", 4); // s3:, nothing, the bucket, the key
    client.putObject(
        PutObjectRequest.builder()
            .bucket(parts[2])
            .key(parts[3])
            .contentType(type(location))
            .cacheControl(keeping.said)
            .build(),
        RequestBody.fromBytes(bytes));
  }

  private static String type(String location) {
    return TYPES.getOrDefault(location.substring(location.lastIndexOf('.') + 1), UNKNOWN);
  }
}
