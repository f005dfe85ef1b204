package ltv.calculate.journey;

import java.util.ArrayList;
import java.util.List;
import ltv.calculate.path.Interval;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code mart_path}: the paths of each scope that most conversions took. */
public final class MartPath implements Computation {
  /** Day, target, scope, channel, campaign, platform, rank, path and number of steps. */
  private static final int KEYS = 9;

  /** Steps by themselves and the campaign's name, which the query fills in. */
  private static final int FILLED_LATER = 6;

  /** Found as a service. */
  public MartPath() {}

  @Override
  public String name() {
    return "mart_path";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<List<String>> rows(Session session) {
    return session.rows(Computation.query(MartPath.class, "top_paths")).stream()
        .map(MartPath::row)
        .toList();
  }

  private static List<String> row(List<Object> path) {
    double users = number(path, KEYS);
    double conversions = number(path, KEYS + 1);
    double base = number(path, KEYS + 5) / number(path, KEYS + 4);
    double rate = conversions / users;
    Interval interval = Interval.wilson(conversions, users);
    List<String> row = new ArrayList<>();
    path.subList(0, KEYS + 3).forEach(told -> row.add(told.toString()));
    row.add(Told.number(rate));
    row.add(Told.number(interval.low()));
    row.add(Told.number(interval.high()));
    row.add(Told.number(base));
    row.add(Told.number(rate / base));
    row.add(Told.number(interval.low() / base));
    row.add(Told.number(interval.high() / base));
    row.add(path.get(KEYS + 3) == null ? null : Told.number(number(path, KEYS + 3)));
    for (int i = 0; i < FILLED_LATER; i++) {
      row.add(null);
    }
    return row;
  }

  private static double number(List<Object> row, int i) {
    return ((Number) row.get(i)).doubleValue();
  }
}
