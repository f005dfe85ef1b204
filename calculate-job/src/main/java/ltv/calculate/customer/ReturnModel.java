package ltv.calculate.customer;

import java.util.ArrayList;
import java.util.List;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.InUse;
import ltv.calculate.customer.history.Returners;
import ltv.calculate.customer.subject.Returns;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * Computes {@code return_model}: the coefficients of the regressions in use of who buys again, with
 * their calibration, for a query that asks them of each customer.
 */
public final class ReturnModel implements Computation {
  /** Found as a service. */
  public ReturnModel() {}

  @Override
  public String name() {
    return "return_model";
  }

  @Override
  public String version() {
    return ModelFit.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    String day = session.rows("select run_date()").get(0).get(0).toString();
    List<List<String>> rows = new ArrayList<>();
    for (int days : new int[] {Returns.WEEK, Returns.MONTH}) {
      InUse.of(session, Returns.name(days))
          .filter(used -> used.model().equals(Returns.model(Returns.REGRESSION, days)))
          .ifPresent(used -> rows.add(row(day, days, used)));
    }
    return rows;
  }

  private static List<String> row(String day, int days, InUse used) {
    double[] told = used.parameters();
    int n = Returners.FEATURES.size() + 1;
    double slope = told[n + 1];
    List<String> row = new ArrayList<>(List.of(day, String.valueOf(days), used.version()));
    row.add(Estimates.told(told[n] + slope * told[0]));
    for (int f = 1; f < n; f++) {
      row.add(Estimates.told(slope * told[f]));
    }
    return row;
  }
}
