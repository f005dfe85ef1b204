import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.backtest.Calibration;
import ltv.calculate.backtest.Rivals;
import ltv.calculate.backtest.Tested;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Forecast;
import ltv.calculate.forecast.Forecasts;
import ltv.calculate.forecast.Groups;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Segment;
import ltv.calculate.forecast.Snapshot;
import ltv.sandbox.worth.WorthCampaign;
import ltv.sandbox.worth.WorthMarket;

/**
 * How near forecasts of campaigns' value come to what becomes of them, over markets of which everything is known. Run by bench/ltv.
 *
 * <pre>
 * truth WORLDS CAMPAIGNS [SIZE]   per horizon: errors beside simple rules, bias, coverage of the bands
 * turn WORLDS CAMPAIGNS [SIZE]    what is said of the users of a channel's last seven days when its quality has halved before them
 * </pre>
 *
 * With a SIZE of .1 every campaign brings a tenth of the people.
 */
public final class Ltv {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final int DAYS = 420;
  private static final int FOLLOWED = 180;
  private static final double HALF_LIFE = BackTest.HALF_LIFE;
  private static final List<Integer> HORIZONS = List.of(0, 1, 3, 7, 14, 30, 60, 90, 180, 360);

  public static void main(String... args) {
    int count = Integer.parseInt(args[1]);
    int campaigns = Integer.parseInt(args[2]);
    double size = args.length > 3 ? Double.parseDouble(args[3]) : 1;
    switch (args[0]) {
      case "truth" -> truth(count, campaigns, size);
      case "turn" -> turn(count, campaigns, size);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Worlds begin on different days of the year: all of them in winter would all go into summer. */
  private static WorthMarket market(int world, int campaigns, double size) {
    return WorthMarket.of(world, FIRST.plusDays(37L * world), DAYS, FOLLOWED, campaigns, size);
  }

  /** A campaign's users of up to an age: what they had paid, what was said of the rest until a horizon, and what came. */
  private record Unit(String channel, double users, double observed, double forecast, double[] quantiles, double ownRate, double multiplier, double actual, double meant) {}

  private static void truth(int worlds, int campaigns, double size) {
    int[][] tables = {{180, 30}, {180, 179}, {90, 30}, {30, 7}, {7, 6}, {7, 2}};
    Map<Integer, List<Unit>> units = new TreeMap<>();
    for (int w = 1; w <= worlds; w++) {
      Ledger ledger = new Ledger();
      market(w, campaigns, size).tell(ledger);
      CohortFacts known = ledger.facts(DAYS - 1);
      List<Tested> tests = BackTest.run(known, HORIZONS, DAYS - 1);
      Snapshot at = BackTest.snapshot(known, DAYS - 1, HORIZONS, Level.CAMPAIGN);
      for (int t = 0; t < tables.length; t++) {
        List<Unit> found = units(ledger, at, tests, tables[t][0], tables[t][1]);
        units.computeIfAbsent(t, n -> new ArrayList<>()).addAll(found);
        System.out.printf("world %d, D%d of users up to %d days old: %s%n", w, tables[t][0], tables[t][1], summary(found));
      }
    }
    System.out.printf("%nPooled over %d worlds%n", worlds);
    units.forEach((t, all) -> System.out.printf("D%d of users up to %d days old: %s%n", tables[t][0], tables[t][1], summary(all)));
  }

  private static void turn(int worlds, int campaigns, double size) {
    Map<Boolean, List<Unit>> units = new TreeMap<>();
    for (int w = 1; w <= worlds; w++) {
      WorthMarket market = market(w, campaigns, size);
      String channel = market.campaigns().get(0).channel();
      for (boolean turned : new boolean[] {false, true}) {
        Ledger ledger = new Ledger();
        (turned ? market.turning(new WorthMarket.Turn(channel, DAYS - 7, 0.5)) : market).tell(ledger);
        CohortFacts known = ledger.facts(DAYS - 1);
        List<Tested> tests = BackTest.run(known, HORIZONS, DAYS - 1);
        Snapshot at = BackTest.snapshot(known, DAYS - 1, HORIZONS, Level.CAMPAIGN);
        units.computeIfAbsent(turned, t -> new ArrayList<>()).addAll(units(ledger, at, tests, 30, 6).stream().filter(u -> u.channel.equals(channel)).toList());
      }
    }
    units.forEach((turned, all) -> System.out.printf("%s: %s; width of the band of 80 %% over the value %.2f%n", turned ? "halved a week ago" : "as before", summary(all), width(all)));
  }

  private static double width(List<Unit> units) {
    return units.stream().mapToDouble(u -> u.quantiles[4] - u.quantiles[1]).sum() / units.stream().mapToDouble(u -> u.observed + u.forecast).sum();
  }

  private static List<Unit> units(Ledger ledger, Snapshot at, List<Tested> tests, int horizon, int oldest) {
    Calibration calibration = Calibration.of(tests, horizon, day -> true);
    Forecasts forecasts = Forecasts.of(at, HALF_LIFE);
    Forecast forecast = forecasts.by(calibration.method());
    double correction = calibration.correction(at.day());
    List<Unit> units = new ArrayList<>();
    for (int g = 0; g < at.groups().count(Level.CAMPAIGN); g++) {
      Rivals rivals = Rivals.of(at, g, horizon, oldest, forecasts.shapes().common());
      if (rivals.users() > 0) {
        Rest rest = forecast.rest(Level.CAMPAIGN, g, horizon, 0, oldest).times(correction);
        double[] quantiles = new double[6];
        double[] probabilities = {0.05, 0.1, 0.25, 0.75, 0.9, 0.95};
        for (int i = 0; i < quantiles.length; i++) {
          quantiles[i] = calibration.quantile(Level.CAMPAIGN, rivals.observed(), rest, probabilities[i]);
        }
        Segment name = at.groups().name(Level.CAMPAIGN, g);
        units.add(
            new Unit(name.channel(), rivals.users(), rivals.observed(), rest.mean(), quantiles, rivals.ownRate(), rivals.multiplier(), ledger.after(ledger.cells, name, at.day(), horizon, oldest), ledger.after(ledger.meant, name, at.day(), horizon, oldest)));
      }
    }
    return units;
  }

  private static String summary(List<Unit> units) {
    double total = units.stream().mapToDouble(u -> u.observed + u.actual).sum();
    double meant = units.stream().mapToDouble(u -> u.observed + u.meant).sum();
    double said = units.stream().mapToDouble(u -> u.observed + u.forecast).sum();
    return "%,d campaigns, %,.0f users; WAPE %.3f (own rate %.3f, multiplier %.3f, knowing everybody %.3f); bias %+.3f of what came, %+.3f of what was meant; bands of 50 %% cover %.3f, 80 %% %.3f, 90 %% %.3f"
        .formatted(
            units.size(),
            units.stream().mapToDouble(Unit::users).sum(),
            wape(units, total, Unit::forecast),
            wape(units, total, Unit::ownRate),
            wape(units, total, Unit::multiplier),
            wape(units, total, Unit::meant),
            said / total - 1,
            said / meant - 1,
            covered(units, 2, 3),
            covered(units, 1, 4),
            covered(units, 0, 5));
  }

  private static double wape(List<Unit> units, double total, ToDoubleFunction<Unit> said) {
    return units.stream().mapToDouble(u -> Math.abs(said.applyAsDouble(u) - u.actual)).sum() / total;
  }

  private static double covered(List<Unit> units, int low, int high) {
    long within = units.stream().filter(u -> u.quantiles[low] <= u.actual && u.actual <= u.quantiles[high]).count();
    return (double) within / units.size();
  }

  /** Writes down what a market tells. */
  private static final class Ledger implements WorthMarket.Listener {
    private record Cohort(Segment segment, int day) {}

    private record Cell(Cohort cohort, int age) {}

    private final Map<Cohort, Double> users = new LinkedHashMap<>();
    private final Map<Cell, Double> cells = new HashMap<>();
    private final Map<Cell, Double> meant = new HashMap<>();
    private Cohort current;

    @Override
    public void came(WorthCampaign campaign, String platform, String country, int day) {
      current = new Cohort(new Segment(campaign.channel(), campaign.id(), platform, country), day);
      users.merge(current, 1.0, Double::sum);
    }

    @Override
    public void paid(String kind, int age, long won) {
      cells.merge(new Cell(current, age), (double) won, Double::sum);
    }

    @Override
    public void meant(int age, double won) {
      meant.merge(new Cell(current, age), won, Double::sum);
    }

    /** What is known at the end of a day. */
    CohortFacts facts(int day) {
      Map<Segment, Integer> segments = new LinkedHashMap<>();
      Map<Cohort, Integer> cohorts = new LinkedHashMap<>();
      users.keySet().forEach(c -> {
        segments.computeIfAbsent(c.segment, s -> segments.size());
        cohorts.put(c, cohorts.size());
      });
      List<Map.Entry<Cell, Double>> known = cells.entrySet().stream().filter(e -> e.getKey().cohort.day + e.getKey().age <= day).toList();
      return new CohortFacts(
          Groups.of(List.copyOf(segments.keySet())),
          users.keySet().stream().mapToInt(c -> segments.get(c.segment)).toArray(),
          users.keySet().stream().mapToInt(Cohort::day).toArray(),
          users.values().stream().mapToDouble(n -> n).toArray(),
          new double[users.size()],
          new double[users.size()],
          known.stream().mapToInt(e -> cohorts.get(e.getKey().cohort)).toArray(),
          known.stream().mapToInt(e -> e.getKey().age).toArray(),
          known.stream().mapToDouble(Map.Entry::getValue).toArray());
    }

    private final Map<Map<Cell, Double>, Map<String, double[][]>> summed = new IdentityHashMap<>();

    /** What came, or was meant to come, after a day of a campaign's users up to an age, until a horizon. */
    double after(Map<Cell, Double> of, Segment campaign, int day, int horizon, int oldest) {
      Map<String, double[][]> byCampaign = summed.computeIfAbsent(of, all -> byCampaign(all, day));
      double sum = 0;
      double[][] cells = byCampaign.getOrDefault(campaign.campaign(), new double[0][]);
      for (int now = 0; now < Math.min(cells.length, Math.min(horizon, oldest + 1)); now++) {
        for (int age = now + 1; age <= horizon; age++) {
          sum += cells[now][age];
        }
      }
      return sum;
    }

    /** By age on the day and age then. */
    private static Map<String, double[][]> byCampaign(Map<Cell, Double> cells, int day) {
      Map<String, double[][]> byCampaign = new HashMap<>();
      cells.forEach((cell, won) -> {
        int now = day - cell.cohort.day;
        if (now >= 0 && now < FOLLOWED && cell.age > now) {
          byCampaign.computeIfAbsent(cell.cohort.segment.campaign(), c -> new double[FOLLOWED][FOLLOWED + 1])[now][cell.age] += won;
        }
      });
      return byCampaign;
    }
  }
}
