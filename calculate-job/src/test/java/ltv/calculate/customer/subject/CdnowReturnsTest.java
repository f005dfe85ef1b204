package ltv.calculate.customer.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Returners;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.regression.Chances;
import ltv.calculate.model.regression.Logistic;
import ltv.config.EngineSettings;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who of CDNOW's customers buys again within 30 and 90 days of 1997-09-30, beside figures computed
 * independently with scipy (BG/NBD, MBG/NBD; a regression of seven features learnt three months
 * earlier).
 */
class CdnowReturnsTest {
  private static final LocalDate DAY = LocalDate.of(1997, 9, 30);

  @TempDir private Path scratch;

  /** Customer and day of lines whose fields are behind so many others from the end. */
  private static List<List<String>> days(Path file) throws IOException {
    TreeSet<String> days = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 3) {
        days.add(fields[0] + " " + fields[fields.length - 3]);
      }
    }
    return days.stream()
        .map(day -> day.split(" "))
        .map(
            day -> {
              LocalDate date = LocalDate.parse(day[1], DateTimeFormatter.BASIC_ISO_DATE);
              return List.of(date.toString(), day[0], "0", "0");
            })
        .toList();
  }

  private static void fill(DuckDbSession session, Path file) throws IOException {
    session.table(
        "customer_day",
        List.of(
            Column.of("order_date", "date"),
            Column.of("customer_id", "string"),
            Column.of("revenue", "decimal(18,4)"),
            Column.of("subscription_orders", "long")),
        days(file));
    session.execute(
        "create temp table visit_day (visit_date date, person_id varchar, purchases bigint)");
    session.execute(
        "create temp table fct_acquisition (acquisition_date date, user_id varchar, person_id varchar)");
  }

  private static Chances regression(Customers customers, int days) {
    Logistic learnt =
        Logistic.of(
            Returners.together(
                List.of(customers.returners(DAY.minusDays(Math.max(90, days)), days))),
            1);
    return customers.returners(DAY, days).by(learnt);
  }

  private static Chances told(Customers customers, int days, ToDoubleFunction<PurchaseHistory> by) {
    return customers.returners(DAY, days).by(by);
  }

  private static void assertNear(double auc, double brier, double logLoss, Chances told) {
    double[] found = {told.auc(), told.brier(), told.logLoss()};
    double[] expected = {auc, brier, logLoss};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], i == 0 ? 6e-5 : 6e-6, () -> Arrays.toString(found));
    }
  }

  @Test
  void of_all_customers_the_figures_are_the_published_ones() throws IOException {
    Path file = Repository.testData("clv/README.md").resolveSibling("CDNOW_master.txt");
    if (!Files.isRegularFile(file)) {
      String reason = "NOT tested: there is no " + file + " (README.md says where to get it).";
      System.err.println(reason);
      Assumptions.abort(reason);
    }
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), scratch);
        DuckDbSession session = engine.open()) {
      fill(session, file);
      Customers customers = new Customers(session);
      Map<String, PurchaseModel> models =
          Customers.fitted(customers.purchases(DAY, DAY).histories());
      PurchaseModel bg = models.get("bg_nbd");
      PurchaseModel mbg = models.get("mbg_nbd");

      assertNear(.7768, .06153, .22699, told(customers, 30, h -> bg.returns(h, 30 / 7.0)));
      assertNear(.7794, .06150, .22704, told(customers, 30, h -> mbg.returns(h, 30 / 7.0)));
      assertNear(.7644, .11743, .38766, told(customers, 90, h -> bg.returns(h, 90 / 7.0)));
      assertNear(.7677, .11750, .38893, told(customers, 90, h -> mbg.returns(h, 90 / 7.0)));
      assertEquals(.3386, told(customers, 30, bg::alive).auc(), 6e-5, "no score of churn");
      assertEquals(.7254, told(customers, 30, mbg::alive).auc(), 6e-5);
      Chances month = regression(customers, 30);
      assertTrue(
          month.auc() > .7826 && month.logLoss() < .22625,
          () -> "month " + month.auc() + " " + month.logLoss());
      Chances quarter = regression(customers, 90);
      assertTrue(
          quarter.auc() > .7743 && quarter.logLoss() < .38312,
          () -> "quarter " + quarter.auc() + " " + quarter.logLoss());
    }
  }

  @Test
  void of_the_sample_who_is_alive_is_no_score_and_who_returns_is() throws IOException {
    Path file = Repository.testData("clv/cdnow_sample_transactions.txt");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), scratch);
        DuckDbSession session = engine.open()) {
      fill(session, file);
      Customers customers = new Customers(session);
      PurchaseModel bg = Customers.fitted(customers.purchases(DAY, DAY).histories()).get("bg_nbd");

      Chances alive = told(customers, 30, bg::alive);
      Chances returns = told(customers, 30, h -> bg.returns(h, 30 / 7.0));
      Chances regression = regression(customers, 30);

      assertEquals(2357, alive.came().length);
      assertEquals(170.3, returns.expected(), .05, "as model fit says");
      assertTrue(alive.auc() < .4, () -> "worse than chance: " + alive.auc());
      assertTrue(returns.auc() > .75, () -> "" + returns.auc());
      assertTrue(regression.auc() > .75, () -> "" + regression.auc());
    }
  }
}
