package ltv.calculate.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ltv.calculate.model.Fit;
import ltv.calculate.model.purchase.BgNbd;
import ltv.calculate.model.purchase.GammaGamma;
import ltv.calculate.model.purchase.MbgNbd;
import ltv.calculate.model.purchase.ParetoNbd;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.purchase.Spend;

/**
 * Models of repeat purchases fitted to a site's customers, in words.
 *
 * @param histories of the customers, in weeks
 * @param spend of those who bought again
 * @param ahead how many days ahead purchases are counted
 */
public record FitText(PurchaseHistories histories, Spend spend, int ahead) {
  /** Models count in weeks. */
  public static final double DAYS_IN_A_WEEK = 7;

  /** For people: a line of what there is, one for each model. */
  public String table(Map<String, String> facts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d customers, who bought again on %,d days. Time in weeks; ± is one standard error."
            .formatted(histories.customers(), histories.repeats()));
    facts.forEach((model, said) -> lines.add("%-12s %s".formatted(model, said)));
    return String.join("\n", lines) + "\n";
  }

  /** By model; what cannot be fitted says why. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (histories.repeats() == 0) {
      facts.put("models", "too young to say: nobody has bought on a second day");
      return facts;
    }
    facts.put("BG/NBD", of(BgNbd.of(histories), "r", "alpha", "a", "b"));
    facts.put("MBG/NBD", of(MbgNbd.of(histories), "r", "alpha", "a", "b"));
    facts.put("Pareto/NBD", of(ParetoNbd.of(histories), "r", "alpha", "s", "beta"));
    facts.put("Gamma-Gamma", ofSpend());
    return facts;
  }

  private String of(PurchaseModel model, String... names) {
    double weeks = ahead / DAYS_IN_A_WEEK;
    return "%s; in %d days %,.1f purchases, %,.1f customers return"
        .formatted(
            of(model.fit(), names),
            ahead,
            histories.sum(known -> model.expected(known, weeks)),
            histories.sum(known -> model.returns(known, weeks)));
  }

  private String ofSpend() {
    if (spend.customers() == 0) {
      return "too young to say: nothing was paid on a second day";
    }
    GammaGamma model = GammaGamma.of(spend);
    return "%s; a purchase is worth %s; frequency and spend correlate by %.3f"
        .formatted(
            of(model.fit(), "p", "q", "v"),
            model.hasMean() ? "%,.2f".formatted(model.expected(0, 0)) : "no finite mean",
            spend.correlation());
  }

  private static String of(Fit fit, String... names) {
    List<String> said = new ArrayList<>();
    double[] errors = fit.standardErrors();
    for (int i = 0; i < names.length; i++) {
      said.add("%s %.5g ± %.3g".formatted(names[i], fit.parameters()[i], errors[i]));
    }
    return "%s; log-likelihood %,.4f%s"
        .formatted(
            String.join(", ", said),
            fit.logLikelihood(),
            fit.converged() ? "" : " (did not converge)");
  }
}
