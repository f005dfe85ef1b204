package ltv.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import ltv.config.DatabaseSettings;
import ltv.config.Secret;
import ltv.config.Sites;
import ltv.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path folder;

  @Test
  void a_site_that_has_what_it_needs_is_well_and_nothing_is_left_behind() throws IOException {
    Doctor doctor = new Doctor(Sites.below(folder), "run");

    doctor.examine(Clock.systemUTC());

    assertEquals(5, doctor.findings().size());
    assertTrue(
        doctor.findings().stream().allMatch(f -> f.startsWith("ok ")), "" + doctor.findings());
    assertTrue(Files.notExists(folder.resolve("warehouse/_doctor/run")), "the probe is deleted");
  }

  @Test
  void every_complaint_is_told_and_names_what_cannot_be_used() throws IOException {
    Files.writeString(folder.resolve("landing"), "a file where a folder should be");
    DatabaseSettings nobody =
        new DatabaseSettings(null, "jdbc:mariadb://127.0.0.1:1/ltv_mart", "w", new Secret("w"));
    Doctor doctor = new Doctor(Sites.serving(Sites.below(folder), nobody), "run");

    doctor.examine(Clock.systemUTC());

    assertEquals(2, doctor.failures().size(), "" + doctor.findings());
    assertEquals(ExitCode.CONFLICT, doctor.failures().get(0).exitCode());
    assertTrue(
        doctor.findings().get(1).startsWith("BAD   marts jdbc:mariadb://127.0.0.1:1/ltv_mart"));
    assertTrue(doctor.findings().get(3).startsWith("BAD   landing "), "" + doctor.findings());
  }
}
