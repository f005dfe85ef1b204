package ltv.dataset;

import java.util.List;
import java.util.ServiceLoader;
import ltv.engine.Session;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What no query can say: rows that a class of the job makes from the inputs, a model's for example.
 * A dataset names it by {@code computed_by}, and its query then reads the rows as {@code computed},
 * which has the dataset's columns. Found on the class path as a service, so that every engine can
 * run it.
 */
public interface Computation {
  /** By which schemas name it. */
  String name();

  /**
   * Changes whenever equal inputs give other rows: part of the recipe of the datasets that it
   * makes.
   */
  String version();

  /**
   * Makes the rows, the same for the same inputs, whatever their order.
   *
   * @param session has the dataset's inputs by name, {@code run_date()} and its parameters
   * @return values in the order of the dataset's columns, as text; null stays null
   */
  List<List<String>> rows(Session session);

  /**
   * The computation of a name.
   *
   * @throws JobException with exit 70 when the class path has none
   */
  static Computation of(String name) {
    return ServiceLoader.load(Computation.class, Computation.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.BUG,
                    "No class computes "
                        + name
                        + ": what META-INF/services/"
                        + Computation.class.getName()
                        + " lists is not packed"));
  }
}
