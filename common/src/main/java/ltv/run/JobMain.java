package ltv.run;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

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
   * @param more the job's commands that have a class of their own; where a command is named, those
   *     of another name are not even described, since that takes longer than parsing
   * @return the exit code
   */
  public static int execute(CommandLine commandLine, List<?> more, String... args) {
    String asked = args.length > 0 ? args[0] : "";
    List<?> named = more.stream().filter(c -> asked.equals(name(c))).toList();
    boolean known = !named.isEmpty() || commandLine.getSubcommands().containsKey(asked);
    (known ? named : more).forEach(commandLine::addSubcommand);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    String name = commandLine.getCommandName();
    String job = name.replaceFirst("-job$", "");
    String help = "\nTry " + name + " --help";
    boolean flagsOnly = asked.isEmpty() || asked.startsWith("-");
    if (!known && !flagsOnly) {
      Set<String> commands = new TreeSet<>(commandLine.getSubcommands().keySet());
      return misused(job, "No command " + asked + "; there are " + commands + help);
    }
    commandLine.setParameterExceptionHandler((e, given) -> misused(job, e.getMessage() + help));
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          log().error("A bug ended the run", e);
          return ExitCode.BUG.code();
        });
    boolean run = flagsOnly && !NOT_A_RUN.contains(asked);
    return commandLine.execute(run ? withDefaultCommand(args) : args);
  }

  private static String name(Object command) {
    return command.getClass().getAnnotation(Command.class).name();
  }

  /**
   * Ends a run that was not called as it must be: the message on stderr, one JSON line on stdout.
   *
   * @return the exit code
   */
  public static int misused(String job, String message) {
    System.err.println(message);
    System.out.printf(
        "{\"job\":\"%s\",\"exit\":%d,\"meaning\":\"%s\"}%n",
        job, ExitCode.USAGE.code(), ExitCode.USAGE.meaning());
    return ExitCode.USAGE.code();
  }

  private static String[] withDefaultCommand(String... args) {
    return Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new);
  }

  /**
   * Runs a job's body: identity, log context, clean end on a signal, report on stdout.
   *
   * @return the exit code
   */
  public static int run(String job, SiteFlags flags, Body body) {
    try (StopSignal stop = StopSignal.listening()) {
      Run run = Run.start(job, Clock.systemUTC(), stop);
      MDC.put("job", job);
      MDC.put("run_id", run.id());
      RunReport report = new RunReport();
      try {
        body.run(run, report);
      } catch (Throwable e) { // whatever ends a run, its last line on stdout must say so
        report.failed(told(e));
      }
      stop.exitCode()
          .map(code -> new JobException(code, "Ended before all was done: " + code.meaning() + "."))
          .ifPresent(report::failed);
      report.over();
      System.out.println(report.json(run, flags.toString(), report.exitCode()));
      System.out.flush();
      MDC.clear();
      return report.exitCode().code();
    }
  }

  /** Names the failure, and logs it: what somebody can mend in one line, a bug with its trace. */
  private static JobException told(Throwable e) {
    if (!(e instanceof JobException) && kind(e) == ExitCode.BUG) {
      log().error("A bug ended the run", e);
      return new JobException(ExitCode.BUG, "A bug: " + e, e);
    }
    JobException known =
        e instanceof JobException job
            ? job
            : new JobException(
                kind(e), kind(e).meaning() + ": " + e + "; then: " + kind(e).scheduler() + ".", e);
    log().error(known.getMessage());
    log().debug("where it came from", known);
    return known;
  }

  private static ExitCode kind(Throwable e) {
    boolean diskOrDatabase =
        e instanceof UncheckedIOException
            || e instanceof UncheckedSQLException
            || e instanceof SdkException;
    return e instanceof OutOfMemoryError
        ? ExitCode.OUT_OF_MEMORY
        : diskOrDatabase ? ExitCode.CONFLICT : ExitCode.BUG;
  }

  /** Not a constant: --help is answered without waking the logging. */
  private static Logger log() {
    return LoggerFactory.getLogger(JobMain.class);
  }
}
