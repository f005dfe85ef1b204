package ltv.dataset;

import java.util.List;
import java.util.Locale;
import ltv.run.RunFlags;
import ltv.run.RunReport;

/** Prints what a run would do, and counts it in the report. */
public final class PlanPrint {
  private PlanPrint() {}

  /** One line per partition on stdout when a person reads it. */
  public static void print(
      String dataset, List<PartitionPlan> plans, RunFlags flags, RunReport report) {
    for (PartitionPlan plan : plans) {
      String action = plan.action().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      if (flags.text()) {
        System.out.printf(
            "%-34s %-10s  %-9s  %s%n", dataset, plan.partition(), action, plan.reason());
      }
    }
    long build = plans.stream().filter(p -> p.action() == PartitionPlan.Action.BUILD).count();
    report.fact("plan." + dataset, build + " of " + plans.size() + " partitions would be built");
  }
}
