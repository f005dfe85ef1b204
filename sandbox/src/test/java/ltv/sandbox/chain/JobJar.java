package ltv.sandbox.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ltv.dataset.Repository;

/**
 * A job's jar as the build lays it out for images and launcher, and its classes as this JVM wants
 * them. The tests start hundreds of processes, which would spend half of their time on verifying.
 */
final class JobJar {
  private static final Path LAID_OUT = Repository.root().resolve("target/laid-out");
  private static final Path PLACE = Repository.root().resolve("sandbox/target/jobs");
  private static boolean learning;

  private JobJar() {}

  /** The arguments of {@code java} that start a job, up to the job's own. */
  static synchronized List<String> command(String job) {
    try {
      learn();
      List<String> command = new ArrayList<>();
      if (knows(job)) {
        command.add("-XX:SharedArchiveFile=" + classes(job));
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
      }
      Path sqlite = LAID_OUT.resolve("org/sqlite/native/Linux").resolve(architecture());
      command.addAll(List.of("-Dorg.sqlite.lib.path=" + sqlite, "-jar", laidOut(job).toString()));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path laidOut(String job) {
    return LAID_OUT.resolve((job.equals("sandbox") ? job : job + "-job") + ".jar");
  }

  private static Path classes(String job) {
    return PLACE.resolve(job + ".jsa");
  }

  private static boolean knows(String job) throws IOException {
    Path classes = classes(job);
    return Files.exists(classes)
        && Files.getLastModifiedTime(classes).compareTo(Files.getLastModifiedTime(laidOut(job)))
            >= 0;
  }

  /**
   * Lets each job build a day once, and keeps the classes that it loaded for the others. All jobs
   * learn anew when one of them was: the JVM takes no archive to read and to write at once.
   */
  private static void learn() throws IOException {
    boolean known = true;
    for (String job : Repository.JOBS) {
      known &= knows(job);
    }
    if (learning || known) {
      return;
    }
    learning = true;
    Files.createDirectories(PLACE);
    for (String job : Repository.JOBS) {
      Files.deleteIfExists(classes(job));
    }
    FileSite site = new FileSite(Files.createTempDirectory(PLACE, "site"));
    site.sell(1, "o1,ann,100");
    for (String job : Repository.JOBS) {
      String keep = "-XX:ArchiveClassesAtExit=" + classes(job);
      site.start(job, List.of("-Xlog:disable", keep), FileSite.days(1, 1)).end().with(0);
    }
  }

  /** As SQLite calls it. */
  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
