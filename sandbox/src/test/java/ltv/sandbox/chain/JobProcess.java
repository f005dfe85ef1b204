package ltv.sandbox.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import ltv.dataset.Repository;

/** One {@code java -jar} of a job's fat jar. */
final class JobProcess {
  /** Arguments that remove all that no published version needs, however young it is. */
  static final List<String> VACUUM_ALL =
      List.of(
          "vacuum",
          "--keep-history",
          "PT0S",
          "--keep-snapshots",
          "1",
          "--orphans-older-than",
          "PT0S");

  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Path folder;
  private final Map<String, String> environment;

  /** Jobs that run with {@code folder} as the place of their output files. */
  JobProcess(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** How a process ended. */
  record Ended(int exit, String out, String err) {
    /** Itself, when it ended with this code; else the test fails and shows what the job said. */
    Ended with(int code) {
      if (exit != code) {
        throw new AssertionError("expected exit " + code + ", was " + exit + "\n" + out + err);
      }
      return this;
    }

    /** The last line of stdout, which is always one JSON object. */
    JsonNode report() {
      try {
        String[] lines = out.strip().split("\n");
        return new ObjectMapper().readTree(lines[lines.length - 1]);
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }

    /** Partitions of all datasets that ended in {@code state}. */
    long count(String state) {
      long count = 0;
      for (JsonNode dataset : report().path("datasets")) {
        count += dataset.path(state).asLong();
      }
      return count;
    }
  }

  /** Runs to the end. */
  Ended run(String job, String... args) {
    return start(job, List.of(), args).end();
  }

  /** Starts a job with extra JVM flags. */
  Running start(String job, List<String> jvm, String... args) {
    List<String> command =
        new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx600m"));
    command.addAll(jvm);
    command.addAll(JobJar.command(job));
    command.addAll(List.of(args));
    return start(job, command);
  }

  /** Starts any command, with the environment of the jobs. */
  Running start(String job, List<String> command) {
    try {
      Path out = Files.createTempFile(folder, job, ".out");
      Path err = Files.createTempFile(folder, job, ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Repository.root().toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A job that has not ended yet. */
  record Running(Process process, Path out, Path err) {
    Ended end() {
      return end(LONGEST);
    }

    Ended end(Duration longest) {
      try {
        if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "Still running after " + longest + ": " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
