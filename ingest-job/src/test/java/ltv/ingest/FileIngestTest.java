package ltv.ingest;

import static ltv.ingest.FileSite.DAY;
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
  private static final String COLUMNS =
      "columns: [{name: customer_id, from: customer}, {name: order_date, from: day}, {name: amount},"
          + " {name: currency, value: KRW}]";
  private static final String DAILY = "files: \"o-{date}.csv\", format: csv, " + COLUMNS;
  private static final String MANY_DAYS = "files: \"*.csv\", format: csv, " + COLUMNS;
  private static final String TODAY = "o-2026-11-19.csv";

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
  void a_row_that_cannot_be_read_keeps_its_number_and_its_text() throws IOException {
    FileSite site =
        site(DAILY)
            .drop(
                TODAY,
                "customer,day,amount\na,2026-11-19,1\nb,2026-11-19\n\"c,\nd\",2026-11-19,3\n"
                    + "e,2026-11-19,4,5,6\nf,2026-11-19,six\ng,2026-11-19,7\nh,2026-11-19,8\n");

    Ended ended = site.run();

    assertEquals(0, ended.exit());
    assertEquals(
        List.of(
            TODAY + ":1 a 1.0000 -",
            TODAY + ":2 - - (row)=b,2026-11-19",
            TODAY + ":3 c,\nd 3.0000 -",
            TODAY + ":4 - - (row)=e,2026-11-19,4,5,6",
            TODAY + ":5 f - amount=six",
            TODAY + ":6 g 7.0000 -",
            TODAY + ":7 h 8.0000 -"),
        site.rows());
  }

  @Test
  void columns_are_bound_by_name_and_strangers_stay_in_landing() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "\uFEFFcoupon,amount,day,customer\nX,3,2026-11-19,a\n");

    assertEquals(0, site.run().exit());
    assertEquals(List.of(TODAY + ":1 a 3.0000 -"), site.rows());
  }

  @Test
  void a_missing_column_refuses_the_file_by_its_name() throws IOException {
    FileSite site = site(DAILY).drop(TODAY, "customer,day,amount\na,2026-11-19,1\n");
    site.run();
    site.drop(TODAY, "customer,date,amount\na,2026-11-19,9\n");

    Ended ended = site.run();

    assertEquals(65, ended.exit());
    assertTrue(
        ended
            .problems()
            .contains(
                TODAY + " lacks the required column day; its header has customer, date, amount"),
        ended.problems());
    assertEquals(List.of(TODAY + ":1 a 1.0000 -"), site.rows(), "what is committed stays");
  }

  @Test
  void gzip_is_read_and_a_cut_off_one_refuses_the_day() throws IOException {
    FileSite site =
        site(DAILY.replace(".csv", ".csv.gz"))
            .dropGzip(TODAY + ".gz", "customer,day,amount\na,2026-11-19,1\n", 0);
    assertEquals(0, site.run().exit());
    site.dropGzip(TODAY + ".gz", "customer,day,amount\nb,2026-11-19,2\nc,2026-11-19,3\n", 9);

    Ended ended = site.run();

    assertEquals(65, ended.exit());
    assertTrue(ended.problems().contains(TODAY + ".gz is cut off or not gzip"), ended.problems());
    assertTrue(ended.problems().contains("deliver the file again"), ended.problems());
    assertEquals(List.of(TODAY + ".gz:1 a 1.0000 -"), site.rows());
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
        "lines of days that were not read: 3 (2026-11-17 to 2026-11-21)",
        first.report().path("unread.src_file__orders").asText());
    assertEquals(
        "lines of days that were not read: 1 (2026-11-17 to 2026-11-17)",
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
  void tsv_ndjson_and_fixed_columns_are_read_too() throws IOException {
    FileSite tsv = new FileSite(folder.resolve("t"), MANY_DAYS.replace("csv", "tsv"));
    tsv.drop("o.tsv", "customer\tday\tamount\na,b\t2026-11-19\t1\n");
    FileSite json = new FileSite(folder.resolve("j"), MANY_DAYS.replace("csv", "ndjson"));
    json.drop(
        "o.ndjson",
        "{\"customer\":\"a\u2028b\",\"day\":\"2026-11-19\",\"amount\":2}\n{\"broken\n"
            + "{\"customer\":\"c\",\"day\":\"2026-11-19\",\"amount\":\"3\"}\n");
    FileSite fixed =
        new FileSite(
            folder.resolve("f"),
            "files: \"*.txt\", format: fixed, columns: [{name: customer_id, start: 1, length: 4},"
                + " {name: order_date, start: 6, length: 8, date_format: \"%Y%m%d\"}, {name: amount,"
                + " start: 15, length: 6}, {name: currency, value: USD}]");
    fixed.drop("o.txt", "0001 20261119   1.5\n0002 2026111x   2.5\n0003 20261119  30.5\n");

    assertEquals(
        List.of(0, 0, 0), List.of(tsv.run().exit(), json.run().exit(), fixed.run().exit()));

    assertEquals(List.of("o.tsv:1 a,b 1.0000 -"), tsv.rows());
    assertEquals(
        List.of(
            "o.ndjson:1 a\u2028b 2.0000 -",
            "o.ndjson:2 - - (row)={\"broken",
            "o.ndjson:3 c 3.0000 -"),
        json.rows());
    assertEquals(
        List.of(
            "o.txt:1 0001 1.5000 -",
            "o.txt:2 0002 2.5000 order_date=2026111x",
            "o.txt:3 0003 30.5000 -"),
        fixed.rows());
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
    assertEquals("0 of 1 built", status.report().path("status.src_file__orders").asText());
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
