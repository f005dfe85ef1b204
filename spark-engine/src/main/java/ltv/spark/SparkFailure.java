package ltv.spark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells a query that is wrong from a cluster, store or database that is away. */
final class SparkFailure {
  /** How Spark says that a part of the cluster went: there is no type for it. */
  private static final String LOST =
      "(?s).*(ExecutorLostFailure|SparkContext was shut down|SparkContext has been shutdown"
          + "|Master removed our application|All masters are unresponsive).*";

  private static final String OUT_OF_MEMORY = "(?s).*(OutOfMemoryError|Not enough memory).*";

  private SparkFailure() {}

  /** Runs work on the cluster; {@code what} is told of in the message when it fails. */
  static <T> T told(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (JobException e) {
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions that Java is not told of
      throw of(what, e);
    }
  }

  private static JobException of(String what, Throwable e) {
    String first = what.lines().limit(3).collect(Collectors.joining(" "));
    String text = String.valueOf(e.getMessage());
    if (text.matches(OUT_OF_MEMORY)) {
      return new JobException(
          ExitCode.OUT_OF_MEMORY, text + " Raise spark.executor.memory. In: " + first, e);
    }
    boolean away = text.matches(LOST) || causes(e).anyMatch(SparkFailure::isAway);
    return away
        ? new JobException(
            ExitCode.CONFLICT,
            "The cluster, the store or the state database is away: "
                + text
                + ". Nothing was published by this step; run it again. In: "
                + first,
            e)
        : new JobException(ExitCode.BUG, "Spark: " + text + " In: " + first, e);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }

  private static boolean isAway(Throwable e) {
    return e instanceof IOException
        || e instanceof SQLException
        || e instanceof SdkException
        || e instanceof CommitFailedException
        || e instanceof CommitStateUnknownException;
  }
}
