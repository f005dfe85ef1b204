package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);

  @TempDir private Path folder;

  @Test
  void a_file_of_each_day_holds_the_rows_of_the_truth() throws IOException {
    Market market = Market.simulate(3, FROM, 6, 0.3);
    new DropFolder(folder.resolve("drop")).fill(market, FROM.plusDays(5));

    Truth truth = Truth.of(market, new Dirt(3));
    assertEquals(truth.rowsServed().get(Sources.CLICKS), rows("clicks"));
    assertEquals(truth.rowsServed().get(Sources.COMPLETIONS), rows("completions"));
    assertTrue(truth.duplicates().get(Sources.COMPLETIONS) > 0, "some are told twice");
  }

  private Map<String, Long> rows(String kind) throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    for (int d = 0; d < 6; d++) {
      LocalDate day = FROM.plusDays(d);
      List<String> lines = Files.readAllLines(folder.resolve("drop/" + kind + "-" + day + ".csv"));
      assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith(day + " ")), kind);
      rows.put(day.toString(), lines.size() - 1L);
    }
    return rows;
  }

  @Test
  void nothing_is_told_of_a_day_that_has_not_come() {
    new DropFolder(folder).fill(Market.simulate(3, FROM, 6, 0.3), FROM.plusDays(2));

    assertTrue(Files.exists(folder.resolve("clicks-2026-11-03.csv")));
    assertFalse(Files.exists(folder.resolve("clicks-2026-11-04.csv")));
  }
}
