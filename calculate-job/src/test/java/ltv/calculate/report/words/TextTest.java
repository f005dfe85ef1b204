package ltv.calculate.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.MissingResourceException;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Week;
import org.junit.jupiter.api.Test;

class TextTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private final Text korean = new Text("ko", "KRW", SEOUL);
  private final Text english = new Text("en", "KRW", SEOUL);

  @Test
  void money() {
    assertEquals("1,234,567원", korean.value(1_234_566.5, Kind.MONEY));
    assertEquals("₩1,234,567", english.value(1_234_566.5, Kind.MONEY));
    assertEquals("−₩12", english.value(-12.0, Kind.MONEY));
    assertEquals("0원", korean.value(-.4, Kind.MONEY));
    assertEquals("USD 1,234.50", new Text("en", "USD", SEOUL).value(1234.5, Kind.MONEY));
    assertEquals("1.75억원", korean.headline(175_138_300.0, Kind.MONEY));
    assertEquals("1,235만원", korean.headline(12_345_678.0, Kind.MONEY));
    assertEquals("52,640원", korean.headline(52_640.0, Kind.MONEY));
    assertEquals("₩175,138,300", english.headline(175_138_300.0, Kind.MONEY));
  }

  @Test
  void other_numbers() {
    assertEquals("26.9%", korean.value(.26934, Kind.PERCENT));
    assertEquals("172%", english.value(1.7249, Kind.WHOLE_PERCENT));
    assertEquals("1.62×", english.value(1.615, Kind.TIMES));
    assertEquals("1,234", english.value(1234L, Kind.COUNT));
    assertEquals("33일", korean.value(33L, Kind.DAYS));
    assertEquals("33 days", english.value(33L, Kind.DAYS));
  }

  @Test
  void what_is_missing_is_a_dash() {
    for (Kind kind : Kind.values()) {
      assertEquals("–", korean.value(null, kind));
    }
    assertEquals("–", english.value(new Estimate(null, null, null), Kind.MONEY));
    assertEquals("–", english.band(new Estimate(1.0, null, null), Kind.MONEY));
    assertEquals("₩1 – ₩3", english.band(new Estimate(2.0, 1.0, 3.0), Kind.MONEY));
    assertEquals("from 83 days", english.band(new Estimate(null, 83.0, null), Kind.DAYS));
    assertEquals("9일까지", korean.band(new Estimate(null, null, 9.0), Kind.DAYS));
  }

  @Test
  void changes() {
    assertEquals("+3.3%p", korean.change(headline(Kind.PERCENT, .384, .351)));
    assertEquals("+3.3 pts", english.change(headline(Kind.PERCENT, .384, .351)));
    assertEquals("−8일", korean.change(headline(Kind.DAYS, 33.0, 41.0)));
    assertEquals("+4.0%", english.change(headline(Kind.MONEY, 104.0, 100.0)));
    assertEquals("0.0%", english.change(headline(Kind.MONEY, 99.99, 100.0)));
    assertEquals("–", english.change(headline(Kind.MONEY, 104.0, 0.0)));
    assertEquals("–", english.change(headline(Kind.MONEY, 104.0, null)));
  }

  private static Headline headline(Kind kind, Double value, Double before) {
    return new Headline("", kind, value, before, 1, List.of());
  }

  @Test
  void days_and_weeks() {
    assertEquals("2026년 11월 19일 (목)", korean.day(LocalDate.of(2026, 11, 19)));
    assertEquals("Thu, 19 Nov 2026", english.day(LocalDate.of(2026, 11, 19)));
    Week week = Week.of("2026-W47");
    assertEquals(LocalDate.of(2026, 11, 16), week.monday());
    assertEquals("11월 3주차", korean.week(week));
    assertEquals("November, week 3", english.week(week));
    assertEquals("11.16 ~ 11.22", korean.range(week));
    assertEquals("2026-W47", week.toString());
  }

  /** 2026 has 53 weeks; the week of New Year's Day 2027 is the last of 2026. */
  @Test
  void weeks_at_the_turn_of_a_year() {
    assertEquals("2026-W53", Week.with(LocalDate.of(2027, 1, 1)).toString());
    assertEquals(LocalDate.of(2026, 12, 28), Week.of("2026-W53").monday());
    assertThrows(IllegalArgumentException.class, () -> Week.of("2027-W53"));
    assertThrows(IllegalArgumentException.class, () -> Week.of("2026-47"));
  }

  @Test
  void names_of_others_stay_what_they_are() {
    assertEquals("SKU-1 겨울 코트", Text.foreign("SKU-1 겨울 코트"));
    assertEquals("👩".repeat(40) + "…", Text.foreign("👩".repeat(300)));
    assertEquals("\u2068\u202Egnp.eman\u2069", Text.foreign("\u202Egnp.eman"));
    assertEquals("\u2068שלום\u2069", Text.foreign("שלום"));
    assertEquals("{1}, week $1", english.of("common.week", "{1}", "$1"));
  }

  @Test
  void changes_that_stand_in_tables() {
    assertEquals("+8.6%", korean.value(.086, Kind.CHANGE));
    assertEquals("−100.0%", english.value(-1.0, Kind.CHANGE));
    assertEquals("0.0%", english.value(-.0001, Kind.CHANGE));
  }

  @Test
  void a_word_that_is_missing_is_no_word() {
    assertThrows(MissingResourceException.class, () -> english.of("common.nope"));
    assertEquals("nope", english.orSelf("reasons", "nope"));
  }
}
