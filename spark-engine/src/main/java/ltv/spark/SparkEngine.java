package ltv.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.dataset.Opened;
import ltv.engine.Engine;
import ltv.lake.Lake;
import ltv.lake.StateDatabase;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens sessions on one Spark application, each with the common functions defined. */
public final class SparkEngine implements Engine {
  private static final String FUNCTIONS = functions();
  private static final String VERSION = "4.1.";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** What makes Spark compute as the queries mean it, whatever the cluster's defaults are. */
  private static final Map<String, String> DIALECT =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.timestampType", "TIMESTAMP_NTZ",
          "spark.sql.ansi.enabled", "true",
          "spark.sql.caseSensitive", "false",
          "spark.sql.datetime.java8API.enabled", "true");

  /** The log of the jobs, not of Spark; its start has reset whatever was set before. */
  private static final Map<String, Level> TOLD =
      Map.of(
          "", Level.WARN,
          "ltv", Level.INFO,
          "ltv.shaded", Level.WARN,
          "org.flywaydb", Level.OFF,
          "org.apache.iceberg", Level.ERROR,
          // each session defines its functions anew
          "org.apache.spark.sql.catalyst.analysis", Level.ERROR);

  private final Supplier<SparkSession> starts;
  private final Map<String, String> settings;
  private SparkSession application;

  /**
   * An engine over an application.
   *
   * @param starts called when the first session is opened: a run that finds nothing to do has none
   * @param catalog how the site's tables are reached, under Iceberg's names; empty for none
   */
  SparkEngine(Supplier<SparkSession> starts, Map<String, String> catalog) {
    this.starts = starts;
    this.settings = new HashMap<>(DIALECT);
    if (!catalog.isEmpty()) {
      String prefix = "spark.sql.catalog." + Lake.CATALOG_NAME;
      settings.put(prefix, SparkCatalog.class.getName());
      settings.put(prefix + ".cache-enabled", "false"); // else other jobs' commits are not seen
      catalog.forEach((name, value) -> settings.put(prefix + "." + name, value));
    }
  }

  /**
   * The application that {@code spark-submit} has asked for.
   *
   * @throws JobException with exit 78 for a Spark, or defaults of a cluster, that give other rows
   */
  static SparkEngine submitted(Opened opened) {
    SiteConfig site = opened.site();
    Map<String, String> catalog = StateDatabase.catalogOf(site);
    SparkConf conf = new SparkConf();
    refuse(
        !org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith(VERSION),
        "This is Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + "; use Spark 4.1");
    refuse(
        !conf.get("spark.sql.extensions", "").isBlank(),
        "spark.sql.extensions is set; Iceberg's breaks functions with parameters: submit with"
            + " --conf spark.sql.extensions=");
    refuse(
        conf.get("spark.submit.deployMode", "client").equals("cluster"),
        "--deploy-mode cluster hides the exit code from the scheduler; use client");
    String checksums =
        "-Daws.requestChecksumCalculation=%1$s -Daws.responseChecksumValidation=%1$s"
            .formatted(site.s3().checksums());
    conf.set(EXECUTOR_OPTIONS, (conf.get(EXECUTOR_OPTIONS, "") + " " + checksums).strip());
    conf.set("spark.sql.warehouse.dir", site.scratch().toAbsolutePath().toString());
    return new SparkEngine(() -> SparkSession.builder().config(conf).getOrCreate(), catalog);
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new JobException(ExitCode.CONFIGURATION, why + ".");
    }
  }

  /**
   * A session with views, functions and parameters of its own. The catalog's secrets are settings
   * of the session: the application's would be shown to everybody who may see its page.
   */
  @Override
  public SparkEngineSession open() {
    if (application == null) {
      application = starts.get();
      TOLD.forEach(Configurator::setLevel);
    }
    SparkSession session = application.newSession();
    settings.forEach((name, value) -> session.conf().set(name, value));
    Stream.of(FUNCTIONS.split("\\n\\n")).forEach(session::sql);
    return new SparkEngineSession(session);
  }

  @Override
  public void close() {
    if (application != null) {
      application.stop();
    }
  }

  private static String functions() {
    try (InputStream in = SparkEngine.class.getResourceAsStream("functions-spark.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
