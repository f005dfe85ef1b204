package ltv.calculate.customer.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.config.EngineSettings;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a regression learns from on earlier days, beside what it is asked of on the day itself. */
class ReturnersTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final int CUSTOMERS = 300;

  @TempDir private Path scratch;

  private static void fill(DuckDbSession session) {
    Random random = new Random(3);
    List<String> days = new ArrayList<>();
    List<String> visits = new ArrayList<>();
    for (int c = 0; c < CUSTOMERS; c++) {
      double rate = .3 * random.nextDouble() * random.nextDouble();
      for (int before = random.nextInt(400); before >= -30; before--) {
        if (random.nextDouble() < rate) {
          int subscriptions = c % 5 == 0 && random.nextBoolean() ? 1 : 0;
          days.add(
              "(date '%s', 'c%d', cast(100 as decimal(18, 4)), %d)"
                  .formatted(DAY.minusDays(before), c, subscriptions));
        }
        if (random.nextDouble() < rate * (c % 3)) {
          visits.add(
              "(date '%s', '%s%d', %d)"
                  .formatted(DAY.minusDays(before), c % 2 == 0 ? "p" : "c", c, random.nextInt(2)));
        }
      }
    }
    session.execute(
        "create temp table customer_day as select * from (values "
            + String.join(", ", days)
            + ") as t(order_date, customer_id, revenue, subscription_orders)");
    session.execute(
        "create temp table visit_day as select * from (values "
            + String.join(", ", visits)
            + ") as t(visit_date, person_id, purchases)");
    session.execute(
        "create temp table fct_acquisition as select * from (values "
            + IntStream.range(0, CUSTOMERS / 2)
                .mapToObj(i -> "(date '2025-01-01', 'c%1$d', 'p%1$d')".formatted(2 * i))
                .collect(Collectors.joining(", "))
            + ") as t(acquisition_date, user_id, person_id)");
  }

  @Test
  void the_numbers_that_are_learnt_from_are_those_that_are_asked() {
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), scratch);
        DuckDbSession session = engine.open()) {
      fill(session);
      session.define("run_date", DAY);
      Repository.datasets().get("customer_history").build(session, "customer_history");
      Returners learnt = new Customers(session).returners(DAY, 30);
      assertTrue(learnt.events() > 20 && learnt.events() < learnt.size(), "some came");

      // one number at a time: log-odds are that number
      for (int f = 0; f < Returners.FEATURES.size(); f++) {
        int asked = f;
        session.execute(
            "create or replace temp table return_model as select 30 as days, 'm' as model, 0.0e0 as constant, "
                + IntStream.range(0, Returners.FEATURES.size())
                    .mapToObj(
                        i -> (i == asked ? "0.1e0" : "0.0e0") + " as " + Returners.FEATURES.get(i))
                    .collect(Collectors.joining(", ")));
        Repository.datasets().get("customer_return").build(session, "customer_return");
        double[] told =
            session
                .numbers("select returns_30 from customer_return order by text_hash(customer_id)")[
                0];

        assertEquals(learnt.size(), told.length);
        for (int i = 0; i < told.length; i++) {
          double odds = .1 * learnt.features(i)[f];
          assertEquals(
              1 / (1 + Math.exp(-odds)), told[i], 1e-8, Returners.FEATURES.get(f) + " of " + i);
        }
      }
    }
  }
}
