package ltv.sandbox.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import ltv.dataset.Repository;

/**
 * A job's fat jar as the images lay it out: native libraries beside it, and its classes as this JVM
 * wants them. The tests start hundreds of processes, which would spend half of their time on
 * unpacking and verifying.
 */
final class JobJar {
  private static final Path PLACE = Repository.root().resolve("sandbox/target/jobs");
  private static final String CLASSES = "job.jsa";
  private static boolean learning;

  private JobJar() {}

  /** The arguments of {@code java} that start a job, up to the job's own. */
  static synchronized List<String> command(String job) {
    try {
      learn();
      Path folder = laidOut(job);
      List<String> command = new ArrayList<>();
      Path classes = folder.resolve(CLASSES);
      if (Files.exists(classes)) {
        command.add("-XX:SharedArchiveFile=" + classes);
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
      }
      command.addAll(
          List.of("-Dorg.sqlite.lib.path=" + folder, "-jar", folder.resolve("job.jar").toString()));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path laidOut(String job) throws IOException {
    String module = job.equals("sandbox") ? job : job + "-job";
    Path built = Repository.root().resolve(module + "/target/" + module + ".jar");
    Path folder = Files.createDirectories(PLACE.resolve(job));
    Path jar = folder.resolve("job.jar");
    boolean fresh =
        Files.exists(jar)
            && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(built)) >= 0;
    if (!fresh) {
      Files.deleteIfExists(folder.resolve(CLASSES));
      Path aside = folder.resolve("new.jar");
      Files.copy(built, aside, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem content = FileSystems.newFileSystem(aside)) {
        for (String library : libraries()) {
          Path inside = content.getPath(library);
          Path beside = folder.resolve(inside.getFileName().toString());
          Files.copy(inside, beside, StandardCopyOption.REPLACE_EXISTING);
          Files.delete(inside);
        }
      }
      Files.move(aside, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  /** DuckDB's and SQLite's libraries in a jar; elsewhere than on Linux they stay inside. */
  private static List<String> libraries() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return switch (system) {
      case "Linux amd64" ->
          List.of(
              "/libduckdb_java.so_linux_amd64", "/org/sqlite/native/Linux/x86_64/libsqlitejdbc.so");
      case "Linux aarch64" ->
          List.of(
              "/libduckdb_java.so_linux_arm64",
              "/org/sqlite/native/Linux/aarch64/libsqlitejdbc.so");
      default -> List.of();
    };
  }

  /**
   * Lets each job build a day once, and keeps the classes that it loaded for the others. All jobs
   * learn anew when one of them was: the JVM takes no archive to read and to write at once.
   */
  private static void learn() throws IOException {
    boolean known = true;
    for (String job : Repository.JOBS) {
      known &= Files.exists(laidOut(job).resolve(CLASSES));
    }
    if (learning || known) {
      return;
    }
    learning = true;
    for (String job : Repository.JOBS) {
      Files.deleteIfExists(laidOut(job).resolve(CLASSES));
    }
    FileSite site = new FileSite(Files.createTempDirectory(PLACE, "site"));
    site.sell(1, "o1,ann,100");
    for (String job : Repository.JOBS) {
      String keep = "-XX:ArchiveClassesAtExit=" + laidOut(job).resolve(CLASSES);
      site.start(job, List.of("-Xlog:disable", keep), FileSite.days(1, 1)).end().with(0);
    }
  }
}
