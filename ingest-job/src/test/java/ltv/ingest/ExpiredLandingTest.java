package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A site that keeps what landed for thirty days. */
@ResourceLock(Resources.SYSTEM_OUT)
class ExpiredLandingTest {
  private static final String DAY = " --from 2026-11-19 --to 2026-11-19";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void aDayThatWasReadLongAgo() throws IOException {
    site = new FileSite(folder, FileSite.DAILY);
    Files.writeString(
        folder.resolve("site.yaml"), "keep_landing_days: 30\n", StandardOpenOption.APPEND);
    site.drop(FileSite.TODAY, "customer,day,amount\n7,2026-11-19,1000\n77,2026-11-19,7\n");
    site.run();
    age(landed(), 31);
  }

  private List<Path> landed() throws IOException {
    try (Stream<Path> files = Files.walk(site.home().resolve("landing"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void age(List<Path> files, int days) throws IOException {
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }
  }

  @Test
  void vacuum_removes_it_and_verify_says_so_while_the_rows_stay() throws IOException {
    assertEquals(0, site.execute("vacuum").exit());

    assertEquals(List.of(), landed());
    FileSite.Ended verified = site.execute("verify" + DAY);
    assertEquals(66, verified.exit());
    assertTrue(verified.problems().contains("its landing has expired"), verified::problems);
    assertEquals(2, site.rows().size());
  }

  @Test
  void a_page_that_a_later_reading_names_stays() throws IOException {
    site.drop(
        FileSite.TODAY,
        "customer,day,amount\n7,2026-11-19,1000\n77,2026-11-19,7\n8,2026-11-19,7\n");
    site.run();
    site.drop(FileSite.TODAY, "customer,day,amount\n7,2026-11-19,1000\n77,2026-11-19,7\n");
    site.run();
    long before = landed().size();

    site.execute("vacuum");

    assertTrue(landed().size() < before, "the first reading is gone");
    assertEquals(0, site.execute("verify" + DAY).exit());
  }

  @Test
  void what_is_younger_stays() throws IOException {
    age(landed(), 29);
    site.execute("vacuum");

    assertFalse(landed().isEmpty());
    assertEquals(0, site.execute("verify" + DAY).exit());
  }

  @Test
  void a_person_is_erased_from_rows_whose_landing_is_gone() throws IOException {
    site.execute("vacuum");

    FileSite.Ended erased = site.execute("erase", "--customer-id", "7");

    assertEquals(0, erased.exit(), erased.out());
    assertEquals(List.of("o-2026-11-19.csv:2 77 7.0000 -"), site.rows());
    assertEquals(1, site.snapshots());
  }

  @Test
  void a_file_that_is_kept_in_the_folder_is_not_the_landing() throws IOException {
    site.execute("erase", "--customer-id", "7");

    assertEquals(List.of("o-2026-11-19.csv:1 77 7.0000 -"), site.rows());
    assertEquals(0, site.execute("verify" + DAY).exit());
  }
}
