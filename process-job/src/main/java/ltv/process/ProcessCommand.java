package ltv.process;

import java.util.List;
import ltv.dataset.SqlJobCommand;
import ltv.dataset.SqlJobCommand.AfterRun;
import ltv.process.inbox.InboxCommand;
import ltv.run.JobMain;

/** The process job: its datasets, in the order of their inputs. */
public final class ProcessCommand {
  private ProcessCommand() {}

  /** Runs the job and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return JobMain.execute(
        SqlJobCommand.of(
            "process",
            ProcessCommand.class,
            "Joins every channel's campaigns with the users and orders they brought.",
            AfterRun.NOTHING),
        List.of(new InboxCommand(ProcessCommand.class)),
        args);
  }
}
