package ltv.calculate.journey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ltv.calculate.path.Paths;
import ltv.calculate.path.StepLift;
import ltv.calculate.path.StepValue;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code mart_path_step}: what each step of a scope's paths goes with. */
public final class MartPathStep implements Computation {
  /** Found as a service. */
  public MartPathStep() {}

  private record Step(String name, StepValue value, StepLift lift) {
    /** How sure it is that the step goes with more conversions. */
    private double surest() {
      double low = lift.interval().low();
      return Double.isFinite(low) ? low : -1;
    }
  }

  @Override
  public String name() {
    return "mart_path_step";
  }

  @Override
  public String version() {
    return "2";
  }

  @Override
  public List<List<String>> rows(Session session) {
    ScopedPaths scoped = ScopedPaths.read(session);
    List<Paths> each = scoped.each();
    List<StepLift[]> lifts = StepVisits.read(session).lifts(each.size(), scoped.steps().size());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      rows.addAll(rows(scoped.scopes().get(i), scoped.steps(), each.get(i), lifts.get(i)));
    }
    return rows;
  }

  private static List<List<String>> rows(
      List<String> scope, List<String> names, Paths paths, StepLift[] lifts) {
    List<StepValue> values =
        StepValue.of(paths, Told.FEWEST_USERS, String.join("|", scope).hashCode());
    List<Step> steps =
        values.stream()
            .map(value -> new Step(names.get(value.step()), value, lifts[value.step()]))
            .sorted(
                Comparator.comparing(Step::surest)
                    .thenComparing(step -> step.value.removalEffect())
                    .reversed()
                    .thenComparing(Step::name))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      rows.add(row(scope, i + 1, steps.get(i)));
    }
    return rows;
  }

  private static List<String> row(List<String> scope, int rank, Step step) {
    StepValue value = step.value();
    List<String> row = new ArrayList<>(scope);
    row.add(String.valueOf(rank));
    row.add(step.name());
    row.add(String.valueOf(Math.round(value.users())));
    row.add(String.valueOf(Math.round(value.conversions())));
    row.add(Told.number(value.conversions() / value.users()));
    row.add(String.valueOf(Math.round(value.usersWithout())));
    row.add(String.valueOf(Math.round(value.conversionsWithout())));
    row.add(Told.number(value.conversionsWithout() / value.usersWithout()));
    row.add(Told.number(step.lift.lift()));
    row.add(Told.number(step.lift.interval().low()));
    row.add(Told.number(step.lift.interval().high()));
    row.add(Told.number(value.removalEffect()));
    row.add(Told.number(value.removalInterval().low()));
    row.add(Told.number(value.removalInterval().high()));
    row.add(null); // the campaign's name, which the query fills in
    return row;
  }
}
