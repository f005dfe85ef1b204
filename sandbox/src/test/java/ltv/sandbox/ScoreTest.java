package ltv.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.config.Settings;
import ltv.config.SiteConfig;
import ltv.sandbox.market.Counted;
import ltv.sandbox.market.Findings;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Truth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mart of two campaigns on one day, written by hand, against truths that fit and do not. */
class ScoreTest {
  private static final String SPRING = "2026-11-01|meta|11";
  private static final Findings NOTHING = new Findings(Map.of(), 0, Map.of(), Map.of());
  private static final String ORGANIC = "2026-11-01|organic|organic";

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException, SQLException {
    config =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: test\npersonal_data: {hash_key: k}\nhome: " + folder + "\n");
    String mart = "jdbc:duckdb:" + folder.resolve("ltv_mart.duckdb");
    try (var connection = DriverManager.getConnection(mart);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table mart_campaign_daily as
          select date '2026-11-01' as report_date, * from (values
            ('meta', '11', '봄', 1000.0, 3, 2, 500.0), ('organic', 'organic', 'organic', 0.0, 1, 1, 90.0))
            as t(channel, campaign_id, campaign_name, spend, installs, orders, revenue)""");
    }
  }

  private static Truth truth(long spend, long revenue, Map<String, Map<String, Long>> rowsServed) {
    return new Truth(
        Map.of(SPRING, spend),
        new Counted(
            Map.of(SPRING, 3L, ORGANIC, 1L),
            Map.of(),
            Map.of(),
            Map.of("2026-11-01", 3L),
            Map.of("2026-11-01", revenue),
            Map.of()),
        rowsServed,
        Map.of(),
        Map.of(),
        Map.of(),
        NOTHING);
  }

  private List<String> wrong(Truth truth) {
    return wrong(truth, Optional.empty());
  }

  private List<String> wrong(Truth truth, Optional<Truth> earlier) {
    SiteConfig site = Settings.load(config, Map.of()).bind("", SiteConfig.class).orElseThrow();
    return new Score(truth, earlier)
        .compare(site).stream()
            .filter(l -> !l.exact())
            .map(l -> l.what() + ": " + l.truth() + " " + l.found())
            .toList();
  }

  private int score(Truth truth) throws IOException {
    Path file = folder.resolve("truth.json");
    new ObjectMapper().writeValue(file.toFile(), truth);
    return SandboxCommand.execute(
        "score", "--config", config.toString(), "--truth", file.toString());
  }

  @Test
  void numbers_that_agree_in_every_cell_are_exact() throws IOException {
    assertEquals(List.of(), wrong(truth(1000, 590, Map.of())));
    assertEquals(0, score(truth(1000, 590, Map.of())));
  }

  @Test
  void one_won_too_many_is_a_no_and_ends_with_65() throws IOException {
    assertEquals(
        List.of("spend, won, by day and campaign: 1,001 1,000"), wrong(truth(1001, 590, Map.of())));
    assertEquals(65, score(truth(1001, 590, Map.of())));
  }

  @Test
  void equal_totals_in_other_cells_are_a_no() {
    Truth swapped =
        new Truth(
            Map.of(SPRING, 1000L),
            new Counted(
                Map.of(SPRING, 1L, ORGANIC, 3L),
                Map.of(),
                Map.of(),
                Map.of("2026-11-01", 3L),
                Map.of("2026-11-01", 590L),
                Map.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            NOTHING);

    assertEquals(List.of("installs by day and channel: 4 4"), wrong(swapped));
  }

  @Test
  void a_row_that_was_served_and_is_not_in_the_lake_is_a_no() {
    assertEquals(
        List.of("rows received by day, src_meta__insights: 7 0"),
        wrong(truth(1000, 590, Map.of(Sources.INSIGHTS, Map.of("2026-11-01", 7L)))));
  }

  @Test
  void a_correction_that_the_lake_does_not_tell_is_a_no() {
    Truth first = costing(900);

    assertEquals(
        List.of(
            "spend by day and campaign_id, src_meta__insights, thousandths: 1,000 0",
            "spend restated by day, src_meta__insights, thousandths: 100 0"),
        wrong(costing(1000), Optional.of(first)));
  }

  private static Truth costing(long thousandths) {
    Truth truth = truth(1000, 590, Map.of());
    return new Truth(
        truth.spend(),
        truth.counted(),
        truth.rowsServed(),
        truth.duplicates(),
        truth.notPrimary(),
        Map.of("META_SPEND", Map.of("2026-11-01|1", thousandths)),
        NOTHING);
  }

  @Test
  void a_sum_that_was_served_and_is_not_in_the_lake_is_a_no() {
    Truth served =
        new Truth(
            Map.of(SPRING, 1000L),
            new Counted(
                Map.of(SPRING, 3L, ORGANIC, 1L),
                Map.of(),
                Map.of(),
                Map.of("2026-11-01", 3L),
                Map.of("2026-11-01", 590L),
                Map.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("ACTION_COUNTS", Map.of("2026-11-01|lead|default", 2000L)),
            NOTHING);

    assertEquals(
        List.of(
            "action_count by day and action_type, attribution_window, src_meta__action, thousandths:"
                + " 2,000 0"),
        wrong(served));
  }

  @Test
  void installs_under_no_campaign_and_spend_that_nobody_bears_are_a_no() {
    Truth told = truth(1000, 590, Map.of());
    Counted counted = told.counted();
    Truth brought =
        new Truth(
            told.spend(),
            new Counted(
                counted.installs(),
                Map.of("phone", "11"),
                Map.of(SPRING, 2L),
                counted.orders(),
                counted.revenue(),
                counted.excluded()),
            told.rowsServed(),
            told.duplicates(),
            told.notPrimary(),
            told.sums(),
            NOTHING);

    assertEquals(
        List.of(
            "of installs with a credit, under the right campaign, 0 of 1: ≥ 0.9900 0.0000",
            "touches before the winning one, by day and campaign: 2 0",
            "spend that users or nobody bear, by day and campaign: 1,000 0"),
        wrong(brought));
    // HMAC-SHA256 under the key "k": openssl dgst -sha256 -hmac k
    String phone = "da42d515deb59edc13c6a72bcf399cddc3bedb2af425d2c1f854c89248ea9c4e";
    assertEquals(1, Recognised.same(Map.of("phone", "11"), Map.of(phone, "11"), "k"));
    assertEquals(0, Recognised.same(Map.of("phone", "11"), Map.of(phone, "12"), "k"));
  }

  @Test
  void users_put_in_are_right_when_it_is_the_phones_user_of_the_day() {
    Findings known =
        new Findings(
            Map.of(
                "phone|2026-11-01", Map.of("ann", 2L, "", 1L),
                "phone|2026-11-02", Map.of("bob", 3L)),
            4,
            Map.of(),
            Map.of());
    // HMAC-SHA256 under the key "k": openssl dgst -sha256 -hmac k
    String phone = "da42d515deb59edc13c6a72bcf399cddc3bedb2af425d2c1f854c89248ea9c4e";
    String ann = "9266175ac0e5692db793c2ff4b72068c2ba1e41a9e4d3e6ac50f7d2ccf59441b";
    String bob = "73662dcee4acad8d3d983bf08054fe565e2daf9ea4d9b6b02b94564ed55077e4";
    Map<String, Map<String, Long>> found =
        Map.of(
            phone + "|2026-11-01", Map.of(ann, 1L, bob, 1L, "", 1L),
            phone + "|2026-11-02", Map.of(bob, 3L));

    assertEquals(new Recognised(5, 5, 4), Recognised.of(known, found, "k"));
    assertEquals(new Recognised(5, 0, 0), Recognised.of(known, Map.of(), "k"));
  }

  @Test
  void dishonest_publishers_that_no_rule_found_are_a_no() {
    Truth truth = truth(1000, 590, Map.of());
    Truth judged =
        new Truth(
            truth.spend(),
            truth.counted(),
            truth.rowsServed(),
            truth.duplicates(),
            truth.notPrimary(),
            truth.sums(),
            new Findings(
                Map.of(), 0, Map.of("p1", "R03", "p2", ""), Map.of("2026-11-01|R06|address", 1L)));

    assertEquals(
        List.of(
            "decisions by day and rule, R01 R02 R06 R07 R21 R22: 1 0",
            "of publishers that a rule speaks against, dishonest, 0 of 0: ≥ 0.9500 0.0000",
            "of dishonest publishers, found by the rule they break, 0 of 1: ≥ 0.8000 0.0000"),
        wrong(judged));
  }
}
