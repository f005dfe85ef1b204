package ltv.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Opens sessions on one Spark application, each with the common functions defined. */
public final class SparkEngine {
  private static final String FUNCTIONS = functions();

  private final SparkSession application;

  /**
   * An engine over a running application.
   *
   * @param application in time zone UTC, ANSI mode, TIMESTAMP_NTZ as its timestamp type
   */
  public SparkEngine(SparkSession application) {
    this.application = application;
  }

  /** A session with views, functions and parameters of its own. */
  public SparkEngineSession open() {
    SparkSession session = application.newSession();
    Stream.of(FUNCTIONS.split("\\n\\n")).forEach(session::sql);
    return new SparkEngineSession(session);
  }

  private static String functions() {
    try (InputStream in = SparkEngine.class.getResourceAsStream("functions-spark.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
