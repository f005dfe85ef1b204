package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of a simulated market, from the marts back to the lines that its servers sent. */
@Tag("slow")
class ExplainIT {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 16);
  private static final int DAYS = 3;
  private static final LocalDate LAST = FROM.plusDays(DAYS - 1);
  private static final int NUMBERS = 30;

  @TempDir private Path folder;
  private World world;
  private JobProcess jobs;

  @BeforeEach
  void open() {
    world = new World(20261119, FROM, DAYS, 0.4, 0, folder.resolve("drop")).toldAfter(LAST);
    Map<String, String> environment = new TreeMap<>(world.environment());
    environment.put("LTV_DEMO_HOME", folder.resolve("home").toString());
    environment.put("LTV_HASH_KEY", "hash-key-of-the-test");
    jobs = new JobProcess(folder, environment);
    for (String job : Repository.JOBS) {
      run(job, "run", "--from", FROM.toString(), "--to", LAST.toString()).with(0);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Ended run(String job, String command, String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command, "--config", Repository.root().resolve("examples/demo.yaml").toString()));
    arguments.addAll(List.of(flags));
    return jobs.run(job, arguments.toArray(String[]::new));
  }

  @Test
  void numbers_end_at_lines_that_give_them_and_what_was_left_out_at_its_rule() throws IOException {
    numbersThatASeedChooses();
    aNumberAsAProgramGetsIt();
    rowsThatDoNotCount();
    whatIsMadeOfWhat();
  }

  private void numbersThatASeedChooses() {
    Ended audit =
        run("calculate", "audit", "--date", LAST + "", "--numbers", NUMBERS + "", "--seed", "11")
            .with(0);

    JsonNode report = audit.report();
    long fromLines = report.path("numbers_from_lines").asLong();
    assertEquals(0, report.path("numbers_wrong").asLong(), audit.out());
    assertTrue(fromLines >= NUMBERS / 2, audit.out());
    assertTrue(report.path("lines").asLong() > fromLines, audit.out());
  }

  private void aNumberAsAProgramGetsIt() throws IOException {
    List<String> campaign =
        rows(
            "mart_campaign_daily",
            "select channel, campaign_id, spend from t where report_date = date '%s' and channel = 'meta' order by spend desc limit 1"
                .formatted(LAST));
    Ended told =
        run(
                "calculate",
                "explain",
                "--mart",
                "campaign_daily",
                "--key",
                "report_date=" + LAST,
                "--key",
                "campaign_id=" + campaign.get(1),
                "--column",
                "spend",
                "--lines",
                "0",
                "--output",
                "json")
            .with(0);

    JsonNode answer = new ObjectMapper().readTree(told.out().lines().findFirst().orElseThrow());
    assertTrue(answer.path("whole").asBoolean(), told.out());
    assertEquals(
        answer.path("number").decimalValue().stripTrailingZeros(),
        new java.math.BigDecimal(campaign.get(2)).stripTrailingZeros());
    assertTrue(told.out().contains("\"dataset\":\"src_meta__insights\""), told.out());
    assertTrue(told.out().contains("\\\"spend\\\":"), "the line as Meta sent it");
  }

  private void rowsThatDoNotCount() {
    List<String> twin =
        rows(
            "stg_order",
            "select order_date, source, kind, order_id, user_id, observed_value from t where removed_reason = 'twin' order by all limit 1");
    String told =
        run(
                "calculate",
                "explain",
                "--mart",
                "stg_order",
                "--key",
                "order_date=" + twin.get(0),
                "--key",
                "source=" + twin.get(1),
                "--key",
                "kind=" + twin.get(2),
                "--key",
                "order_id=" + twin.get(3),
                "--key",
                "user_id=" + twin.get(4),
                "--column",
                "revenue")
            .with(0)
            .out();

    assertTrue(
        told.contains("This row does not count; the rule that took it out is twin: " + twin.get(5)),
        told);
    String unknown =
        run("calculate", "explain", "--mart", "mart_campain_daily", "--column", "spend")
            .with(64)
            .err();
    assertTrue(unknown.contains("nearest are mart_campaign_daily"), unknown);
  }

  private void whatIsMadeOfWhat() {
    String all = run("calculate", "lineage").with(0).out();
    String some =
        run("calculate", "lineage", "--mart", "mart_channel_daily", "--format", "dot")
            .with(0)
            .out();

    assertTrue(all.contains("  src_meta__insights --> stg_meta__ad_daily"), all);
    assertTrue(some.contains("  mart_campaign_daily -> mart_channel_daily;"), some);
    assertTrue(some.contains("  src_meta__insights -> stg_meta__ad_daily;"), some);
    assertTrue(!some.contains("mart_customer"), some);
  }

  private List<String> rows(String dataset, String query) {
    return new TableRows(Sites.below(folder.resolve("home"))).of(dataset, query).get(0);
  }
}
