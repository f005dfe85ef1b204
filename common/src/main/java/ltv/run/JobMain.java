package ltv.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import picocli.CommandLine;

/**
 * The one place that turns flags into a run and a run into an exit code. Logs go to stderr; stdout
 * carries results, and its last line is one JSON object.
 */
public final class JobMain {
  private static final Set<String> NOT_A_RUN = Set.of("--help", "-h", "--version", "-V");

  private JobMain() {}

  /** What a job does once its run has begun. */
  @FunctionalInterface
  public interface Body {
    /** Does the work and adds to the report; a {@link JobException} ends the run with its code. */
    void run(Run run, RunReport report);
  }

  /**
   * Parses and executes. {@code run} is the command when none is named.
   *
   * @return the exit code
   */
  public static int execute(CommandLine commandLine, String... args) {
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (e, given) -> {
          System.err.println(e.getMessage());
          System.err.println("Try " + commandLine.getCommandName() + " --help");
          System.out.println(
              "{\"job\":\""
                  + commandLine.getCommandName()
                  + "\",\"exit\":"
                  + ExitCode.USAGE.code()
                  + "}");
          return ExitCode.USAGE.code();
        });
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          LoggerFactory.getLogger(JobMain.class).error("A bug ended the run", e);
          return ExitCode.BUG.code();
        });
    return commandLine.execute(withDefaultCommand(commandLine, args));
  }

  private static String[] withDefaultCommand(CommandLine commandLine, String... args) {
    boolean named =
        args.length > 0
            && (commandLine.getSubcommands().containsKey(args[0]) || NOT_A_RUN.contains(args[0]));
    return named ? args : Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new);
  }

  /**
   * Runs a job's body: identity, log context, clean end on a signal, report on stdout.
   *
   * @return the exit code
   */
  public static int run(String job, RunFlags flags, Body body) {
    StopSignal stop = new StopSignal();
    stop.install();
    Run run = Run.start(job, Clock.systemUTC(), stop);
    MDC.put("job", job);
    MDC.put("run_id", run.id());
    RunReport report = new RunReport();
    List<ExitCode> codes = new ArrayList<>();
    Logger log = LoggerFactory.getLogger(JobMain.class);
    try {
      body.run(run, report);
    } catch (JobException e) {
      log.error(e.getMessage());
      log.debug("where it came from", e);
      report.failed(e);
    } catch (RuntimeException e) {
      log.error("A bug ended the run", e);
      report.failed(new JobException(ExitCode.BUG, "A bug: " + e, e));
    } finally {
      codes.add(stop.requested() ? ExitCode.TERMINATED : report.exitCode());
      System.out.println(report.json(run, flags.toString(), codes.get(0)));
      System.out.flush();
      stop.ended();
      MDC.clear();
    }
    return codes.get(0).code();
  }
}
