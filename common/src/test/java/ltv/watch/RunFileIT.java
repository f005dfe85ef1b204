package ltv.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import ltv.config.DatabaseSettings;
import ltv.config.Secret;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.lake.Storage;
import ltv.run.JobMain;
import ltv.run.RunFlags;
import ltv.server.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunFileIT {
  @TempDir private Path folder;

  @Test
  void a_warehouse_of_objects_has_the_report_from_beginning_to_end() throws IOException {
    Path config = Files.writeString(folder.resolve("site.yaml"), "site: test");
    RunFlags flags =
        CommandLine.populateCommand(
            new RunFlags(), "--config", config.toString(), "--date", "2026-11-01");
    DatabaseSettings state =
        new DatabaseSettings(null, "jdbc:mariadb://nowhere/x", "u", new Secret("secret"));
    try (S3Server s3 = S3Server.start(folder.resolve("s3"))) {
      SiteConfig site =
          Sites.served(folder.resolve("home"), state, "s3://" + S3Server.BUCKET, s3.settings());
      List<String> states = new ArrayList<>();

      int exit =
          JobMain.run(
              "process",
              flags,
              (run, report) -> {
                var days = flags.days(site.timezone());
                RunWatch.begin(
                    run, site, Watched.run(flags, days, List.of()), report, name -> null);
                states.add(report(site).path("state").asText());
              });

      states.add(report(site).path("state").asText());
      assertEquals(List.of("started", "ended"), states);
      assertEquals(exit, report(site).path("exit").asInt());
      assertFalse(Files.exists(site.scratch().resolve("cache")), "a report is written again");
      assertEquals(
          1, RunFile.removeBefore(site, Clock.systemUTC().instant().plus(Duration.ofDays(2))));
    }
  }

  private static JsonNode report(SiteConfig site) {
    try (Storage warehouse = Storage.warehouse(site)) {
      var files = warehouse.list(warehouse.location("_runs"));
      assertEquals(1, files.size());
      return new ObjectMapper().readTree(warehouse.read(files.get(0).location()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
