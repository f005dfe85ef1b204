package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Erasing from a site of files, where things are not as they should be. */
@ResourceLock(Resources.SYSTEM_OUT)
class ErasureTest {
  private static final String GOOD =
      "customer,day,amount\nmember-17,2026-11-19,1000\nmember-18,2026-11-19,7\n";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void aDay() throws IOException {
    site = new FileSite(folder, FileSite.DAILY);
    site.drop(FileSite.TODAY, GOOD).run();
  }

  private FileSite.Ended erase() throws IOException {
    return site.execute("erase", "--subject", "member-17");
  }

  @Test
  void a_day_whose_newest_build_is_held_is_erased_in_both() throws IOException {
    String bad = "member-17,2026-11-19,much\nmember-19,2026-11-19,little\n";
    assertEquals(65, site.drop(FileSite.TODAY, GOOD + bad + bad).run().exit());
    assertEquals(65, site.drop(FileSite.TODAY, GOOD + bad + bad + bad).run().exit());

    FileSite.Ended erased = erase();

    assertEquals(65, erased.exit(), "the day is held again");
    assertTrue(erased.out().contains("\"erased.landed_rows\":\"8\""), erased.out());
    assertEquals(List.of("o-2026-11-19.csv:2 member-18 7.0000 -"), site.rows());
    assertEquals(2, site.snapshots(), "what readers see, and what is held");
    try (Stream<Path> left = Files.walk(site.home().resolve("scratch"))) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void what_is_found_where_nothing_may_be_removed_is_told_by_name() throws IOException {
    Path stray = site.home().resolve("landing/old/notes.txt");
    Files.createDirectories(stray.getParent());
    Files.writeString(stray, "asked by Member-17.");

    FileSite.Ended erased = erase();

    assertEquals(66, erased.exit());
    assertTrue(erased.problems().contains("landing/old/notes.txt"), erased::problems);
    Files.delete(stray);
    assertEquals(0, erase().exit());
  }

  @Test
  void nobody_and_too_little_are_refused() throws IOException {
    assertEquals(64, site.execute("erase").exit());
    assertEquals(64, site.execute("erase", "--subject", "7").exit());
    String zeros = "00000000-0000-0000-0000-000000000000";
    assertEquals(64, site.execute("erase", "--subject", zeros).exit(), "all who opted out");
    assertEquals(2, site.rows().size());
  }
}
