package ltv.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import ltv.config.SiteConfig;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.JobVersion;
import ltv.sandbox.market.Truth;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of the sandbox. */
@Command(
    name = "sandbox",
    versionProvider = JobVersion.class,
    mixinStandardHelpOptions = true,
    description = "A simulated ad market: serves its channels, and scores what was made of them.")
public final class SandboxCommand {
  private SandboxCommand() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    CommandLine commandLine = new CommandLine(new SandboxCommand());
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          System.err.println(e.getMessage());
          return e instanceof JobException job ? job.exitCode().code() : 70;
        });
    return commandLine.execute(args);
  }

  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Open the channels until stopped.")
  int serve(
      @Option(names = "--seed", defaultValue = "20261119", description = "Same seed, same market.")
          long seed,
      @Option(names = "--from", required = true, description = "First simulated day.")
          LocalDate from,
      @Option(names = "--days", defaultValue = "60", description = "How many days.") int days,
      @Option(names = "--size", defaultValue = "1", description = "1 is some 100 installs a day.")
          double size,
      @Option(
              names = "--truth",
              required = true,
              description = "File to write the truth to; beside it, in drop, what comes in files.")
          Path truth,
      @Option(
              names = "--ready",
              required = true,
              description = "File to write addresses and tokens to, when open.")
          Path ready,
      @Option(
              names = "--first-port",
              defaultValue = "0",
              description = "Of Meta; the other channels have the next. 0: free ones.")
          int firstPort,
      @Option(
              names = "--told-after",
              description =
                  "As the channels tell it when this day is over: of the week before, some is still to come.")
          LocalDate toldAfter,
      @Option(names = "--parent", description = "End when this process is gone.") Long parent)
      throws IOException, InterruptedException {
    World whole = new World(seed, from, days, size, firstPort, truth.resolveSibling("drop"));
    try (World world = toldAfter == null ? whole : whole.toldAfter(toldAfter)) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(truth.toFile(), world.truth());
      String lines =
          world.environment().entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("\n", "", "\n"));
      Path aside = Files.writeString(ready.resolveSibling(ready.getFileName() + ".new"), lines);
      Files.move(aside, ready, StandardCopyOption.ATOMIC_MOVE);
      CountDownLatch end = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
      if (parent != null) {
        ProcessHandle.of(parent)
            .ifPresentOrElse(p -> p.onExit().thenRun(end::countDown), end::countDown);
      }
      end.await();
    }
    return 0;
  }

  @Command(
      name = "score",
      mixinStandardHelpOptions = true,
      description = "Compare lake and marts with the truth.")
  int score(
      @Option(names = "--config", required = true, description = "The site file.") Path config,
      @Option(names = "--truth", required = true, description = "The truth that serve wrote.")
          Path truth,
      @Option(
              names = "--earlier",
              description =
                  "The truth of an earlier serve, collected whole: src_restatement owes the difference.")
          Path earlier)
      throws IOException {
    SiteConfig site = SiteConfig.read(config, System.getenv());
    Score score =
        new Score(read(truth), earlier == null ? Optional.empty() : Optional.of(read(earlier)));
    return score.print(site) ? ExitCode.OK.code() : ExitCode.HELD.code();
  }

  private static Truth read(Path truth) throws IOException {
    return new ObjectMapper().readValue(truth.toFile(), Truth.class);
  }

  @Command(
      name = "sql",
      mixinStandardHelpOptions = true,
      description = "Run a query over a mart file.")
  int sql(
      @Parameters(paramLabel = "FILE", description = "DuckDB file of the marts.") Path file,
      @Parameters(paramLabel = "QUERY", description = "One select.") String query) {
    new MartQuery(file).print(query);
    return 0;
  }
}
