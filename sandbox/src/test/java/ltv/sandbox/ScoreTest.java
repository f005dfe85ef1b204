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
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Truth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mart of two campaigns on one day, written by hand, against truths that fit and do not. */
class ScoreTest {
  private static final String SPRING = "2026-11-01|meta|11";
  private static final String ORGANIC = "2026-11-01|organic|organic";

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException, SQLException {
    config = Files.writeString(folder.resolve("site.yaml"), "site: test\nhome: " + folder + "\n");
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
            Map.of("2026-11-01", 3L),
            Map.of("2026-11-01", revenue),
            Map.of()),
        rowsServed,
        Map.of(),
        Map.of(),
        Map.of());
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
                Map.of("2026-11-01", 3L),
                Map.of("2026-11-01", 590L),
                Map.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());

    assertEquals(List.of("installs by day and campaign: 4 4"), wrong(swapped));
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
        Map.of("META_SPEND", Map.of("2026-11-01|1", thousandths)));
  }

  @Test
  void a_sum_that_was_served_and_is_not_in_the_lake_is_a_no() {
    Truth served =
        new Truth(
            Map.of(SPRING, 1000L),
            new Counted(
                Map.of(SPRING, 3L, ORGANIC, 1L),
                Map.of("2026-11-01", 3L),
                Map.of("2026-11-01", 590L),
                Map.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("ACTION_COUNTS", Map.of("2026-11-01|lead|default", 2000L)));

    assertEquals(
        List.of(
            "action_count by day and action_type, attribution_window, src_meta__action, thousandths:"
                + " 2,000 0"),
        wrong(served));
  }
}
