package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchSettingsTest {
  @TempDir private Path folder;

  private SiteConfig read(String settings) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, "site: demo\nhome: out\n" + settings);
    return SiteConfig.read(file, Map.of("KEY", "hush"));
  }

  @Test
  void a_site_that_says_nothing_has_figures_below_its_home_and_tells_nobody() throws IOException {
    SiteConfig site = read("");

    assertEquals(Path.of("out/metrics"), site.metrics().textfile());
    assertNull(site.metrics().pushgateway());
    assertNull(site.lineage().openlineage());
  }

  @Test
  void who_is_told_is_read_with_a_secret_that_never_shows_itself() throws IOException {
    SiteConfig site =
        read(
            "metrics: {textfile: /var/lib/prom, pushgateway: {url: \"http://p:9091\"}}\n"
                + "lineage: {openlineage: {url: \"https://m/api\", api_key: \"${KEY}\", namespace: n}}\n");

    assertEquals(Path.of("/var/lib/prom"), site.metrics().textfile());
    assertEquals("http://p:9091", site.metrics().pushgateway().url().toString());
    assertEquals("hush", site.lineage().openlineage().apiKey().reveal());
    assertFalse(site.toString().contains("hush"), site.toString());
  }

  @Test
  void everything_that_cannot_be_is_said_at_once() {
    JobException e =
        assertThrows(
            JobException.class,
            () ->
                read(
                    "metrics: {textfil: x, pushgateway: {url: \"http://u:p@h\"}}\n"
                        + "lineage: {openlineage: {file: a, url: \"ftp://x\", api_key: k, namespace: \" \"}}\n"));

    String address = "must look like http://host:9091, without a user, a query or a fragment";
    for (String problem :
        new String[] {
          "metrics.textfil is not a setting; did you mean textfile?",
          "metrics.pushgateway.url " + address,
          "lineage.openlineage.file or url must be given, one of the two",
          "lineage.openlineage.url " + address,
          "lineage.openlineage.namespace must not be empty"
        }) {
      assertEquals(true, e.getMessage().contains(problem), problem + "\n" + e.getMessage());
    }
  }
}
