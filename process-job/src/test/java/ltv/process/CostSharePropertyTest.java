package ltv.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever campaigns cost and whoever came: shares add up to the spend, and no user's is unlike.
 */
class CostSharePropertyTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final BigDecimal STEP = new BigDecimal("0.0001");
  private static final Dataset ACQUISITIONS = Repository.datasets().get("fct_acquisition");

  @TestFactory
  Stream<DynamicTest> shares() {
    return IntStream.rangeClosed(1, 8)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> shares(new Random(seed))));
  }

  private static void shares(Random random) {
    List<Map<String, String>> installs = new ArrayList<>();
    List<Map<String, String>> ads = new ArrayList<>();
    Map<String, BigDecimal> spend = new TreeMap<>();
    for (int campaign = 0; campaign < 10; campaign++) {
      for (int user = random.nextInt(4) * random.nextInt(40); user > 0; user--) {
        installs.add(
            Map.of(
                "install_date",
                DAY.toString(),
                "user_id",
                "u" + installs.size(),
                "installed_at",
                DAY + " 01:00:00",
                "channel",
                "meta",
                "source",
                "Facebook Ads",
                "campaign_id",
                "c" + campaign));
      }
      for (int ad = random.nextInt(4); ad > 0; ad--) {
        BigDecimal cost = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 4);
        spend.merge("c" + campaign, cost, BigDecimal::add);
        ads.add(
            Map.of(
                "report_date",
                DAY.toString(),
                "channel",
                "meta",
                "campaign_id",
                "c" + campaign,
                "ad_id",
                "a" + ads.size(),
                "spend",
                cost.toPlainString()));
      }
    }

    Map<String, BigDecimal> borne = new TreeMap<>();
    try (DuckDbSession session = DuckDbCases.open()) {
      session.define("run_date", DAY);
      for (String input : ACQUISITIONS.schema().inputs().keySet()) {
        List<Map<String, String>> rows =
            switch (input) {
              case "stg_install" -> installs;
              case "fct_ad_performance" -> ads;
              default -> List.of();
            };
        DuckDbCases.give(session, input, rows);
      }
      ACQUISITIONS.build(session, "built");
      session
          .rows(
              "select campaign_id, cast(sum(cost_share) as decimal(18, 4)), max(cost_share) - min(cost_share) from built group by 1")
          .forEach(
              row -> {
                BigDecimal sum = (BigDecimal) row.get(1);
                if (sum.signum() != 0) {
                  borne.put((String) row.get(0), sum);
                }
                assertTrue(((BigDecimal) row.get(2)).compareTo(STEP) <= 0, row.toString());
              });
      assertEquals(
          List.of(List.of((long) installs.size())),
          session.rows("select cast(sum(users) as bigint) from built"));
    }

    assertEquals(spend, borne);
  }
}
