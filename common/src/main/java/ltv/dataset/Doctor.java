package ltv.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ltv.config.DatabaseSettings;
import ltv.config.SiteConfig;
import ltv.lake.Database;
import ltv.lake.Lake;
import ltv.lake.Storage;
import ltv.run.ExitCode;
import ltv.run.JobException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries what a site needs, each thing by itself, so that one complaint does not hide another. */
public final class Doctor {
  private static final long ENOUGH_SCRATCH = 2L << 30;
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  private final SiteConfig site;
  private final String runId;
  private final List<String> findings = new ArrayList<>();
  private final List<JobException> failures = new ArrayList<>();

  Doctor(SiteConfig site, String runId) {
    this.site = site;
    this.runId = runId;
  }

  /** A thing to try. */
  @FunctionalInterface
  public interface Trial {
    /** Says what it found; throws what is wrong. */
    String found() throws IOException;
  }

  void examine(Clock clock) {
    examine("state " + site.state(), () -> state(clock));
    examine("marts " + site.marts(), () -> marts(clock));
    examine("warehouse " + site.warehouse(), () -> place(Storage.warehouse(site)));
    examine("landing " + site.landing(), () -> place(Storage.landing(site)));
    examine("scratch " + site.scratch(), this::scratch);
  }

  /** Tries one thing. */
  public void examine(String what, Trial trial) {
    try {
      findings.add("ok    " + what + ": " + trial.found());
    } catch (JobException e) {
      fail(what, e);
    } catch (IOException | UncheckedIOException | SdkException e) {
      fail(
          what,
          new JobException(
              ExitCode.CONFLICT,
              what + " cannot be used: " + e.getMessage() + ". Make it reachable and writable.",
              e));
    }
  }

  /** Notes what works today and will not for long. */
  public void warn(String what, String soon) {
    findings.add("SOON  " + what + ": " + soon);
  }

  private void fail(String what, JobException e) {
    findings.add("BAD   " + what + ": " + e.getMessage());
    failures.add(e);
  }

  private String state(Clock clock) {
    Lake.open(site).close();
    return "catalog and ledger are there" + clockOf(site.state(), clock);
  }

  private String marts(Clock clock) throws IOException {
    if (site.marts().isServer()) {
      return "answers" + clockOf(site.marts(), clock);
    }
    Path folder = site.marts().file().toAbsolutePath().getParent();
    Files.delete(Files.createTempFile(Files.createDirectories(folder), "doctor", ""));
    return "its folder can be written";
  }

  /** Freshness and call limits compare this host's clock with the servers'. */
  private static String clockOf(DatabaseSettings settings, Clock clock) {
    if (!settings.isServer()) {
      return "";
    }
    try (Database database = Database.server(settings, Map.of())) {
      Duration apart =
          database.call(
              connection -> {
                try (Statement statement = connection.createStatement();
                    ResultSet row =
                        statement.executeQuery(
                            "select timestampdiff(microsecond, '1970-01-01', utc_timestamp(6))")) {
                  row.next();
                  Timestamp there = new Timestamp(row.getLong(1) / 1000);
                  return Duration.between(there.toInstant(), clock.instant()).abs();
                }
              });
      if (apart.compareTo(CLOCK_TOLERANCE) > 0) {
        throw new JobException(
            ExitCode.CONFLICT,
            settings + " and this host differ by " + apart + "; set both clocks by NTP");
      }
      return ", its clock is " + apart.toMillis() + " ms from this host's";
    }
  }

  private String place(Storage storage) throws IOException {
    try (storage) {
      byte[] bytes = ("doctor of " + runId).getBytes(StandardCharsets.UTF_8);
      String location = storage.location("_doctor/" + runId);
      storage.put(Files.write(storage.newFile(), bytes), location);
      boolean same = Arrays.equals(storage.read(location), bytes);
      storage.delete(location);
      if (!same) {
        throw new IOException("what was written reads otherwise");
      }
      return "written, read and deleted";
    }
  }

  private String scratch() throws IOException {
    long free = Files.getFileStore(Files.createDirectories(site.scratch())).getUsableSpace();
    if (free < ENOUGH_SCRATCH) {
      throw new JobException(
          ExitCode.CONFLICT,
          "scratch "
              + site.scratch()
              + " has "
              + (free >> 20)
              + " MB free; give it "
              + (ENOUGH_SCRATCH >> 20)
              + " MB or more");
    }
    return (free >> 20) + " MB free";
  }

  /** One line per thing, the bad ones marked. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** What is wrong. */
  List<JobException> failures() {
    return List.copyOf(failures);
  }
}
