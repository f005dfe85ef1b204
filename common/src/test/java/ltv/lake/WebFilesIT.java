package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import ltv.lake.WebFiles.Keeping;
import ltv.server.S3Server;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A browser shows what is a page, and saves what is none. */
class WebFilesIT {
  @TempDir private Path folder;

  @Test
  void objects_say_what_they_are_and_how_long_they_hold() throws IOException {
    try (S3Server s3 = S3Server.start(folder.resolve("s3"));
        Storage place =
            Storage.at("s3://" + S3Server.BUCKET + "/out", s3.settings(), folder.resolve("tmp"))) {
      WebFiles files = new WebFiles(place);
      byte[] bytes = "확정".getBytes(StandardCharsets.UTF_8);

      files.write(place.location("v/page.html"), bytes, Keeping.FOREVER);
      files.write(place.location("v/table.csv"), bytes, Keeping.FOREVER);
      files.write(place.location("v/book.xlsx"), bytes, Keeping.FOREVER);
      files.write(place.location("index.html"), new byte[1], Keeping.ASK_AGAIN);
      files.write(place.location("index.html"), bytes, Keeping.ASK_AGAIN);

      assertArrayEquals(bytes, place.read(place.location("index.html")));
      assertEquals("text/html;charset=utf-8", type(place, "v/page.html"));
      assertEquals("text/csv;charset=utf-8", type(place, "v/table.csv"));
      assertEquals(
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          type(place, "v/book.xlsx"));
      assertEquals("no-cache", head(place, "index.html").cacheControl());
      assertEquals(
          "private, max-age=31536000, immutable", head(place, "v/page.html").cacheControl());
    }
  }

  private static String type(Storage place, String name) {
    return head(place, name).contentType().replace(" ", "");
  }

  private static HeadObjectResponse head(Storage place, String name) {
    return ((S3FileIO) place.io())
        .client()
        .headObject(b -> b.bucket(S3Server.BUCKET).key("out/" + name));
  }
}
