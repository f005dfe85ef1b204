import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.calculate.CalculateCommand;
import ltv.calculate.model.regression.Chances;
import ltv.calculate.model.regression.Recalibration;
import ltv.config.EngineSettings;
import ltv.dataset.Datasets;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.sandbox.worth.Foresight;
import ltv.sandbox.worth.WorthCampaign;
import ltv.sandbox.worth.WorthMarket;

/**
 * How good the chances to buy again and the days of next purchases are that marts tell of customers, over markets of which everything is known. Run by bench/returning.
 *
 * <pre>
 * truth WORLDS CAMPAIGNS [SIZE]   AUC beside what the market itself would say, calibration, coverage of intervals
 * speed CUSTOMERS                 seconds of the datasets that tell them, DuckDB with one thread
 * </pre>
 */
public final class Returning {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final int DAYS = 420;
  private static final int AFTER = 190;
  private static final int WITHIN = 180;
  private static final List<String> DATASETS = List.of("model_fit", "customer_history", "customer_score", "return_model", "customer_return");

  public static void main(String... args) throws IOException {
    switch (args[0]) {
      case "truth" -> truth(Integer.parseInt(args[1]), Integer.parseInt(args[2]), args.length > 3 ? Double.parseDouble(args[3]) : 1);
      case "speed" -> speed(Integer.parseInt(args[1]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Worlds begin on different days of the year: all of them in winter would all go into summer. */
  private static WorthMarket market(int world, int campaigns, double size) {
    return WorthMarket.of(world, FIRST.plusDays(37L * world), DAYS, DAYS + AFTER, campaigns, size);
  }

  /** Somebody who has come. */
  private static final class Person {
    private final Foresight.Known known;
    private final double[] likely = new double[DAYS + AFTER + 31];
    private final Map<Integer, Long> spent = new TreeMap<>();
    private final Set<Integer> orders = new TreeSet<>();

    private Person(WorthCampaign campaign, boolean ios, int day) {
      known = new Foresight.Known(campaign, ios, day, new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    private boolean isCustomer(int lastDay) {
      return orders.stream().anyMatch(age -> known.day() + age <= lastDay);
    }

    /** The first age after the last day with an order, from 1; 0 for none that is known of. */
    private int next(int lastDay) {
      return orders.stream().filter(age -> known.day() + age > lastDay).map(age -> known.day() + age - lastDay).findFirst().orElse(0);
    }

    private double trulyReturns(int lastDay, int ahead) {
      double not = 1;
      for (int d = lastDay + 1; d <= lastDay + ahead; d++) {
        not *= 1 - likely[d - known.day()];
      }
      return 1 - not;
    }
  }

  private static List<Person> people(WorthMarket market) {
    List<Person> people = new ArrayList<>();
    market.tell(new WorthMarket.Listener() {
      private Person person;

      @Override
      public void came(WorthCampaign campaign, String platform, String country, int day) {
        person = new Person(campaign, platform.equals("ios"), day);
        people.add(person);
      }

      @Override
      public void paid(String kind, int age, long won) {
        switch (kind) {
          case "purchase" -> person.known.purchases().add(age);
          case "subscription" -> person.known.subscriptions().add(age);
          case "ad_revenue" -> person.known.visits().add(age);
          default -> { return; }
        }
        if (!kind.equals("ad_revenue")) {
          person.orders.add(age);
          person.spent.merge(age, won, Long::sum);
        }
      }

      @Override
      public void meant(int age, double won) {}

      @Override
      public void likely(int age, double chance) {
        if (age < person.likely.length) {
          person.likely[age] = 1 - (1 - person.likely[age]) * (1 - chance);
        }
      }
    });
    return people;
  }

  /** What marts said of a customer, and what came. */
  private record Said(double chance7, double chance30, boolean came7, boolean came30, double market30, double truth30, boolean subscribed, boolean once, double low, double middle, double high, int next) {}

  private static void truth(int worlds, int campaigns, double size) throws IOException {
    List<Said> all = new ArrayList<>();
    for (int w = 1; w <= worlds; w++) {
      List<Said> said = said(market(w, campaigns, size));
      System.out.printf("world %d: %s%n", w, summary(said));
      all.addAll(said);
    }
    System.out.printf("%nPooled over %d worlds: %s%n", worlds, summary(all));
    System.out.println("  bought once: " + intervals(all.stream().filter(Said::once).toList()) + "\n  more often: " + intervals(all.stream().filter(s -> !s.once).toList()));
    for (boolean subscribed : new boolean[] {true, false}) {
      List<Said> some = all.stream().filter(s -> s.subscribed == subscribed).toList();
      System.out.printf("  %s: %s%n", subscribed ? "have subscribed" : "never subscribed", summary(some));
    }
    deciles(all);
  }

  private static List<Said> said(WorthMarket market) throws IOException {
    List<Person> people = people(market);
    int lastDay = DAYS - 1;
    Foresight foresight = new Foresight(market);
    List<Said> said = new ArrayList<>();
    Path folder = Files.createTempDirectory("ltv-bench");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "1GB"), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
      write(market, people, folder);
      load(session, folder, market.from().plusDays(lastDay));
      Datasets datasets = Datasets.packedWith(CalculateCommand.class);
      for (String name : DATASETS) {
        datasets.get(name).build(session, name);
      }
      for (List<Object> row : session.rows("select h.customer_id, coalesce(r.returns_7, s.returns_7), coalesce(r.returns_30, s.returns_30), h.repeat_days, s.next_low_days, s.next_days, s.next_high_days from customer_history as h join customer_score as s using (repeat_days, last_repeat_age, age_days, subscribed) left join customer_return as r using (customer_id)")) {
        Person person = people.get(Integer.parseInt(((String) row.get(0)).substring(1)));
        int next = person.next(lastDay);
        int age = lastDay - person.known.day();
        said.add(new Said(number(row, 1), number(row, 2), next > 0 && next <= 7, next > 0 && next <= 30, foresight.returns(person.known, age, 30), person.trulyReturns(lastDay, 30), person.known.subscriptions().stream().anyMatch(a -> person.known.day() + a <= lastDay), number(row, 3) == 0, number(row, 4), number(row, 5), number(row, 6), next));
      }
    }
    return said;
  }


  private static double number(List<Object> row, int column) {
    return ((Number) row.get(column)).doubleValue();
  }

  private static void write(WorthMarket market, List<Person> people, Path folder) throws IOException {
    try (PrintWriter days = new PrintWriter(Files.newBufferedWriter(folder.resolve("days.csv"))); PrintWriter visits = new PrintWriter(Files.newBufferedWriter(folder.resolve("visits.csv")))) {
      days.println("order_date,customer_id,revenue,subscription_orders");
      visits.println("visit_date,person_id,purchases");
      for (int i = 0; i < people.size(); i++) {
        Person person = people.get(i);
        String id = "p%07d".formatted(i);
        LocalDate came = market.from().plusDays(person.known.day());
        if (!person.isCustomer(DAYS - 1)) {
          continue;
        }
        person.spent.forEach((age, won) -> {
          if (person.known.day() + age < DAYS) {
            days.printf("%s,%s,%d,%d%n", came.plusDays(age), id, won, person.known.subscriptions().contains(age) ? 1 : 0);
          }
        });
        Set<Integer> seen = new TreeSet<>(person.known.visits());
        seen.addAll(person.known.purchases());
        seen.stream().filter(age -> person.known.day() + age < DAYS).forEach(age -> visits.printf("%s,%s,%d%n", came.plusDays(age), id, person.known.purchases().contains(age) ? 1 : 0));
      }
    }
  }

  private static void load(DuckDbSession session, Path folder, LocalDate day) {
    session.execute("create temp table customer_day as select order_date, customer_id, cast(revenue as decimal(18, 4)) as revenue, subscription_orders from read_csv('" + folder.resolve("days.csv") + "')");
    session.execute("create temp table visit_day as select visit_date, person_id, purchases from read_csv('" + folder.resolve("visits.csv") + "')");
    others(session, day);
  }

  private static void others(DuckDbSession session, LocalDate day) {
    session.execute("create temp table fct_acquisition (acquisition_date date, user_id varchar, person_id varchar)");
    session.execute("create temp table fct_order (order_date date, acquired_user_id varchar, revenue decimal(18, 4))");
    session.execute("create temp table user_first_days (acquisition_date date, user_id varchar, platform varchar, purchase_days bigint, revenue decimal(18, 4), ad_revenue decimal(18, 4), sessions bigint)");
    session.define("run_date", day);
    session.define("param_ltv_fit_every", "7");
    session.define("param_ltv_pins", "");
  }

  private static String summary(List<Said> said) {
    Chances month = chances(said, said.stream().mapToDouble(Said::chance30).toArray(), 30);
    Chances market = chances(said, said.stream().mapToDouble(Said::market30).toArray(), 30);
    Chances truth = chances(said, said.stream().mapToDouble(Said::truth30).toArray(), 30);
    Chances week = chances(said, said.stream().mapToDouble(Said::chance7).toArray(), 7);
    return "%,d customers, %.2f %% within 30 days, %.2f %% expected; AUC %.4f, the market %.4f, knowing each one %.4f; log loss %.4f, %.4f, %.4f; slope %.3f, the market %.3f; 7 days: AUC %.4f, slope %.3f; %s"
        .formatted(said.size(), 100.0 * month.events() / said.size(), 100 * month.expected() / said.size(), month.auc(), market.auc(), truth.auc(), month.logLoss(), market.logLoss(), truth.logLoss(), Recalibration.of(month, 0).slope(), Recalibration.of(market, 0).slope(), week.auc(), Recalibration.of(week, 0).slope(), intervals(said));
  }

  private static Chances chances(List<Said> said, double[] told, int days) {
    boolean[] came = new boolean[told.length];
    double[] logOdds = new double[told.length];
    for (int i = 0; i < told.length; i++) {
      came[i] = days == 7 ? said.get(i).came7 : said.get(i).came30;
      logOdds[i] = Chances.logOdds(told[i]);
    }
    return new Chances(logOdds, came);
  }

  private static String intervals(List<Said> said) {
    List<Said> came = said.stream().filter(s -> s.next > 0 && s.next <= WITHIN).toList();
    double covered = came.stream().filter(s -> s.low <= s.next && s.next <= s.high).count();
    double before = came.stream().filter(s -> s.next < s.low).count();
    double half = came.stream().filter(s -> s.next <= s.middle).count();
    return "next order of %,d: the 80 %% interval covers %.3f (%.3f before, %.3f after), %.3f by the middle, width %.0f days".formatted(came.size(), covered / came.size(), before / came.size(), 1 - (covered + before) / came.size(), half / came.size(), came.stream().mapToDouble(s -> s.high - s.low + 1).average().orElse(0));
  }

  private static void deciles(List<Said> said) {
    List<Said> sorted = said.stream().sorted(Comparator.comparingDouble(Said::chance30)).toList();
    for (int d = 0; d < 10; d++) {
      List<Said> tenth = sorted.subList(d * sorted.size() / 10, (d + 1) * sorted.size() / 10);
      System.out.printf("  decile %d: told %.4f, the market %.4f, came %.4f%n", d + 1, tenth.stream().mapToDouble(Said::chance30).average().orElse(0), tenth.stream().mapToDouble(Said::market30).average().orElse(0), tenth.stream().filter(Said::came30).count() / (double) tenth.size());
    }
  }

  /** Customers of a year who differ in how often they come, and visit three times as often as they buy. */
  private static void speed(int customers) throws IOException {
    Path folder = Files.createTempDirectory("ltv-bench");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
      String drawn = "(hash(c, k, 1) %% 1000000) / 1e6";
      String people = "from range(%d) as customers(c) cross join range(%d) as days(k) where k <= -ln(" + drawn + " + 1e-6) * (1 + 8 * pow((hash(c, 2) %% 1000) / 1e3, 4))";
      session.execute(("create temp table customer_day as select distinct date '%s' - cast(hash(c, 3) %% 365 * (hash(c, k, 4) %% 1000) / 1e3 as integer) as order_date, 'c' || c as customer_id, cast(10 as decimal(18, 4)) as revenue, cast(case when hash(c, 5) %% 20 = 0 then 1 else 0 end as bigint) as subscription_orders " + people).formatted(FIRST.plusDays(DAYS - 1), customers, 20));
      session.execute(("create temp table visit_day as select distinct date '%s' - cast(hash(c, 3) %% 365 * (hash(c, k, 6) %% 1000) / 1e3 as integer) as visit_date, 'c' || c as person_id, cast(0 as bigint) as purchases " + people).formatted(FIRST.plusDays(DAYS - 1), customers, 60));
      others(session, FIRST.plusDays(DAYS - 1));
      System.out.printf("%,d customers, %,d days with a purchase, %,d with a visit%n", session.rows("select count(distinct customer_id) from customer_day").get(0).get(0), session.rows("select count(*) from customer_day").get(0).get(0), session.rows("select count(*) from visit_day").get(0).get(0));
      Datasets datasets = Datasets.packedWith(CalculateCommand.class);
      for (String name : DATASETS) {
        long began = System.nanoTime();
        datasets.get(name).build(session, name);
        System.out.printf("%s %.1f s, %,d rows%n", name, (System.nanoTime() - began) / 1e9, session.rows("select count(*) from " + name).get(0).get(0));
      }
    }
  }
}
