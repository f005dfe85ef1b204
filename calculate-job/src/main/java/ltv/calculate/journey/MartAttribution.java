package ltv.calculate.journey;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import ltv.calculate.path.MarkovChain;
import ltv.calculate.path.Rule;
import ltv.calculate.path.Shapley;
import ltv.calculate.path.Split;
import ltv.dataset.Computation;
import ltv.engine.Session;

/** Computes {@code mart_attribution}: who has the credit for conversions, by each model. */
public final class MartAttribution implements Computation {
  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(4);

  /** The campaign's name and ratios, which the query fills in. */
  private static final int FILLED_LATER = 3;

  /** Found as a service. */
  public MartAttribution() {}

  /** What touches get, by their places. */
  private record Credit(double[] conversions, double[] value) {}

  @Override
  public String name() {
    return "mart_attribution";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<List<String>> rows(Session session) {
    List<Object> site = session.rows("select run_date(), param_path_markov_order()").get(0);
    int order = Integer.parseInt((String) site.get(1));
    Map<String, BigDecimal> spend = new TreeMap<>();
    for (List<Object> row : session.rows(Computation.query(MartAttribution.class, "spend"))) {
      spend.put((String) row.get(0), (BigDecimal) row.get(1));
    }
    TreeMap<String, Integer> places = new TreeMap<>();
    spend.keySet().forEach(touch -> places.put(touch, 0));
    Map<String, ChannelPaths> targets = ChannelPaths.read(session, places);
    List<List<String>> rows = new ArrayList<>();
    targets.forEach(
        (target, paths) ->
            credits(paths, order)
                .forEach(
                    (model, credit) ->
                        rows.addAll(
                            rows(
                                List.of(site.get(0).toString(), target, model),
                                paths,
                                credit,
                                places,
                                spend))));
    return rows;
  }

  private static Map<String, Credit> credits(ChannelPaths journeys, int order) {
    Map<String, Credit> credits = new LinkedHashMap<>();
    double[] converting = journeys.paths().converting();
    for (Rule rule : Rule.values()) {
      credits.put(
          rule.name().toLowerCase(Locale.ROOT),
          new Credit(
              rule.credit(journeys.paths(), journeys.ages(), converting),
              rule.credit(journeys.paths(), journeys.ages(), journeys.value())));
    }
    MarkovChain.Solved solved =
        new MarkovChain(journeys.paths(), order).solve(converting, journeys.paths().others());
    credits.put(
        "markov",
        new Credit(
            solved.credit(journeys.conversions().doubleValue()),
            solved.credit(journeys.allValue().doubleValue())));
    credits.put(
        "shapley",
        new Credit(
            Shapley.credit(journeys.paths(), converting),
            Shapley.credit(journeys.paths(), journeys.value())));
    return credits;
  }

  private static List<List<String>> rows(
      List<String> key,
      ChannelPaths journeys,
      Credit credit,
      Map<String, Integer> places,
      Map<String, BigDecimal> spend) {
    List<BigDecimal> conversions = Split.of(journeys.conversions(), credit.conversions);
    List<BigDecimal> value = Split.of(journeys.allValue(), credit.value);
    boolean[] touched = journeys.touched();
    List<List<String>> rows = new ArrayList<>();
    places.forEach(
        (touch, place) -> {
          if (touched[place] || spend.containsKey(touch)) {
            List<String> row = new ArrayList<>(key);
            row.add(touch.substring(0, touch.indexOf('|')));
            row.add(touch.substring(touch.indexOf('|') + 1));
            row.add(conversions.get(place).toPlainString());
            row.add(value.get(place).toPlainString());
            row.add(spend.getOrDefault(touch, NOTHING).toPlainString());
            for (int i = 0; i < FILLED_LATER; i++) {
              row.add(null);
            }
            rows.add(row);
          }
        });
    return rows;
  }
}
