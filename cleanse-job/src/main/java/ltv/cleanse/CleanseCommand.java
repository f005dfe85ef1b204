package ltv.cleanse;

import java.util.List;
import ltv.cleanse.explain.ExplainRowCommand;
import ltv.dataset.SqlJobCommand;
import ltv.dataset.SqlJobCommand.AfterRun;
import ltv.run.JobMain;

/** The cleanse job: its datasets, in the order of their inputs. */
public final class CleanseCommand {
  private CleanseCommand() {}

  /** Runs the job and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return JobMain.execute(
        SqlJobCommand.of(
            "cleanse",
            CleanseCommand.class,
            "Takes duplicates, test data, fraud and unreadable rows out of what the channels sent; nothing is lost.",
            AfterRun.NOTHING),
        List.of(new ExplainRowCommand(CleanseCommand.class)),
        args);
  }
}
