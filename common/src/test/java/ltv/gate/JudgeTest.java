package ltv.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import ltv.gate.Usual.Rate;
import ltv.lake.Hold;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);
  private static final Usual ADS =
      new Usual(
          "channel",
          List.of("clicks", "conversions"),
          List.of("spend"),
          List.of(new Rate("conversions", "clicks")),
          "last_at");

  private final SortedMap<Partition, LedgerEntry> published = new TreeMap<>();

  /** Publishes so many days before the Monday, each as this function of it says. */
  private void publish(int days, Function<LocalDate, Map<String, String>> totals) {
    for (LocalDate day = MONDAY.minusDays(days); day.isBefore(MONDAY); day = day.plusDays(1)) {
      publish(day, totals.apply(day), false);
    }
  }

  private void publish(LocalDate day, Map<String, String> totals, boolean released) {
    Hold.Decision decision = new Hold.Decision(true, "kim", "a sale", "2026-11-01T00:00:00Z");
    published.put(
        Partition.of(day),
        new LedgerEntry(
            "d",
            day.toString(),
            LedgerEntry.State.COMMITTED,
            "run",
            "recipe",
            "inputs",
            "content",
            -1,
            9,
            Map.of(),
            totals,
            List.of(),
            Map.of(),
            Map.of(),
            "",
            released ? new Hold(List.of("unusual"), List.of(), false, decision) : null));
  }

  /** A day of one channel: the same on weekdays, half of it on weekends, and a little off. */
  private static Map<String, String> meta(LocalDate day) {
    double part =
        (day.getDayOfWeek().getValue() > 5 ? .5 : 1) * (1 + day.toEpochDay() * 37 % 101 / 1000.);
    return day("meta", 2000 * part, 100 * part, 500_000 * part);
  }

  private static Map<String, String> day(
      String channel, double clicks, double conversions, double spend) {
    Map<String, String> day = new HashMap<>();
    day.put(channel + "|clicks", "%.0f".formatted(clicks));
    day.put(channel + "|conversions", "%.2f".formatted(conversions));
    day.put(channel + "|spend", "%.4f".formatted(spend));
    return day;
  }

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }

  private List<String> unusual(LocalDate day, Map<String, String> totals) {
    return Judge.unusual(ADS, day, Set.of(), totals, published);
  }

  @Test
  void thirteen_days_are_too_few_to_know_what_is_usual() {
    publish(13, JudgeTest::meta);
    assertEquals(List.of(), unusual(MONDAY, day("meta", 1, 1, 9e9)));

    publish(14, JudgeTest::meta);
    assertEquals(3, unusual(MONDAY, day("meta", 1, 1, 9e9)).size());
  }

  @Test
  void a_weekday_is_compared_with_its_like() {
    publish(35, JudgeTest::meta);
    LocalDate saturday = MONDAY.minusDays(2);
    published.remove(Partition.of(saturday));
    published.remove(Partition.of(MONDAY.minusDays(1)));

    assertEquals(List.of(), unusual(saturday, meta(saturday)));
    assertEquals(
        List.of(
            "meta spend: 1,000,000; usual for a Saturday is 264,236, from 155,433 to 449,201 (33 days)"),
        unusual(saturday, day("meta", 1020, 51, 1_000_000)));
    assertEquals(List.of(), unusual(MONDAY, day("meta", 2000, 100, 510_000)));
  }

  @Test
  void a_channel_that_is_there_day_by_day_is_missed_and_one_that_comes_and_goes_is_not() {
    publish(
        28,
        day ->
            day.getDayOfMonth() % 3 == 0
                ? with(meta(day), day("naver", 500, 20, 90_000))
                : meta(day));

    assertEquals(
        List.of("clicks", "conversions", "spend"),
        unusual(MONDAY, Map.of()).stream().map(s -> s.split("[ :]")[1]).toList());
    assertTrue(
        unusual(MONDAY, Map.of()).get(2).startsWith("meta spend: none; usual for a Monday is 5"));
    assertEquals(List.of(), unusual(MONDAY, meta(MONDAY)));
    assertEquals(
        List.of(),
        unusual(MONDAY, with(meta(MONDAY), day("adison", 900, 90, 400_000))),
        "a new one");
  }

  @Test
  void what_is_a_hundredth_of_the_whole_holds_no_day() {
    publish(28, day -> with(meta(day), day("tiny", 15, .5, 3000)));

    assertEquals(List.of(), unusual(MONDAY, meta(MONDAY)));
    assertEquals(List.of(), unusual(MONDAY, with(meta(MONDAY), day("tiny", 150, 5, 30_000))));
  }

  @Test
  void few_may_be_none_by_chance_and_many_may_not() {
    Usual installs = new Usual("channel", List.of("users"), List.of(), List.of(), null);
    publish(28, day -> Map.of("meta|users", "5"));
    assertEquals(List.of(), Judge.unusual(installs, MONDAY, Set.of(), Map.of(), published));
    assertEquals(
        List.of(),
        Judge.unusual(installs, MONDAY, Set.of(), Map.of("meta|users", "12"), published));

    publish(28, day -> Map.of("meta|users", "50"));
    assertEquals(1, Judge.unusual(installs, MONDAY, Set.of(), Map.of(), published).size());
  }

  @Test
  void a_rate_drops_though_its_parts_alone_would_pass() {
    publish(28, JudgeTest::meta);

    List<String> found = unusual(MONDAY, day("meta", 2800, 70, 700_000));

    assertEquals(1, found.size(), found.toString());
    assertTrue(
        found.get(0).startsWith("meta conversions per clicks: 0.02500; usual for a Monday is 0.05"),
        found.get(0));
    assertEquals(
        1,
        unusual(MONDAY, with(day("meta", 0, 0, 510_000), Map.of("meta|conversions", "100"))).size(),
        "no clicks have no rate");
  }

  @Test
  void a_day_that_is_told_again_under_the_next_date_is_known_by_its_digits() {
    publish(28, JudgeTest::meta);
    LocalDate sunday = MONDAY.minusDays(1);
    publish(sunday, day("meta", 2011, 103.5, 503_217.25), false);

    assertEquals(
        List.of(
            "meta: the same numbers as on 2026-11-15, to the last digit: clicks 2011, conversions 103.5, spend 503217.25"),
        unusual(MONDAY, day("meta", 2011, 103.5, 503_217.25)));
    publish(
        28, day -> day("told", 1000 + day.getDayOfMonth(), 0, 2500 + 2.5 * day.getDayOfMonth()));
    assertEquals(
        List.of(),
        unusual(MONDAY, day("told", 1015, 0, 2537.5)),
        "so much for each: as many by chance are as much");
    publish(28, day -> day("fixed", 2011, 103.5, 503_217.25));
    assertEquals(List.of(), unusual(MONDAY, day("fixed", 2011, 103.5, 503_217.25)));
  }

  @Test
  void rows_that_end_hours_before_they_use_to_are_not_all_there() {
    publish(28, day -> with(meta(day), Map.of("meta|reaches", "" + (890 + day.getDayOfMonth()))));

    assertEquals(List.of(), unusual(MONDAY, with(meta(MONDAY), Map.of("meta|reaches", "800"))));
    assertEquals(
        List.of("meta: the last row is 5.9 hours before the end that is usual"),
        unusual(MONDAY, with(meta(MONDAY), Map.of("meta|reaches", "540"))));
  }

  @Test
  void what_somebody_released_is_no_surprise_for_four_weeks() {
    publish(56, JudgeTest::meta);
    Map<String, String> sale = day("meta", 16_000, 800, 4_000_000);
    assertEquals(3, unusual(MONDAY, sale).size());

    publish(MONDAY.minusDays(28), sale, true);
    assertEquals(List.of(), unusual(MONDAY, day("meta", 15_000, 790, 3_900_000)));
    assertEquals(
        3,
        unusual(MONDAY, day("meta", 32_000, 1600, 9_000_000)).size(),
        "twice that is another matter");
    assertEquals(List.of(), unusual(MONDAY, meta(MONDAY)), "and back to usual");

    publish(MONDAY.minusDays(28), meta(MONDAY.minusDays(28)), false);
    publish(MONDAY.minusDays(29), sale, true);
    assertEquals(3, unusual(MONDAY, day("meta", 15_000, 790, 3_900_000)).size());
  }

  @Test
  void a_restatement_near_what_readers_see_is_not_held() {
    publish(28, JudgeTest::meta);
    publish(MONDAY, day("meta", 16_000, 800, 4_000_000), false);

    assertEquals(List.of(), unusual(MONDAY, day("meta", 16_100, 801, 4_100_000)));
    assertEquals(3, unusual(MONDAY, day("meta", 80_000, 4000, 20_000_000)).size());
  }

  @Test
  void a_day_that_is_known_to_be_unlike_others_may_be_any_but_none() {
    publish(28, JudgeTest::meta);
    Map<String, String> sunday = day("meta", 2011, 103.5, 503_217.25);
    publish(MONDAY.minusDays(1), sunday, false);
    Map<String, String> sale = day("meta", 16_000, 1600, 4_000_000);
    assertEquals(4, unusual(MONDAY, sale).size());

    Set<LocalDate> special = Set.of(MONDAY);
    assertEquals(List.of(), Judge.unusual(ADS, MONDAY, special, sale, published));
    assertEquals(
        List.of("clicks", "conversions", "spend"),
        Judge.unusual(ADS, MONDAY, special, Map.of(), published).stream()
            .map(s -> s.split("[ :]")[1])
            .toList());
    assertEquals(
        1, Judge.unusual(ADS, MONDAY, special, sunday, published).size(), "Sunday told again");
  }

  @Test
  void a_day_that_is_known_to_be_unlike_others_teaches_nothing() {
    publish(14, JudgeTest::meta);
    publish(MONDAY.minusDays(7), day("meta", 3000, 150, 750_000), false);
    Map<String, String> odd = day("meta", 160_000, 8000, 40_000_000);
    assertEquals(3, unusual(MONDAY, odd).size());

    assertEquals(
        List.of(),
        Judge.unusual(ADS, MONDAY, Set.of(MONDAY.minusDays(7)), odd, published),
        "thirteen days are left");
  }

  @Test
  void steady_growth_is_followed() {
    publish(
        56,
        day -> {
          double part = Math.pow(1.03, 56 - (MONDAY.toEpochDay() - day.toEpochDay()));
          return day("meta", 2000 * part, 100 * part, 500_000 * part);
        });
    double part = Math.pow(1.03, 56);

    assertEquals(List.of(), unusual(MONDAY, day("meta", 2000 * part, 100 * part, 500_000 * part)));
  }

  @Test
  void a_rule_names_what_it_counts() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Usual(
                    "channel",
                    List.of("clicks"),
                    List.of(),
                    List.of(new Rate("conversions", "clicks")),
                    null));
    assertEquals(
        "usual: the rate conversions per clicks is of something that is not among counts and sums",
        refused.getMessage());
  }
}
