package ltv.spark;

import java.util.Arrays;
import java.util.List;
import ltv.dataset.SqlJobCommand;
import ltv.dataset.SqlJobCommand.AfterRun;
import ltv.run.JobMain;

/**
 * The three SQL jobs for {@code spark-submit}: {@code spark-engine.jar cleanse --date 2026-11-19}.
 * What they build is served by {@code calculate-job publish}.
 */
public final class Main {
  private static final List<String> JOBS = List.of("cleanse", "process", "calculate");

  private Main() {}

  /** Runs a job and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    if (args.length == 0 || !JOBS.contains(args[0])) {
      return JobMain.misused(
          "spark",
          "The first argument names the job, one of "
              + String.join(", ", JOBS)
              + ", for example: cleanse --date 2026-11-19");
    }
    return JobMain.execute(
        SqlJobCommand.of(
            args[0],
            Main.class,
            "Builds the tables of " + args[0] + " on Spark, as the job does in DuckDB.",
            SparkEngine::submitted,
            AfterRun.NOTHING),
        List.of(),
        Arrays.copyOfRange(args, 1, args.length));
  }
}
