package ltv.calculate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.Spend;
import ltv.calculate.text.FitText;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code model fit}: parameters with their standard errors, and what the models expect. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description =
        "Fit BG/NBD, MBG/NBD, Pareto/NBD and Gamma-Gamma to the customers of a day now, and say what they expect; write nothing. The daily run fits by ltv.fit_every: see list.")
final class FitCommand implements Callable<Integer> {
  @Mixin private SiteFlags flags;

  @Option(
      names = "--date",
      paramLabel = "DAY",
      required = true,
      description = "The as-of date whose customers are taken, yyyy-MM-dd.")
  private LocalDate date;

  @Option(
      names = "--ahead",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "How far ahead purchases are counted; default ${DEFAULT-VALUE}.")
  private int ahead;

  @Override
  public Integer call() {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          opened.seeBuilt(session, "customer_history", date);
          tell(new FitText(histories(session), spend(session), ahead), flags, report);
        });
  }

  private static void tell(FitText text, SiteFlags flags, RunReport report) {
    Map<String, String> facts = text.facts();
    if (flags.text()) {
      System.out.print(text.table(facts));
    }
    facts.forEach(report::fact);
  }

  /** In weeks, the unit of what is published of such models. */
  private static PurchaseHistories histories(DuckDbSession session) {
    Map<PurchaseHistory, Long> customers = new HashMap<>();
    session
        .rows(
            "select repeat_days, last_repeat_age, age_days, count(*) from customer_history group by all")
        .forEach(
            row ->
                customers.put(
                    new PurchaseHistory(
                        number(row, 0).intValue(),
                        number(row, 1).doubleValue() / FitText.DAYS_IN_A_WEEK,
                        number(row, 2).doubleValue() / FitText.DAYS_IN_A_WEEK),
                    number(row, 3).longValue()));
    return PurchaseHistories.of(customers);
  }

  private static Spend spend(DuckDbSession session) {
    List<List<Object>> rows =
        session.rows(
            "select repeat_days, repeat_revenue from customer_history where repeat_days > 0 order by customer_id");
    return Spend.of(
        rows.stream().mapToInt(row -> number(row, 0).intValue()).toArray(),
        rows.stream()
            .mapToDouble(
                row -> ((BigDecimal) row.get(1)).doubleValue() / number(row, 0).doubleValue())
            .toArray());
  }

  private static Number number(List<Object> row, int i) {
    return (Number) row.get(i);
  }
}
