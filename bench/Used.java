import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process took.
 *
 * @param cpu seconds, of user and system
 * @param megabytes the most memory it had
 */
record Used(double cpu, long megabytes) {
  /** Of the JVM, as the launcher starts a job. */
  private static final List<String> FLAGS = List.of(System.getenv("LTV_JAVA_OPTS").split(" "));

  /** Runs {@code java} with the launcher's flags; what it says goes to stderr. */
  static Used of(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(FLAGS);
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("/dev/stderr").toFile())).start();
    Path proc = Path.of("/proc/" + process.pid());
    Used used = new Used(0, 0);
    while (process.isAlive()) {
      try {
        String[] stat = Files.readString(proc.resolve("stat")).replaceFirst(".*\\) ", "").split(" ");
        long peak = Files.readAllLines(proc.resolve("status")).stream().filter(l -> l.startsWith("VmHWM")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D", ""))).findFirst().orElse(used.megabytes << 10);
        used = new Used((Long.parseLong(stat[11]) + Long.parseLong(stat[12])) / 100.0, peak >> 10);
      } catch (IOException e) {
        break; // it has just ended
      }
      Thread.sleep(20);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return used;
  }

  @Override
  public String toString() {
    return "%.1f s, %d MB".formatted(cpu, megabytes);
  }
}
