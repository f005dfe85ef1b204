package ltv.calculate;

import java.time.Clock;
import java.util.List;
import ltv.calculate.explain.AuditCommand;
import ltv.calculate.explain.ExplainCommand;
import ltv.calculate.explain.LineageCommand;
import ltv.calculate.hold.HoldCommand;
import ltv.calculate.morning.MorningCommand;
import ltv.calculate.serve.MartPublisher;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.run.JobMain;
import ltv.run.RunReport;

/**
 * The calculate job: its datasets in the order of their inputs, then the file that readers open.
 */
public final class CalculateCommand {
  private CalculateCommand() {}

  /** Runs the job and ends the process with its exit code. */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return JobMain.execute(
        SqlJobCommand.of(
            "calculate",
            CalculateCommand.class,
            "Computes the marts (LTV, ROAS, retention) and serves them to BI tools.",
            CalculateCommand::publish),
        List.of(
            new HoldCommand(CalculateCommand.class),
            new MorningCommand(CalculateCommand.class, Clock.systemUTC()),
            new ModelCommand(),
            new LtvCommand(),
            new CustomerCommand(),
            new ReportCommand(),
            new ExploreCommand(),
            new ExportCommand(),
            new BiCommand(),
            new ExplainCommand(CalculateCommand.class),
            new AuditCommand(CalculateCommand.class),
            new LineageCommand(CalculateCommand.class)),
        args);
  }

  private static void publish(Opened opened, RunReport report) {
    MartPublisher.publish(opened, report);
    ModelFigures.measure(opened, report);
  }
}
