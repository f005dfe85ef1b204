import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import ltv.config.EngineSettings;
import ltv.config.PathSettings;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;

/**
 * Events of made-up apps through the datasets of the critical path. In each app people come over forty days, open it again and look at screens; whoever has read the size guide within
 * the last ten days buys twice as often at the end of a session. Three of ten are busy: they come thrice as often, and so buy more, and open the wish list four times as
 * often, which brings nothing. Run by bench/paths.
 */
public final class Paths {
  private static final LocalDate LAST = LocalDate.of(2026, 11, 19);
  private static final int DAYS = 40;
  private static final List<String> SCREENS = List.of("home_feed", "category", "search", "view_item", "reviews", "add_to_cart", "shipping_cost", "coupons");
  private static final String CRITICAL = "size_guide";
  private static final String DECOY = "wish_list";
  private static final double BUYS = .02;

  private final Random chance;
  private final Map<String, List<List<String>>> rows = new TreeMap<>();
  private int events;

  private Paths(int world, int people) {
    chance = new Random(world);
    List.of("fct_event", "fct_order", "fct_acquisition", "fct_session").forEach(t -> rows.put(t, new ArrayList<>()));
    for (int p = 0; p < people; p++) {
      live("p" + p, chance.nextDouble() < .3);
    }
  }

  public static void main(String... args) throws Exception {
    int worlds = Integer.parseInt(args[0]);
    int found = 0;
    int fooled = 0;
    try (DuckDb engine = new DuckDb(new EngineSettings(2, "1GB"), Path.of(args[2]))) {
      for (int world = 1; world <= worlds; world++) {
        List<List<Object>> steps = new Paths(world, Integer.parseInt(args[1])).steps(engine);
        List<Object> top = steps.stream().limit(3).filter(s -> (Double) s.get(2) > 1).map(s -> s.get(0)).toList();
        found += top.contains(CRITICAL) ? 1 : 0;
        fooled += top.contains(DECOY) ? 1 : 0;
        System.out.printf("world %d: %s%n", world, told(steps));
      }
    }
    System.out.printf("the planted step is in the top three, its interval above 1, in %d of %d worlds; the decoy in %d%n", found, worlds, fooled);
  }

  private static String told(List<List<Object>> steps) {
    StringBuilder text = new StringBuilder();
    for (List<Object> step : steps) {
      if (steps.indexOf(step) < 3 || step.get(0).equals(CRITICAL) || step.get(0).equals(DECOY)) {
        text.append("%s %.2f (%.2f to %.2f)  ".formatted(step.toArray()));
      }
    }
    return text.toString().trim();
  }

  private void live(String person, boolean busy) {
    int came = chance.nextInt(DAYS);
    int guide = Integer.MIN_VALUE / 2;
    add("fct_acquisition", Map.of("acquisition_date", day(came), "user_id", person, "person_id", person, "users", "1", "channel", "meta", "campaign_id", "c1"));
    for (int d = came; d < DAYS; d++) {
      if (d > came && chance.nextDouble() > (busy ? .3 : .1)) {
        continue;
      }
      LocalDateTime at = LAST.minusDays(DAYS - 1L - d).atTime(9 + chance.nextInt(12), 0);
      add("fct_session", Map.of("session_date", day(d), "source", "mixpanel", "session_key", person + "-" + d, "person_id", person, "started_at", at.toString(), "channel", "organic", "events", "1"));
      for (int i = 2 + chance.nextInt(4); i > 0; i--) {
        double which = chance.nextDouble();
        String step = which < .08 ? CRITICAL : which < (busy ? .32 : .14) ? DECOY : SCREENS.get(chance.nextInt(SCREENS.size()));
        guide = step.equals(CRITICAL) ? d : guide;
        at = at.plusSeconds(5 + chance.nextInt(60));
        event(person, d, at, step);
      }
      if (chance.nextDouble() < BUYS * (d - guide <= 10 ? 2 : 1)) {
        at = at.plusSeconds(30);
        event(person, d, at, "purchase");
        add("fct_order", Map.of("order_date", day(d), "order_id", "o" + events, "user_id", person, "person_id", person, "acquired_user_id", person, "kind", "purchase", "source", "mixpanel",
            "ordered_at", at.toString(), "revenue", "1000", "is_first", "true"));
        return;
      }
    }
  }

  private void event(String person, int d, LocalDateTime at, String name) {
    add("fct_event", Map.of("event_date", day(d), "source", "mixpanel", "event_id", "e" + ++events, "event_name", name, "event", name, "event_at", at.toString(), "person_id", person, "platform", "android",
        "is_primary", "true"));
  }

  private static String day(int d) {
    return LAST.minusDays(DAYS - 1L - d).toString();
  }

  private void add(String table, Map<String, String> row) {
    rows.get(table).add(datasets().get(table).schema().columns().stream().map(c -> row.get(c.name())).toList());
  }

  private static Datasets datasets;

  private static synchronized Datasets datasets() {
    try {
      datasets = datasets == null ? Datasets.packedWith(Class.forName("ltv.calculate.CalculateCommand")) : datasets;
      return datasets;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Steps of first orders among everybody, as mart_path_step ranks them: step, lift, and its interval. */
  private List<List<Object>> steps(DuckDb engine) throws Exception {
    try (DuckDbSession session = engine.open()) {
      PathSettings.DEFAULT.parameters().forEach((name, value) -> session.define("param_" + name, value));
      session.define("run_id", "bench");
      rows.forEach((table, told) -> session.table(table, columns(table), told));
      session.keep("dim_event", "select distinct date '%s' as as_of_date, source, event_name, event, 'known' as status from fct_event".formatted(LAST));
      Set<String> needed = new HashSet<>(List.of("visit_day", "target_reached", "step_word", "person_step", "visit_path", "person_path", "path_count", "step_visit", "mart_path_step"));
      for (Dataset dataset : datasets().inOrder("calculate")) {
        if (!needed.contains(dataset.name())) {
          continue;
        }
        dataset.schema().inputs().keySet().stream().filter(i -> !rows.containsKey(i) && !needed.contains(i) && !i.equals("dim_event")).forEach(i -> session.table(i, columns(i), List.of()));
        session.table(dataset.name(), columns(dataset.name()), List.of());
        for (LocalDate day = dataset.schema().asOf() || dataset.name().equals("step_word") ? LAST : LAST.minusDays(DAYS - 1L); !day.isAfter(LAST); day = day.plusDays(1)) {
          session.define("run_date", day);
          dataset.build(session, "built");
          session.execute("insert into " + dataset.name() + " select * from built");
        }
      }
      return session.rows("select step, lift, lift_low, lift_high from mart_path_step where target = 'first_order' and scope = 'all' order by step_rank");
    }
  }

  private static List<Column> columns(String table) {
    return datasets().get(table).schema().columns();
  }
}
