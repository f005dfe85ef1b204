package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Months of Adison's report as people drop them, by the job's command line in this process. */
@ResourceLock(Resources.SYSTEM_OUT)
class AdisonFilesTest {
  private static final Charset KOREAN = Charset.forName("x-windows-949");
  private static final String FILE = "adison-2026-11.csv";
  private static final String MONTH =
      """
      날짜,캠페인ID,캠페인명,플랫폼,노출,광고비,등급
      2026. 11. 18,77,봄 이벤트,Android,"1,000","₩10,000",A
      2026. 11. 19,77,"봄, ""이벤트""
      둘째 줄",Android,"2,000","₩20,000",B
      2026. 11. 19,78,여름,iOS,3,-,
      합계,,,,"3,003","30,000",
      """;

  @TempDir private Path folder;

  @BeforeEach
  void site() throws IOException {
    site("");
  }

  private void site(String charset) throws IOException {
    Files.createDirectories(folder.resolve("drop"));
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: offers
        home: %s
        channels:
          adison:
            accounts: [{id: adv, file: {folder: %s, files: "adison-{month}.csv"%s}}]
        """
            .formatted(folder.resolve("home"), folder.resolve("drop"), charset));
  }

  private void drop(byte[] bytes) throws IOException {
    Files.write(folder.resolve("drop").resolve(FILE), bytes);
  }

  private Ended run() {
    return Ended.run(
        "run",
        "--from",
        "2026-11-18",
        "--to",
        "2026-11-19",
        "--config",
        folder.resolve("site.yaml").toString());
  }

  private List<String> rows() {
    return StoredRows.of(
            folder.resolve("home"),
            "src_adison__report",
            "select report_date, campaign_id, campaign_name, platform, impressions, cost, extra, bad_field from t order by 1, source_line")
        .stream()
        .map(r -> r.stream().map(v -> v == null ? "-" : v + "").collect(Collectors.joining("|")))
        .toList();
  }

  private static final List<String> ROWS =
      List.of(
          "2026-11-18|77|봄 이벤트|android|1000|10000.0000|{\"등급\":\"A\"}|-",
          "2026-11-18|-|-|-|3003|30000.0000|{\"등급\":null}|(total)",
          "2026-11-19|77|봄, \"이벤트\"\n둘째 줄|android|2000|20000.0000|{\"등급\":\"B\"}|-",
          "2026-11-19|78|여름|ios|3|-|{\"등급\":null}|-");

  @Test
  void what_excel_saves_as_utf_8_is_read_with_its_mark_and_line_ends() throws IOException {
    drop(("\uFEFF" + MONTH.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));

    assertEquals(0, run().exit());

    assertEquals(ROWS, rows().stream().map(row -> row.replace("\r\n", "\n")).toList());
  }

  @Test
  void what_excel_saves_in_korea_is_read_with_its_charset_and_refused_without() throws IOException {
    drop(MONTH.replace('₩', '\\').getBytes(KOREAN)); // where the won stands in that charset

    Ended without = run();
    site(", charset: x-windows-949");
    Ended with = run();

    assertEquals(65, without.exit());
    assertTrue(
        without.out().contains("It is not UTF-8: save it so, or give its charset"), without.out());
    assertEquals(0, with.exit(), with.out());
    assertEquals(ROWS, rows());
  }

  @Test
  void a_charset_that_the_file_is_not_written_in_is_refused() throws IOException {
    site(", charset: US-ASCII");
    drop(MONTH.getBytes(StandardCharsets.UTF_8));

    Ended ended = run();

    assertEquals(65, ended.exit());
    assertTrue(ended.out().contains(FILE + " is not written in US-ASCII"), ended.out());
  }

  @Test
  void a_charset_that_is_mended_reads_the_same_bytes_anew() throws IOException {
    site(", charset: ISO-8859-1");
    String latin =
        MONTH.replace("날짜", "date").replace("캠페인ID", "campaign_id").replace("광고비", "cost");
    drop(latin.getBytes(StandardCharsets.UTF_8));
    run();
    assertTrue(rows().stream().noneMatch(row -> row.contains("여름")), "read as something else");

    site("");
    assertEquals(0, run().exit());

    assertTrue(rows().stream().anyMatch(row -> row.contains("여름")), rows().toString());
  }

  @Test
  void a_month_that_is_delivered_again_replaces_its_days_and_only_those_that_changed()
      throws IOException {
    drop(MONTH.getBytes(StandardCharsets.UTF_8));
    run();

    drop(MONTH.replace("₩20,000", "₩25,000").getBytes(StandardCharsets.UTF_8));
    Ended ended = run();

    assertTrue(ended.out().contains("{\"committed\":1,\"rows\":2,\"unchanged\":1}"), ended.out());
    assertEquals(0, ended.exit());
    assertTrue(rows().get(2).contains("|25000.0000|"), rows().toString());
    assertEquals(4, rows().size());
  }

  @Test
  void a_header_that_lost_a_column_refuses_the_month_and_keeps_what_was_there() throws IOException {
    drop(MONTH.getBytes(StandardCharsets.UTF_8));
    run();

    drop(MONTH.replace("광고비", "비용(원)").getBytes(StandardCharsets.UTF_8));
    Ended ended = run();

    assertEquals(65, ended.exit());
    assertTrue(
        ended
            .out()
            .contains(
                FILE
                    + " lacks the required column cost_krw or cost or 광고비 or 비용; its header has 날짜"),
        ended.out());
    assertEquals(ROWS, rows());
  }
}
