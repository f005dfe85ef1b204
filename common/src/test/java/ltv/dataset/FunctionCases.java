package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ltv.engine.Session;
import org.junit.jupiter.api.DynamicTest;

/** What the common functions return, on any engine. */
public final class FunctionCases {
  private static final Map<String, Object> EXPECTED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("days_between(date '2026-02-27', date '2026-03-01')", 2L),
              Map.entry("days_between(date '2026-03-01', date '2026-02-27')", -2L),
              Map.entry("add_days(date '2028-02-28', 1)", LocalDate.of(2028, 2, 29)),
              Map.entry("add_days(date '2026-01-01', -1)", LocalDate.of(2025, 12, 31)),
              Map.entry(
                  "seconds_between(cast('2026-11-18 23:59:59.999999' as timestamp), cast('2026-11-19 00:00:05' as timestamp))",
                  5L),
              Map.entry(
                  "seconds_between(cast('2026-11-19 00:00:05.5' as timestamp), cast('2026-11-19 00:00:00' as timestamp))",
                  -6L),
              Map.entry(
                  "day_in(cast('2026-11-18 15:00:00' as timestamp), 'Asia/Seoul')",
                  LocalDate.of(2026, 11, 19)),
              Map.entry(
                  "day_in(cast('2026-11-18 14:59:59.9' as timestamp), 'Asia/Seoul')",
                  LocalDate.of(2026, 11, 18)),
              Map.entry(
                  "day_in(cast('2026-07-01 04:59:59' as timestamp), 'America/Chicago')",
                  LocalDate.of(2026, 6, 30)),
              Map.entry("week_start(date '2026-11-22')", LocalDate.of(2026, 11, 16)),
              Map.entry("week_start(date '2026-11-23')", LocalDate.of(2026, 11, 23)),
              Map.entry("week_start(run_date())", LocalDate.of(2026, 11, 16)),
              Map.entry("param_reporting_currency()", "K'RW"),
              Map.entry(
                  "text_hash('한글')",
                  "bd87f9bb68b67d2fa1cb82b6751820e946d5b1316d25d5fd96512fb4be44a2a8"),
              Map.entry("name_key('KR | 봄 신상_1% 🍂 (V2)')", "kr봄신상1v2"),
              Map.entry("coalesce(name_key(' - 🍂'), 'none')", "none"),
              Map.entry("digits_of('a1b%20')", "120"),
              Map.entry("text_part('KR_UAC_구매', '^(?:[A-Z]{2})_([A-Z]+)_')", "UAC"),
              Map.entry("coalesce(text_part('봄', '^([A-Z]{2})_'), 'none')", "none"),
              Map.entry("(select count(*) from ages(3))", 4L),
              Map.entry("(select max(age) from ages(1200))", 1200L)));

  private FunctionCases() {}

  /** One test per expression. */
  public static Stream<DynamicTest> on(Supplier<Session> engine) {
    return EXPECTED.entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      try (Session session = engine.get()) {
                        session.define("run_date", LocalDate.of(2026, 11, 19));
                        session.define("param_reporting_currency", "K'RW");
                        assertEquals(
                            List.of(List.of(e.getValue())),
                            session.rows("select " + e.getKey() + " as x"));
                        assertEquals(
                            1, session.build("t", "select " + e.getKey() + " as x").size());
                      }
                    }));
  }
}
