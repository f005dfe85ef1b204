package ltv.calculate.customer;

import java.util.ArrayList;
import java.util.List;
import ltv.calculate.model.Fit;
import ltv.calculate.model.PurchaseHistory;
import ltv.calculate.model.PurchaseModel;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code customer_score}: what the model in use says of each distinct history. */
public final class CustomerScore implements Computation {
  private static final int[] AHEAD = {30, 90, 360};

  /** Found as a service. */
  public CustomerScore() {}

  @Override
  public String name() {
    return "customer_score";
  }

  @Override
  public String version() {
    return ModelFit.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    List<List<Object>> models =
        session.rows(
            "select model, parameter_1, parameter_2, parameter_3, parameter_4, correction"
                + " from model_fit where subject = 'purchases' and state = 'in_use'");
    if (models.isEmpty()) {
      return List.of();
    }
    List<Object> used = models.get(0);
    PurchaseModel model = Purchases.of((String) used.get(0), fit(used));
    double correction = number(used, 5);
    String day = session.rows("select run_date()").get(0).get(0).toString();
    double[][] histories = session.numbers(Computation.query(CustomerScore.class, "histories"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < histories[0].length; i++) {
      PurchaseHistory known =
          Customers.history((int) histories[0][i], histories[1][i], histories[2][i]);
      List<String> row = new ArrayList<>();
      row.add(day);
      for (int key = 0; key < 3; key++) {
        row.add(String.valueOf((long) histories[key][i]));
      }
      row.add(ModelFit.told(model.returns(known, AHEAD[0] / Customers.DAYS_IN_A_WEEK)));
      for (int days : AHEAD) {
        double expected = model.expected(known, days / Customers.DAYS_IN_A_WEEK);
        row.add(ModelFit.told(correction * expected));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Parameters only: what is asked of a model does not need how they were found. */
  private static Fit fit(List<Object> used) {
    double[] parameters = {number(used, 1), number(used, 2), number(used, 3), number(used, 4)};
    return new Fit(parameters, new double[0][], 0, true, 0);
  }

  private static double number(List<Object> row, int i) {
    return ((Number) row.get(i)).doubleValue();
  }
}
