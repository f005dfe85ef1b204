package ltv.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
   * A query that lies beside a class, {@code name.sql} among the resources of its package.
   *
   * @throws JobException with exit 70 when it is not packed
   */
  static String query(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new JobException(
            ExitCode.BUG, "No query %s.sql is packed beside %s".formatted(name, beside.getName()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
