package ltv.dataset;

import static ltv.dataset.TestSite.D1;
import static ltv.dataset.TestSite.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.lake.Hold;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.Retention;
import ltv.run.Days;
import ltv.run.PartitionOutcome;
import ltv.run.RunFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two weeks of usual days, then one that is not: what is held, what is built on it, and after. */
class GateTest {
  private static final LocalDate ODD = D1.plusDays(14);
  private static final LocalDate NEXT = ODD.plusDays(1);
  private static final Hold.Decision RELEASED =
      new Hold.Decision(true, "kim", "the autumn sale", "2026-11-16T09:00:00Z");
  private static final Hold.Decision REJECTED =
      new Hold.Decision(false, "kim", "the shop sent it twice", "2026-11-16T09:00:00Z");

  @TempDir private Path folder;
  private final Map<String, String> folders = new TreeMap<>();
  private TestSite site;

  @BeforeEach
  void two_usual_weeks() {
    folders.putAll(TestSite.FOLDERS);
    folders.put(
        "process/fct_sale/schema.yml",
        """
        grain: one row per sale
        partition: sold_on
        key: [sale_id]
        inputs: {stg_sale: {required: true}}
        columns:
          - {name: sold_on, type: date}
          - {name: shop, type: string}
          - {name: sale_id, type: string}
          - {name: amount, type: "decimal(18,4)"}
        usual: {by: shop, sums: [amount]}
        checks: [{fail: unique, columns: [sale_id]}]
        """);
    folders.put(
        "process/fct_sale/query.sql",
        "-- one row per sale\nselect sold_on, 'seoul' as shop, sale_id, amount from stg_sale where sold_on = run_date()");
    folders.put(
        "process/fct_day/schema.yml",
        """
        grain: one row per day
        partition: day
        key: [day]
        inputs: {fct_sale: {required: false}, src_web__visits: {required: false}}
        columns: [{name: day, type: date}, {name: amount, type: "decimal(18,4)"}]
        checks: [{fail: unique, columns: [day]}]
        """);
    folders.put(
        "process/fct_day/query.sql",
        "-- one row per day\nselect run_date() as day, cast(sum(amount) as decimal(18, 4)) as amount from fct_sale");
    folders.put(
        "process/fct_until/schema.yml",
        """
        grain: one row per day, everything until then
        partition: day
        key: [day]
        inputs: {fct_day: {required: true, lookback: all}}
        columns: [{name: day, type: date}, {name: amount, type: "decimal(18,4)"}]
        checks: [{fail: unique, columns: [day]}]
        """);
    folders.put(
        "process/fct_until/query.sql",
        "-- one row per day\nselect run_date() as day, cast(sum(amount) as decimal(18, 4)) as amount from fct_day");
    site = new TestSite(Sites.below(folder, 7, TestSite.shop()), folders);
    for (LocalDate day = D1; day.isBefore(ODD); day = day.plusDays(1)) {
      site.sell(day, "a 10", "b 10");
    }
    assertEquals(
        14, build(D1, ODD.minusDays(1)).stream().filter(s -> s.endsWith("committed")).count() / 3);
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** All datasets in their order; the ends of the three that count, in one list. */
  private List<String> build(LocalDate from, LocalDate to) {
    site.build("stg_sale", from, to);
    return List.of("fct_sale", "fct_day", "fct_until").stream()
        .flatMap(name -> states(site.build(name, from, to)).stream().map(s -> name + " " + s))
        .toList();
  }

  private LakeTable table(String name) {
    return site.lake.table(site.datasets.get(name).table());
  }

  private Pin pin(String name) {
    return table(name).pin();
  }

  private List<String> sellEightTimesAsMuch() {
    site.sell(ODD, "a 80", "b 80");
    return build(ODD, ODD);
  }

  private String released(String name) {
    return table(name).release(Partition.of(ODD), RELEASED, "run-r").state();
  }

  @Test
  void an_unusual_day_and_all_that_is_built_on_it_is_held_and_readers_keep_what_they_had() {
    String before = pin("fct_until").snapshotName();

    List<String> ends = sellEightTimesAsMuch();

    assertEquals(
        List.of("fct_sale 2026-11-15 held", "fct_day 2026-11-15 held", "fct_until 2026-11-15 held"),
        ends);
    LedgerEntry sale = pin("fct_sale").held().get(Partition.of(ODD));
    assertEquals(
        "seoul amount: 160; usual for a Sunday is 20, from 11.76 to 34 (14 days)",
        sale.why().orElseThrow().replace("20.00", "20").replace("34.00", "34"));
    assertEquals(
        "built on fct_day/2026-11-15, which is held",
        pin("fct_until").held().get(Partition.of(ODD)).why().orElseThrow());
    assertEquals(before, pin("fct_until").snapshotName());
    assertEquals(
        List.of("fct_sale 2026-11-15 held", "fct_day 2026-11-15 held", "fct_until 2026-11-15 held"),
        build(ODD, ODD),
        "and nothing is built again");
    List<Mending> toDo = toDo();
    assertEquals(1, toDo.size(), toDo.toString());
    assertEquals(
        "fct_sale/2026-11-15 (2 follow): "
            + sale.why().orElseThrow()
            + ", readers have nothing of it; look, then read the day again, release or reject it",
        toDo.get(0).what());
    assertEquals(
        "./ltv calculate hold show --config site.yaml 2026-11-15",
        toDo.get(0).command().orElseThrow());
  }

  private List<Mending> toDo() {
    Days odd = new Days(ODD, ODD, Days.Reach.EXACT);
    List<Dataset> datasets =
        Stream.of("fct_sale", "fct_day", "fct_until").map(site.datasets::get).toList();
    return Mending.of(
        Status.of(datasets, d -> new Status.Seen(d, pin(d.name()), site.plan(d.name(), odd)), 7)
            .found(),
        CommandLine.populateCommand(
            new RunFlags(), "--config", "site.yaml", "--date", ODD.toString()),
        Map.of());
  }

  @Test
  void the_next_day_is_built_and_judged_without_it_and_says_so() {
    sellEightTimesAsMuch();
    site.sell(NEXT, "a 10", "b 10");

    List<String> ends = build(NEXT, NEXT);

    assertEquals(3, ends.stream().filter(s -> s.endsWith("committed")).count(), ends.toString());
    assertEquals(List.of("300.0000"), amounts("fct_until", NEXT), "15 days of 20");
    assertEquals(List.of("fct_day/2026-11-15 (held)"), without("fct_until", NEXT));
    site.sell(NEXT.plusDays(1), "a 80", "b 80");
    assertTrue(
        build(NEXT.plusDays(1), NEXT.plusDays(1)).contains("fct_sale 2026-11-17 held"),
        "the held day taught nothing");
  }

  private List<String> without(String name, LocalDate day) {
    return pin(name).published().get(Partition.of(day)).missing().stream()
        .filter(m -> !m.startsWith("src_web"))
        .toList();
  }

  private List<String> amounts(String name, LocalDate day) {
    try (var session = site.duckDb().open()) {
      assertTrue(site.opened("process").see(session, name, day));
      return session.rows("select amount from " + name + " where day = date '" + day + "'").stream()
          .map(row -> row.get(0).toString())
          .toList();
    }
  }

  @Test
  void a_release_publishes_what_was_built_and_what_was_built_without_it_follows() {
    sellEightTimesAsMuch();
    String built = pin("fct_until").held().get(Partition.of(ODD)).content();
    site.sell(NEXT, "a 10", "b 10");
    build(NEXT, NEXT);

    assertEquals(
        List.of("committed", "committed", "committed"),
        List.of(released("fct_sale"), released("fct_day"), released("fct_until")));

    assertEquals(built, site.entry("fct_until", ODD).content());
    assertEquals(List.of("440.0000"), amounts("fct_until", ODD), "14 days of 20, one of 160");
    assertEquals(RELEASED, site.entry("fct_until", ODD).hold().decision());
    assertEquals(
        List.of(
            "fct_sale 2026-11-15 unchanged",
            "fct_day 2026-11-15 unchanged",
            "fct_until 2026-11-15 unchanged"),
        build(ODD, ODD));
    List<String> next = build(NEXT, NEXT);
    assertTrue(next.contains("fct_until 2026-11-16 committed"), next.toString());
    assertEquals(List.of("460.0000"), amounts("fct_until", NEXT));
    assertEquals(List.of(), without("fct_until", NEXT));
    assertEquals("unchanged", released("fct_sale"), "twice is once");
  }

  @Test
  void what_was_released_teaches_the_days_after_it() {
    sellEightTimesAsMuch();
    released("fct_sale");
    site.sell(NEXT, "a 75", "b 90");

    List<String> ends = build(NEXT, NEXT);

    assertTrue(ends.contains("fct_sale 2026-11-16 committed"), ends.toString());
    site.sell(ODD, "a 81", "b 80");
    assertTrue(
        build(ODD, ODD).contains("fct_sale 2026-11-15 committed"), "told a little otherwise");
    assertEquals(RELEASED, site.entry("fct_sale", ODD).hold().decision());
  }

  @Test
  void what_is_rejected_stays_out_until_the_source_tells_the_day_otherwise() {
    sellEightTimesAsMuch();
    for (String name : List.of("fct_sale", "fct_day", "fct_until")) {
      PartitionOutcome end = table(name).reject(Partition.of(ODD), REJECTED, "run-r");
      assertEquals("rejected", end.state());
      assertTrue(end.explain().contains("rejected by kim"), end.explain());
    }

    assertEquals(
        List.of(
            "fct_sale 2026-11-15 rejected",
            "fct_day 2026-11-15 rejected",
            "fct_until 2026-11-15 rejected"),
        build(ODD, ODD));
    assertEquals("unchanged", released("fct_sale"), "nothing is held any more");
    assertEquals(List.of(), toDo(), "and nothing is to be done");
    site.visit(ODD);
    assertEquals("fct_day 2026-11-15 rejected", build(ODD, ODD).get(1), "other inputs came");
    site.sell(NEXT, "a 10", "b 10");
    build(NEXT, NEXT);
    assertEquals(List.of("fct_day/2026-11-15 (rejected)"), without("fct_until", NEXT));

    site.sell(ODD, "a 12", "b 10");
    assertEquals(
        List.of(
            "fct_sale 2026-11-15 committed",
            "fct_day 2026-11-15 committed",
            "fct_until 2026-11-15 committed"),
        build(ODD, ODD));
  }

  /** What it is built from comes out as it was staged, so that its inputs are the same. */
  @Test
  void what_only_followed_is_let_go_with_what_it_followed() {
    site.close();
    folders.put("process/fct_open/schema.yml", oneRow("fct_sale"));
    folders.put(
        "process/fct_open/query.sql",
        "-- one row per day\nselect run_date() as day, count(distinct shop) as shops from fct_sale");
    folders.put("process/fct_shops/schema.yml", oneRow("fct_open"));
    folders.put(
        "process/fct_shops/query.sql", "-- one row per day\nselect day, shops from fct_open");
    site = new TestSite(Sites.below(folder, 7, TestSite.shop()), folders);
    sellEightTimesAsMuch();
    assertEquals(List.of("2026-11-15 held"), states(site.build("fct_open", ODD, ODD)));
    assertEquals(List.of("2026-11-15 held"), states(site.build("fct_shops", ODD, ODD)));

    site.sell(ODD, "a 12", "b 10");
    build(ODD, ODD);

    assertEquals(List.of("2026-11-15 committed"), states(site.build("fct_open", ODD, ODD)));
    assertEquals(List.of("2026-11-15 committed"), states(site.build("fct_shops", ODD, ODD)));
    assertEquals(List.of("2026-11-15 unchanged"), states(site.build("fct_shops", ODD, ODD)));
  }

  private static String oneRow(String input) {
    return """
        grain: one row per day
        partition: day
        key: [day]
        inputs: {%s: {required: true}}
        columns: [{name: day, type: date}, {name: shops, type: long}]
        checks: [{fail: unique, columns: [day]}]
        """
        .formatted(input);
  }

  @Test
  void a_restated_day_far_from_what_readers_see_is_held_and_the_version_before_it_stays() {
    site.sell(ODD, "a 10", "b 10");
    build(ODD, ODD);

    assertEquals(
        List.of("fct_sale 2026-11-15 held", "fct_day 2026-11-15 held", "fct_until 2026-11-15 held"),
        sellEightTimesAsMuch());

    assertEquals(List.of("300.0000"), amounts("fct_until", ODD), "the version before");
    site.sell(NEXT, "a 10", "b 10");
    build(NEXT, NEXT);
    assertEquals(List.of("320.0000"), amounts("fct_until", NEXT), "built on that version");
    assertEquals(List.of("fct_day/2026-11-15 (held)"), without("fct_until", NEXT));
  }

  @Test
  void vacuum_spares_what_is_held_and_not_what_was_rejected() {
    sellEightTimesAsMuch();
    table("fct_day").reject(Partition.of(ODD), REJECTED, "run-r");
    Retention nothing = new Retention(Duration.ZERO, 1, Duration.ZERO);
    Instant later = Instant.now().plusSeconds(60);

    table("fct_sale").vacuum(nothing, later);
    table("fct_day").vacuum(nothing, later);

    assertEquals("committed", released("fct_sale"));
    assertEquals(1, table("fct_day").snapshots());
  }

  @Test
  void a_day_that_the_site_file_calls_special_is_not_held() throws IOException {
    site.close();
    Path file =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: test\nhome: "
                + folder
                + "\nlookback_days: 7\nspecial_days: [2026-11-15]\nchannels: {shop: {}}\n");
    site = new TestSite(SiteConfig.read(file, Map.of()), folders);

    assertEquals(3, sellEightTimesAsMuch().stream().filter(s -> s.endsWith("committed")).count());
    site.sell(NEXT, "a 80", "b 80");
    assertTrue(build(NEXT, NEXT).contains("fct_sale 2026-11-16 held"), "it taught nothing");
  }

  @Test
  void a_range_with_an_unusual_day_among_usual_ones_holds_only_that_one() {
    sellEightTimesAsMuch();
    IntStream.range(0, 14).forEach(i -> site.sell(D1.plusDays(i), "a 10", "b 11"));

    List<String> ends = build(D1, NEXT.minusDays(1));

    assertEquals(42, ends.stream().filter(s -> s.endsWith("committed")).count(), ends.toString());
    assertEquals(List.of("294.0000"), amounts("fct_until", ODD.minusDays(1)), "14 days of 21");
    assertEquals(3, ends.stream().filter(s -> s.endsWith("held")).count(), ends.toString());
  }
}
