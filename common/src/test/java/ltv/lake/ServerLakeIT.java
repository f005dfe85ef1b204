package ltv.lake;

import static ltv.lake.SalesLake.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import ltv.config.DatabaseSettings;
import ltv.config.S3Settings;
import ltv.config.Sites;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.CommitUnknown;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.PartitionOutcome.Conflict;
import ltv.server.FaultyProxy;
import ltv.server.MariaDbServer;
import ltv.server.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the state in MariaDB and the files in S3, and what a wire can do to it. */
class ServerLakeIT extends LakeContract {
  private static final String SWAP = "UPDATE iceberg_tables";

  @TempDir private static Path servers;
  private static MariaDbServer mariaDb;
  private static S3Server s3;
  private static FaultyProxy toMariaDb;
  private static FaultyProxy toS3;

  @BeforeAll
  static void start() {
    mariaDb = MariaDbServer.start(servers.resolve("db"));
    s3 = S3Server.start(servers.resolve("s3"));
    toMariaDb = new FaultyProxy(mariaDb.port());
    toS3 = new FaultyProxy(s3.port());
  }

  @AfterAll
  static void stop() {
    toS3.close();
    toMariaDb.close();
    s3.close();
    mariaDb.close();
  }

  /** Every name is a site of its own: a schema for its state, a prefix for its files. */
  @Override
  SalesLake open(String name) {
    String site = name + Math.abs(folder.hashCode());
    return new SalesLake(
        folder.resolve("scratch"),
        Lake.open(
            Sites.served(
                folder, wired(mariaDb.schema(site)), bucket(site), s3.settings(toS3.port()))));
  }

  @Override
  SalesLake openForgotten(String name) {
    String site = name + Math.abs(folder.hashCode());
    DatabaseSettings empty = mariaDb.schema("s" + UUID.randomUUID().toString().replace("-", ""));
    return new SalesLake(
        folder.resolve("scratch"),
        Lake.open(Sites.served(folder, empty, bucket(site), s3.settings())));
  }

  private static DatabaseSettings wired(DatabaseSettings direct) {
    String url = direct.url().replace(":" + mariaDb.port(), ":" + toMariaDb.port());
    return new DatabaseSettings(null, url, direct.user(), direct.password());
  }

  private static String bucket(String site) {
    return "s3://" + S3Server.BUCKET + "/" + site;
  }

  /** How the commit of {@code next} ends when the wire to the catalog is cut just before it. */
  private PartitionOutcome committedWhile(Runnable cut) {
    BuiltPartition next = lake.built(D1, "next");
    PartitionCommit commit = lake.table().commit(lake.pin());
    cut.run();
    PartitionOutcome outcome = commit.publish(List.of(next)).get(0);
    assertEquals(1, toMariaDb.heal());
    return outcome;
  }

  @Test
  void a_commit_whose_answer_is_lost_is_found_by_looking_again() {
    lake.publish(D1, "old");

    PartitionOutcome outcome = committedWhile(() -> toMariaDb.loseAnswer(SWAP, 1));

    assertInstanceOf(Committed.class, outcome);
    assertEquals(List.of("2026-11-01 next"), lake.rows());
    assertEquals(1, lake.pin().published().get(Partition.of(D1)).rowsOut());
  }

  @Test
  void a_commit_that_did_not_reach_the_catalog_leaves_the_old_rows_and_a_rerun_succeeds() {
    lake.publish(D1, "old");

    PartitionOutcome outcome = committedWhile(() -> toMariaDb.loseRequest(SWAP, 1));

    assertInstanceOf(CommitUnknown.class, outcome);
    assertEquals(ExitCode.COMMIT_UNKNOWN, outcome.exitCode());
    assertEquals(List.of("2026-11-01 old"), lake.rows());
    assertInstanceOf(Committed.class, lake.publish(D1, "next"));
    assertEquals(List.of("2026-11-01 next"), lake.rows());
  }

  @Test
  void an_upload_whose_answer_is_lost_is_repeated_and_seen_once() {
    toS3.loseAnswer(".parquet", 1);

    PartitionOutcome outcome = lake.publish(D1, "a");

    assertEquals(1, toS3.heal());
    assertInstanceOf(Committed.class, outcome);
    assertEquals(List.of("2026-11-01 a"), lake.rows());
  }

  @Test
  void a_store_that_is_away_ends_with_a_conflict_and_the_old_rows() {
    lake.publish(D1, "old");
    Pin base = lake.pin();
    BuiltPartition next = lake.built(D1, "next");
    PartitionCommit commit = lake.table().commit(base);
    for (String what : List.of(".parquet", "announced-", ".avro", ".metadata.json")) {
      toS3.loseRequest(what, 1000);
      PartitionOutcome outcome = commit.publish(List.of(next)).get(0);

      assertTrue(toS3.heal() > 0, what + " was on its way");
      assertInstanceOf(Conflict.class, outcome, what);
      assertEquals(List.of("2026-11-01 old"), lake.rows(), what);
    }
    assertInstanceOf(Committed.class, lake.publish(D1, "next"));
  }

  @Test
  void a_state_database_that_is_away_is_named_and_can_be_tried_again() {
    DatabaseSettings nobody =
        new DatabaseSettings(
            null, "jdbc:mariadb://127.0.0.1:1/ltv_state", "ltv_state", mariaDb.state().password());
    S3Settings objects = s3.settings();

    JobException e =
        assertThrows(
            JobException.class,
            () -> Lake.open(Sites.served(folder, nobody, bucket("away"), objects)));

    assertEquals(ExitCode.CONFLICT, e.exitCode());
    assertTrue(e.getMessage().contains("127.0.0.1:1/ltv_state"), e.getMessage());
  }
}
