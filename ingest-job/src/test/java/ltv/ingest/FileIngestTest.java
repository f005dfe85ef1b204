package ltv.ingest;

import static ltv.ingest.FileSite.DAILY;
import static ltv.ingest.FileSite.DAY;
import static ltv.ingest.FileSite.MANY_DAYS;
import static ltv.ingest.FileSite.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import ltv.ingest.FileSite.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The ingest job from its flags to committed rows, fed from a drop folder. */
@ResourceLock(Resources.SYSTEM_OUT)
class FileIngestTest {
  @TempDir private Path folder;

  @Test
  void a_day_is_committed_once_and_then_unchanged() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,10.5\n");

    Ended first = site.run();
    Ended second = site.run();

    assertEquals(0, first.exit());
    assertEquals(1, first.count("committed"));
    assertEquals(List.of(TODAY + ":1 a 10.5000 -"), site.rows());
    assertEquals(0, second.exit());
    assertEquals(1, second.count("unchanged"));
    assertEquals(1, site.snapshots());
    assertEquals(1, pages(site), "the same bytes are stored once");
  }

  @Test
  void a_file_under_another_name_is_another_input() throws IOException {
    String text = "customer,day,amount\na,2026-11-19,10.5\n";
    FileSite site = site(MANY_DAYS).drop("first.csv", text);
    site.run();
    site.remove("first.csv");
    site.drop("second.csv", text);

    assertEquals(1, site.run().count("committed"));
    assertEquals(List.of("second.csv:1 a 10.5000 -"), site.rows());
  }

  @Test
  void force_commits_the_same_content_again() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,10.5\n");
    site.run();
    var before = site.entry(DAY);

    assertEquals(1, site.run("--force").count("committed"));

    assertEquals(2, site.snapshots());
    assertEquals(before.content(), site.entry(DAY).content());
    assertNotEquals(before.runId(), site.entry(DAY).runId());
  }

  @Test
  void only_missing_leaves_a_changed_file_alone_and_a_plain_run_takes_it() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,1\n");
    site.run();
    site.drop(TODAY, "customer,day,amount\nb,2026-11-19,2\n");

    assertEquals(1, site.run("--only-missing").count("unchanged"));
    assertEquals(1, site.run().count("committed"));
    assertEquals(List.of(TODAY + ":1 b 2.0000 -"), site.rows());
  }

  @Test
  void a_daily_run_reads_the_lookback_again_but_nothing_before_the_first_day() throws IOException {
    FileSite site =
        site(DAILY + ", lookback_days: 3")
            .drop("o-2026-11-18.csv", "customer,day,amount\na,2026-11-18,1\n")
            .drop(TODAY, "customer,day,amount\nb,2026-11-19,2\n");
    site.execute("run --from 2026-11-18 --to 2026-11-18");
    site.drop("o-2026-11-18.csv", "customer,day,amount\na,2026-11-18,7\n");

    Ended ended = site.execute("run --date 2026-11-19");

    assertEquals(2, ended.count("committed"));
    assertEquals(List.of("o-2026-11-18.csv:1 a 7.0000 -", TODAY + ":1 b 2.0000 -"), site.rows());
  }

  @Test
  void a_file_that_is_not_there_is_not_ready_and_an_empty_one_is_an_empty_day() throws IOException {
    FileSite site = site(DAILY);

    Ended missing = site.run();
    site.drop(TODAY, "customer,day,amount\n");
    Ended empty = site.run();

    assertEquals(66, missing.exit());
    assertTrue(missing.problems().contains("has no file o-2026-11-19.csv for 2026-11-19; drop it"));
    assertEquals(0, empty.exit());
    assertEquals(0, site.entry(DAY).rowsOut());
  }

  @Test
  void a_page_that_is_mostly_unreadable_is_held() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer;day;amount\n");
    assertEquals(65, site.run().exit(), "a wrong separator is a missing column");
    site.drop(TODAY, "customer,day,amount\na,19.11.2026,1\nb,19.11.2026,2\nc,2026-11-19,3\n");

    Ended ended = site.run();

    assertEquals(65, ended.exit());
    assertTrue(ended.problems().contains("share: 2 of 3 rows have bad_field is not null"));
    assertEquals(65, site.run().exit(), "the same file is held, not unchanged");
  }

  @Test
  void a_line_of_another_day_in_a_days_file_is_kept_as_a_bad_line() throws IOException {
    FileSite site =
        site(DAILY)
            .drop(TODAY, "customer,day,amount\na,2026-11-19,1\nb,2026-11-18,2\nc,2026-11-19,3\n");

    site.run();

    assertEquals(
        List.of(
            TODAY + ":1 a 1.0000 -",
            TODAY + ":2 b 2.0000 order_date=2026-11-18",
            TODAY + ":3 c 3.0000 -"),
        site.rows());
  }

  @Test
  void lines_of_days_that_no_run_has_read_are_counted_aloud() throws IOException {
    FileSite site =
        site(MANY_DAYS)
            .drop(
                "all.csv",
                "customer,day,amount\na,2026-11-17,1\nb,2026-11-19,2\nc,2026-11-20,3\nd,2026-11-21,4\n");

    Ended first = site.run();
    Ended later = site.execute("run --from 2026-11-20 --to 2026-11-21");

    assertEquals(
        "lines of days that were not read: 3 (2026-11-17 to 2026-11-21); run these days too",
        first.report().path("unread.src_file__orders").asText());
    assertEquals(
        "lines of days that were not read: 1 (2026-11-17 to 2026-11-17); run these days too",
        later.report().path("unread.src_file__orders").asText());
  }

  @Test
  void the_same_lines_under_two_names_refuse_the_day() throws IOException {
    String text = "customer,day,amount\na,2026-11-19,1\n";
    FileSite site = site(MANY_DAYS.replace("*.csv", "*.csv*"));
    site.drop("orders.csv", text).dropGzip("orders (1).csv.gz", text, 0);

    Ended ended = site.run();

    assertEquals(65, ended.exit());
    assertTrue(ended.problems().contains("orders (1).csv.gz and orders.csv in"), ended.problems());
    assertTrue(ended.problems().contains("remove one of them"), ended.problems());
    site.remove("orders (1).csv.gz");
    assertEquals(0, site.run().exit());
    site.drop("empty-1.csv", "customer,day,amount\n").drop("empty-2.csv", "customer,day,amount\n");
    assertEquals(0, site.run().exit(), "files without a line may be alike");
  }

  @Test
  void plan_dry_run_and_status_write_nothing() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,1\n");

    Ended plan = site.execute("plan --date 2026-11-19");
    Ended dry = site.run("--dry-run");
    Ended status = site.execute("status --date 2026-11-19");

    assertEquals(List.of(0, 0, 0), List.of(plan.exit(), dry.exit(), status.exit()));
    assertTrue(plan.out().contains("2026-11-19  build      asked for"), plan.out());
    assertTrue(status.out().contains("missing"), status.out());
    assertEquals(
        "0 of 1 built; 2026-11-19 missing",
        status.report().path("status.src_file__orders").asText());
    assertTrue(Files.notExists(site.home()), "not even a folder");
  }

  @Test
  void a_channel_of_another_site_is_skipped_and_an_unknown_one_is_a_usage_error()
      throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,1\n");

    assertEquals(99, site.run("--channel", "meta").exit());
    assertEquals(64, site.run("--channel", "metta").exit());
    assertEquals(0, site.run("--channel", "file").exit());
  }

  @Test
  void a_landing_that_cannot_be_written_ends_with_75_and_commits_nothing() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,1\n");
    Files.createDirectories(site.home());
    Files.writeString(site.home().resolve("landing"), "a file where the folder should be");

    Ended ended = site.run();

    assertEquals(75, ended.exit());
    assertTrue(ended.problems().contains("Cannot write the landing"), ended.problems());
    assertTrue(ended.problems().contains("Free or mount the disk"), ended.problems());
  }

  private FileSite site(String stream) throws IOException {
    return new FileSite(folder, stream);
  }

  private static long pages(FileSite site) throws IOException {
    try (Stream<Path> files = Files.walk(site.home().resolve("landing"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("page-")).count();
    }
  }
}
