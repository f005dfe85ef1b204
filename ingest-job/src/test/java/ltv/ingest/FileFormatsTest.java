package ltv.ingest;

import static ltv.ingest.FileSite.DAILY;
import static ltv.ingest.FileSite.MANY_DAYS;
import static ltv.ingest.FileSite.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ltv.ingest.FileSite.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** How files are cut into rows, and what is said of those that cannot be. */
@ResourceLock(Resources.SYSTEM_OUT)
class FileFormatsTest {
  @TempDir private Path folder;

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

  private FileSite site(String stream) throws IOException {
    return new FileSite(folder, stream);
  }
}
