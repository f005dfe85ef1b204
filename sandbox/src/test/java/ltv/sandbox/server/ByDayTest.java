package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByDayTest {
  private static final LocalDate D1 = LocalDate.of(2026, 11, 1);

  @Test
  void both_ends_of_a_range_are_in_it_and_a_reversed_one_is_empty() {
    ByDay<String> values = new ByDay<>();
    values.add(D1.plusDays(2), "third");
    values.add(D1, "first");
    values.add(D1, "first again");

    assertEquals(List.of("first", "first again"), values.between(D1, D1.plusDays(1)));
    assertEquals(List.of("third"), values.between(D1.plusDays(1), D1.plusDays(2)));
    assertEquals(List.of(), values.between(D1.plusDays(2), D1));
  }
}
