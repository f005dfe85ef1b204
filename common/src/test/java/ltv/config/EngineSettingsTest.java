package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EngineSettingsTest {
  private static final long TWO_GIB = 2L << 30;

  @Test
  void unset_it_is_half_of_the_memory_and_every_processor() {
    EngineSettings settings = new EngineSettings(null, null);

    assertEquals("1024MiB", EngineSettings.halfOf(TWO_GIB));
    assertTrue(settings.memoryLimit().matches("[1-9]\\d*MiB"), settings.memoryLimit());
    assertEquals(Runtime.getRuntime().availableProcessors(), settings.threads());
  }

  @Test
  void what_the_site_file_sets_stands() {
    EngineSettings settings = new EngineSettings(3, "750MB");

    assertEquals(3, settings.threads());
    assertEquals("750MB", settings.memoryLimit());
  }
}
