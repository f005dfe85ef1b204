package ltv.calculate.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import ltv.lake.Storage;
import ltv.server.FaultyProxy;
import ltv.server.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in S3, and what a wire can do to it. */
class S3ShelfIT extends ShelfContract {
  @TempDir private static Path servers;
  private static S3Server s3;
  private static FaultyProxy wire;

  @TempDir private Path folder;
  private String bucket;

  @BeforeAll
  static void start() {
    s3 = S3Server.start(servers);
    wire = new FaultyProxy(s3.port());
  }

  @AfterAll
  static void stop() {
    wire.close();
    s3.close();
  }

  @Override
  Storage open() {
    bucket = "s3://" + S3Server.BUCKET + "/" + UUID.randomUUID();
    return Storage.at(bucket, s3.settings(wire.port()), folder);
  }

  @Test
  void a_store_that_goes_away_before_the_index_leaves_the_old_one_and_the_next_run_mends_it()
      throws IOException {
    shelf.publish(Reports.draft("cohort", "2026-W46", "up"), Reports.MONDAY);
    write();
    String old = text("index-ko.html");
    Version next = shelf.publish(Reports.draft("cohort", "2026-W47", "up"), Reports.MONDAY);
    wire.loseRequest("PUT /" + bucket.substring("s3://".length()) + "/shop/index-ko", 1000);

    assertThrows(RuntimeException.class, this::write);

    assertTrue(wire.heal() > 0, "the index was on its way");
    assertEquals(old, text("index-ko.html"));
    write();
    assertTrue(text("index-ko.html").contains(next.folder()));
  }

  @Test
  void a_store_that_goes_away_during_the_upload_leaves_no_version_and_the_next_run_has_it()
      throws IOException {
    wire.loseRequest("cohort-en.html", 1000);

    assertThrows(
        RuntimeException.class,
        () -> shelf.publish(Reports.draft("cohort", "2026-W47", "up"), Reports.MONDAY));

    assertTrue(wire.heal() > 0, "the page was on its way");
    assertEquals(0, shelf.newest().size());
    shelf.publish(Reports.draft("cohort", "2026-W47", "up"), Reports.MONDAY);
    assertEquals(1, shelf.newest().size());
  }
}
