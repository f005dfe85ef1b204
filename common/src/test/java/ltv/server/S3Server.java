package ltv.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ltv.config.S3Settings;
import ltv.config.Secret;
import ltv.dataset.Repository;

/** A real server of the S3 protocol (s3proxy) as its own process, with one bucket. */
public final class S3Server implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "ltv";

  private static final String USER = "tester";
  private static final String PASSWORD = "not-a-secret";

  private final int port = ServerProcess.freePort();
  private final ServerProcess server;

  private S3Server(Path folder) throws IOException {
    Path jars = Repository.root().resolve("sandbox/s3-server/target/lib");
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException(
          jars + " is missing: build it with mvn -pl sandbox/s3-server generate-resources");
    }
    Path objects = folder.resolve("objects");
    Files.createDirectories(objects.resolve(BUCKET)); // this is how a bucket is made here
    Path properties =
        Files.writeString(
            folder.resolve("s3.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            jclouds.identity=x
            jclouds.credential=x
            """
                .formatted(port, USER, PASSWORD, objects));
    Path quiet =
        Files.writeString(
            folder.resolve("s3-logback.xml"),
            "<configuration><appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\">"
                + "<encoder><pattern>%level %logger %msg%n</pattern></encoder></appender>"
                + "<root level=\"WARN\"><appender-ref ref=\"out\"/></root></configuration>");
    this.server =
        new ServerProcess(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dlogback.configurationFile=" + quiet,
                "-cp",
                jars + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString()),
            port,
            folder.resolve("s3.log"));
  }

  /** Starts a server that keeps its objects below {@code folder}. */
  public static S3Server start(Path folder) {
    try {
      Files.createDirectories(folder);
      S3Server server = new S3Server(folder);
      server.server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How to reach it. */
  public S3Settings settings() {
    return settings(port);
  }

  /** How to reach it through another port, for example that of a proxy. */
  public S3Settings settings(int other) {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + other), null, null, USER, new Secret(PASSWORD), null);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.stop();
  }
}
