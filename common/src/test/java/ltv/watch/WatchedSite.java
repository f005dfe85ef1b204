package ltv.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.dataset.BuildMode;
import ltv.dataset.Opened;
import ltv.dataset.SqlJob;
import ltv.dataset.TestSite;
import ltv.run.JobException;
import ltv.run.JobMain;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import picocli.CommandLine;

/** A small site whose cleanse job runs in this process and is watched. */
final class WatchedSite implements AutoCloseable {
  static final LocalDate DAY = TestSite.D1;

  private final Path folder;
  private final Path config;
  private final TestSite site;
  private final SiteConfig settings;

  /** A site with these settings beside its name and home. */
  WatchedSite(Path folder, String settings, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.config = folder.resolve("site.yaml");
    Files.writeString(
        config,
        "site: watched\nhome: %s\nchannels: {shop: {access_token: canary-token}}\n%s\n"
            .formatted(home(), settings));
    this.settings = SiteConfig.read(config, environment);
    this.site = new TestSite(this.settings, TestSite.FOLDERS);
  }

  Path home() {
    return folder.resolve("home");
  }

  TestSite site() {
    return site;
  }

  SiteConfig settings() {
    return settings;
  }

  /** What a run does beside the datasets of the job, before it looks at them. */
  interface Also {
    void run(RunReport report);
  }

  /** Runs cleanse with these flags; returns the exit code. */
  int cleanse(String... flags) {
    return cleanse(report -> {}, flags);
  }

  int cleanse(Also also, String... flags) {
    String[] all =
        Stream.concat(Stream.of("--config", config.toString()), Stream.of(flags))
            .toArray(String[]::new);
    RunFlags parsed = CommandLine.populateCommand(new RunFlags(), all);
    return JobMain.run(
        "cleanse",
        parsed,
        (run, report) -> {
          Opened opened = new Opened(run, settings, site.opened("cleanse").lake(), datasets());
          var days = parsed.days(settings.timezone());
          RunWatch watch =
              RunWatch.begin(
                  run,
                  settings,
                  Watched.run(parsed, days, List.of()),
                  report,
                  name -> datasets().get(name).table());
          also.run(report);
          SqlJob job = new SqlJob(opened, site.duckDb());
          job.run(job.present(parsed.only()), days, BuildMode.of(parsed), report);
          watch.look(opened.lake());
        });
  }

  private ltv.dataset.Datasets datasets() {
    return site.opened("cleanse").datasets();
  }

  /** A failure that names a secret. */
  static Also failing(String words) {
    return report -> {
      throw new JobException(ltv.run.ExitCode.UNAVAILABLE, words);
    };
  }

  /** The newest report of a run. */
  JsonNode report() throws IOException {
    List<Path> all = files(home().resolve("warehouse/_runs"));
    return new ObjectMapper().readTree(all.get(all.size() - 1).toFile());
  }

  /** A figure of a file of figures, as {@code name{labels} value}; empty when it has none. */
  String figure(String file, String begins) throws IOException {
    return Files.readAllLines(home().resolve("metrics").resolve(file)).stream()
        .filter(line -> line.startsWith(begins))
        .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
  }

  /** Every file below a folder, by name. */
  static List<Path> files(Path below) {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sells two things and one of them twice. */
  WatchedSite sell(LocalDate day) {
    assertEquals("committed", site.sell(day, "a 10", "b 20", "b 20").get(0).state());
    return this;
  }

  @Override
  public void close() {
    site.close();
  }
}
