package ltv.calculate.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two hundred small worlds: segments and movements are those of plain Java, row for row. */
class SegmentPropertyTest {
  private static final int WORLDS = 200;
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 19);
  private static final BigDecimal VIP = new BigDecimal(1_000_000);
  private static final Dataset SEGMENTS = Repository.datasets().get("customer_segment");
  private static final Dataset MOVEMENT = Repository.datasets().get("mart_segment_movement");

  private static DuckDbSession session;

  @BeforeAll
  static void open() {
    session = DuckDbCases.open();
    session.define("run_date", AS_OF);
    session.define("param_vip_revenue", VIP.toPlainString());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @TestFactory
  Stream<DynamicTest> worlds() {
    return IntStream.rangeClosed(1, WORLDS)
        .mapToObj(seed -> DynamicTest.dynamicTest("world " + seed, () -> equal(people(seed))));
  }

  /**
   * Somebody who buys.
   *
   * @param days with what was paid on each
   * @param refunds on days, below zero
   * @param due days after the last purchase that a model tells, null without one
   */
  private record Person(
      String id,
      TreeMap<LocalDate, Integer> days,
      TreeMap<LocalDate, Integer> refunds,
      Integer due) {
    TreeMap<LocalDate, Integer> until(TreeMap<LocalDate, Integer> all, LocalDate day) {
      return new TreeMap<>(all.headMap(day, true));
    }

    long paid(LocalDate day) {
      return Stream.of(days, refunds)
          .flatMap(all -> until(all, day).values().stream())
          .mapToLong(won -> won)
          .sum();
    }

    String segment(LocalDate day) {
      int visits = until(days, day).size();
      if (visits == 0) {
        return "none";
      }
      return paid(day) >= VIP.longValue()
          ? "vip"
          : visits <= 3 ? "new" : visits <= 10 ? "growing" : "loyal";
    }

    List<Long> gaps() {
      List<Long> gaps = new ArrayList<>();
      LocalDate before = null;
      for (LocalDate day : until(days, AS_OF).keySet()) {
        if (before != null) {
          gaps.add(day.toEpochDay() - before.toEpochDay());
        }
        before = day;
      }
      return gaps;
    }
  }

  /** Few visits or many, small sums or large, the last around the days on which tags begin. */
  private static List<Person> people(long seed) {
    Random random = new Random(seed);
    List<Person> people = new ArrayList<>();
    for (int p = random.nextInt(9); p > 0; p--) {
      TreeMap<LocalDate, Integer> days = new TreeMap<>();
      LocalDate day =
          AS_OF.minusDays(List.of(-2, 0, 6, 7, 8, 19, 20, 29, 30, 31).get(random.nextInt(10)));
      int each = random.nextInt(3) == 0 ? 250_000 : 1_000;
      for (int visits = 1 + random.nextInt(random.nextBoolean() ? 4 : 13); visits > 0; visits--) {
        days.put(day, each * (1 + random.nextInt(2)));
        day = day.minusDays(1 + random.nextInt(9));
      }
      TreeMap<LocalDate, Integer> refunds = new TreeMap<>();
      for (int back = random.nextInt(3); back > 0; back--) {
        refunds.put(AS_OF.minusDays(random.nextInt(12) - 1), -each);
      }
      Integer due = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : null;
      people.add(new Person("p" + p, days, refunds, due));
    }
    return people;
  }

  private static void equal(List<Person> people) {
    DuckDbCases.give(session, "customer_day", rows(people, SegmentPropertyTest::days));
    DuckDbCases.give(session, "fct_order", rows(people, SegmentPropertyTest::refunds));
    DuckDbCases.give(session, "customer_history", rows(people, p -> List.of(history(p))));
    DuckDbCases.give(
        session,
        "customer_score",
        rows(people, p -> p.due == null ? List.of() : List.of(score(p))));
    SEGMENTS.build(session, SEGMENTS.name());

    assertEquals(segments(people), built(SEGMENTS, SEGMENTS.name()));

    MOVEMENT.build(session, "built");
    assertEquals(movements(segments(people)), built(MOVEMENT, "built"));
  }

  private static String segments(List<Person> people) {
    List<Long> all = people.stream().flatMap(p -> p.gaps().stream()).toList();
    return people.stream()
        .filter(p -> p.days.firstKey().compareTo(AS_OF) <= 0)
        .map(p -> line(p, all))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String line(Person person, List<Long> all) {
    LocalDate last = person.days.floorKey(AS_OF);
    long silent = AS_OF.toEpochDay() - last.toEpochDay();
    List<Long> own = person.gaps();
    String by =
        person.due != null ? "model" : own.size() >= 3 ? "own" : all.isEmpty() ? null : "everybody";
    LocalDate expected =
        by == null
            ? null
            : last.plusDays(by.equals("model") ? person.due : median(by.equals("own") ? own : all));
    boolean late = expected != null && AS_OF.isAfter(expected);
    String segment = person.segment(AS_OF);
    boolean isNew = segment.equals("new");
    return Arrays.asList(
            AS_OF,
            person.id,
            segment,
            person.segment(AS_OF.minusDays(7)),
            person.until(person.days, AS_OF).size(),
            new BigDecimal(person.paid(AS_OF)).setScale(4),
            last,
            silent,
            expected,
            by,
            late,
            isNew && silent >= 7 && silent < 20,
            isNew && silent >= 20,
            silent >= 30,
            segment.equals("growing") && late,
            segment.equals("loyal") && late)
        .toString();
  }

  /** Rounded up: a visit is expected on a day. */
  private static long median(List<Long> gaps) {
    List<Long> sorted = gaps.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half) + 1) / 2;
  }

  private static String movements(String segments) {
    Map<String, BigDecimal[]> sums = new TreeMap<>();
    segments
        .lines()
        .map(line -> line.substring(1, line.length() - 1).split(", "))
        .forEach(
            c -> {
              BigDecimal[] sum =
                  sums.computeIfAbsent(
                      c[3] + ", " + c[2],
                      k ->
                          new BigDecimal[] {
                            BigDecimal.ZERO, new BigDecimal("0.0000"), BigDecimal.ZERO
                          });
              sum[0] = sum[0].add(BigDecimal.ONE);
              sum[1] = sum[1].add(new BigDecimal(c[5]));
              sum[2] = sum[2].add(c[10].equals("true") ? BigDecimal.ONE : BigDecimal.ZERO);
            });
    return sums.entrySet().stream()
        .map(
            e ->
                "[%s, %s, %s, %s, %s]"
                    .formatted(
                        AS_OF, e.getKey(), e.getValue()[0], e.getValue()[1], e.getValue()[2]))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static List<Map<String, String>> days(Person p) {
    return p.days.entrySet().stream()
        .map(
            e ->
                Map.of(
                    "customer_id",
                    p.id,
                    "order_date",
                    "" + e.getKey(),
                    "revenue",
                    "" + e.getValue()))
        .toList();
  }

  private static List<Map<String, String>> refunds(Person p) {
    return p.refunds.entrySet().stream()
        .map(
            e ->
                Map.of(
                    "person_id",
                    p.id,
                    "kind",
                    "refund",
                    "order_date",
                    "" + e.getKey(),
                    "revenue",
                    "" + e.getValue()))
        .toList();
  }

  /** Everybody has a history of one's own, so that a score is one person's. */
  private static Map<String, String> history(Person p) {
    return Map.of(
        "customer_id",
        p.id,
        "repeat_days",
        p.id.substring(1),
        "last_repeat_age",
        "1",
        "age_days",
        "2",
        "subscribed",
        "false");
  }

  private static Map<String, String> score(Person p) {
    return Map.of(
        "repeat_days",
        p.id.substring(1),
        "last_repeat_age",
        "1",
        "age_days",
        "2",
        "subscribed",
        "false",
        "due_days",
        "" + p.due);
  }

  private static List<Map<String, String>> rows(
      List<Person> people, Function<Person, List<Map<String, String>>> of) {
    return people.stream().flatMap(p -> of.apply(p).stream()).toList();
  }

  private static String built(Dataset dataset, String name) {
    String columns =
        dataset.schema().columns().stream().map(Column::name).collect(Collectors.joining(", "));
    return session.rows("select " + columns + " from " + name).stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
