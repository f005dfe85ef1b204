package ltv.calculate.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import ltv.calculate.posterior.Posterior;
import ltv.calculate.value.LevelCheck;
import ltv.calculate.value.LevelCheck.Campaign;

/**
 * How near the levels that forecasts believe come to those of the hierarchical model, in words.
 *
 * @param date as of which
 */
public record LevelText(LevelCheck check, LocalDate date) {

  /** For people: what is said of all, and a line for each campaign. */
  public String table(Map<String, String> facts) {
    List<String> lines = new ArrayList<>();
    facts.forEach((about, said) -> lines.add("%-10s %s".formatted(about, said)));
    lines.add(
        "%-18s %-22s %9s %7s %15s %15s  %s"
            .formatted(
                "channel", "campaign", "users", "own", "forecast", "posterior", "10 to 90 %"));
    for (Campaign c : check.campaigns()) {
      lines.add(
          "%-18s %-22s %,9.0f %7.3f %7.3f ± %5.3f %7.3f ± %5.3f  %.3f to %.3f"
              .formatted(
                  c.name().channel(),
                  c.name().campaign(),
                  c.users(),
                  c.own(),
                  c.fast(),
                  c.fastError(),
                  c.mean(),
                  c.deviation(),
                  c.low(),
                  c.high()));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What is said of all. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    Posterior posterior = check.posterior();
    List<String> doubts = posterior.doubts();
    int[] places = IntStream.range(0, posterior.names().size()).toArray();
    facts.put(
        "levels",
        "%d campaigns, as of %s; at a level of 1 users are worth what everybody's are"
            .formatted(check.campaigns().size(), date));
    facts.put(
        "posterior",
        "R-hat up to %.4f, effective draws of the middle from %,.0f, of the tails from %,.0f, %d divergences: %s"
            .formatted(
                extreme(places, p -> -posterior.rHat(p)) * -1,
                extreme(places, posterior::bulk),
                extreme(places, posterior::tail),
                posterior.divergences(),
                doubts.isEmpty() ? "to be trusted" : String.join("; ", doubts)));
    facts.put(
        "between",
        "logarithms differ by %.3f between campaigns of a channel, by %.3f between channels"
            .formatted(check.betweenCampaigns(), check.betweenChannels()));
    double[] off =
        check.campaigns().stream()
            .mapToDouble(c -> Math.abs(c.fast() - c.mean()) / c.deviation())
            .sorted()
            .toArray();
    facts.put(
        "forecast",
        off.length == 0
            ? "no campaign has brought anybody"
            : "%.2f of the posterior's deviations from its mean in the middle, at most %.2f"
                .formatted(off[off.length / 2], off[off.length - 1]));
    return facts;
  }

  private static double extreme(int[] places, IntToDoubleFunction of) {
    return IntStream.of(places).mapToDouble(of).min().orElse(0);
  }
}
