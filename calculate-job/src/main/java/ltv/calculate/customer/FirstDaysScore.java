package ltv.calculate.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.InUse;
import ltv.calculate.customer.subject.FirstDays;
import ltv.calculate.model.regression.TwoPart;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code first_days_score}: what the model in use says of new users, alike ones once. */
public final class FirstDaysScore implements Computation {
  /** Columns of the query that tell which users are meant, before the features. */
  private static final int KEY = 5;

  /** Found as a service. */
  public FirstDaysScore() {}

  @Override
  public String name() {
    return "first_days_score";
  }

  @Override
  public String version() {
    return ModelFit.VERSION;
  }

  @Override
  public List<List<String>> rows(Session session) {
    Optional<InUse> used = InUse.of(session, FirstDays.NAME);
    List<List<String>> rows = new ArrayList<>();
    if (used.isEmpty()) {
      return rows;
    }
    TwoPart model = FirstDays.of(used.get().parameters());
    String day = session.rows("select run_date()").get(0).get(0).toString();
    for (List<Object> alike : session.rows(Computation.query(FirstDaysScore.class, "new_users"))) {
      double[] features = new double[FirstDays.FEATURES.size()];
      for (int f = 0; f < features.length; f++) {
        features[f] = ((Number) alike.get(KEY + f)).doubleValue();
      }
      List<String> row = new ArrayList<>();
      row.add(day);
      alike.subList(0, KEY).forEach(value -> row.add(value.toString()));
      row.add(Estimates.told(model.paying().chance(features)));
      row.add(Estimates.told(used.get().correction() * model.expected(features)));
      rows.add(row);
    }
    return rows;
  }
}
