package ltv.calculate;

import java.util.List;
import ltv.calculate.serve.MartFile;
import ltv.dataset.Dataset;
import ltv.dataset.SqlJobCommand;
import ltv.run.JobMain;

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
            (opened, report) -> {
              List<Dataset> marts =
                  opened.datasets().inOrder("calculate").stream()
                      .filter(d -> d.schema().publish() != null)
                      .filter(d -> opened.datasets().present(d, opened.site()))
                      .toList();
              MartFile file =
                  new MartFile(opened.site().marts().file(), opened.lake(), opened.engine());
              report.fact("marts", opened.site().marts().toString());
              report.fact("published", file.publish(marts, opened.run().id()).toString());
            }),
        args);
  }
}
