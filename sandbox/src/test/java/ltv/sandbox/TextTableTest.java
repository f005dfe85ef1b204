package ltv.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void korean_letters_are_two_cells_wide_and_numbers_stand_right() {
    String table =
        TextTable.of(
            List.of(
                List.of("name", "won"),
                List.of("봄 신상", "1,234"),
                List.of("spring 1%", "5"),
                List.of("“quoted”", "-0.5%")));

    assertEquals(
        """
        name       won
        ----------------
        봄 신상    1,234
        spring 1%      5
        “quoted”   -0.5%
        """,
        table);
  }

  @Test
  void a_table_without_rows_is_its_header() {
    assertEquals("a  b\n----\n", TextTable.of(List.of(List.of("a", "b"))));
  }
}
