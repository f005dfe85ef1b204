package ltv.config;

import java.net.URI;
import java.util.Locale;

/**
 * How objects are reached. Without keys the SDK's own chain applies (environment, profile, role).
 *
 * @param endpoint of a compatible store; null for AWS
 * @param region null for what the environment says; {@code us-east-1} with an endpoint
 * @param pathStyle whether the bucket stands in the path instead of the host; true with an endpoint
 * @param accessKeyId with {@code secretAccessKey}, or neither
 * @param secretAccessKey null for the SDK's own chain
 * @param checksums when the SDK adds its own checksums; some stores refuse them
 */
public record S3Settings(
    URI endpoint,
    String region,
    Boolean pathStyle,
    String accessKeyId,
    Secret secretAccessKey,
    Checksums checksums) {
  /** When requests carry the SDK's checksums. */
  public enum Checksums {
    WHEN_SUPPORTED,
    WHEN_REQUIRED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public S3Settings {
    new Problems()
        .check(
            (accessKeyId == null) == (secretAccessKey == null),
            "secret_access_key",
            "and access_key_id go together; give both or neither")
        .throwIfAny();
    region = region == null && endpoint != null ? "us-east-1" : region;
    pathStyle = pathStyle == null ? endpoint != null : pathStyle;
    checksums = checksums == null ? Checksums.WHEN_SUPPORTED : checksums;
  }
}
