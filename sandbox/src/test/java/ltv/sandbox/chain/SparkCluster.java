package ltv.sandbox.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import ltv.server.ServerProcess;

/** A standalone Spark master with workers, each a process, and what {@code spark-submit} does. */
final class SparkCluster implements AutoCloseable {
  private static final Path BUILT = Repository.root().resolve("sandbox/spark-cluster/target");
  private static final Path HOME = BUILT.resolve("home");
  private static final Path JAR = Repository.root().resolve("spark-engine/target/spark-engine.jar");

  /** Without the first two a worker's executors do not start. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SPARK_HOME", HOME.toString(),
          "SPARK_SCALA_VERSION", "2.13",
          "SPARK_LOCAL_IP", "127.0.0.1");

  /** A job over the demo's 60 days builds some hundred partitions. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** For days of some hundred rows; generated code costs seconds per small query. */
  private static final List<String> SMALL =
      List.of(
          "spark.driver.host=127.0.0.1",
          "spark.driver.bindAddress=127.0.0.1",
          "spark.ui.enabled=false",
          "spark.executor.memory=768m",
          "spark.executor.extraJavaOptions=" + QUICK,
          "spark.sql.shuffle.partitions=1",
          "spark.sql.adaptive.enabled=false",
          "spark.sql.codegen.wholeStage=false",
          "spark.sql.codegen.factoryMode=NO_CODEGEN");

  private final int port = ServerProcess.freePort();
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Path folder;

  SparkCluster(Path folder, int workers) {
    this.folder = folder;
    if (!Files.isRegularFile(JAR) || !Files.isDirectory(HOME)) {
      throw new IllegalStateException(
          "Build what is submitted first: mvn -Pspark -pl sandbox/spark-cluster,spark-engine -am"
              + " -DskipTests package");
    }
    start("master.Master", port, "--port", "" + port);
    for (int i = 0; i < workers; i++) {
      int own = ServerProcess.freePort();
      start(
          "worker.Worker",
          own,
          "--port",
          "" + own,
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve("work" + i).toString(),
          master());
    }
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  private void start(String kind, int listens, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                JobProcess.java(),
                "-Xmx256m",
                "-cp",
                HOME + "/jars/*",
                "org.apache.spark.deploy." + kind,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0"));
    command.addAll(List.of(args));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerProcess server =
        new ServerProcess(command, ENVIRONMENT, listens, folder.resolve(kind + listens + ".log"));
    servers.add(server);
    server.start();
  }

  /**
   * Submits a job in client mode, as a scheduler's container does it, and waits for its end.
   *
   * @param fault the driver's fault point, empty for none
   */
  Ended submit(JobProcess jobs, String fault, String job, String... args) {
    List<String> command =
        new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master()));
    SMALL.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(List.of("--driver-memory", "1g"));
    command.addAll(List.of("--driver-java-options", QUICK + " -Dltv.fault=" + fault));
    command.addAll(List.of("--jars", submitted(), "--class", "ltv.spark.Main"));
    command.addAll(List.of(JAR.toString(), job));
    command.addAll(List.of(args));
    return jobs.start(job, launched(command)).end(LONGEST);
  }

  private static String submitted() {
    try (Stream<Path> jars = Files.list(BUILT.resolve("submitted"))) {
      return jars.map(Path::toString).sorted().reduce((a, b) -> a + "," + b).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark's own launcher says how a command becomes a JVM with the right flags. */
  private static List<String> launched(List<String> command) {
    try {
      List<String> asked =
          new ArrayList<>(
              List.of(
                  JobProcess.java(), "-cp", HOME + "/jars/*", "org.apache.spark.launcher.Main"));
      asked.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(asked);
      builder.environment().putAll(ENVIRONMENT);
      byte[] said = builder.start().getInputStream().readAllBytes();
      return Stream.of(new String(said, StandardCharsets.UTF_8).split("\0"))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::stop);
  }
}
