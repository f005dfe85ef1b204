package ltv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Alone in its JVM's threads while it runs: it listens to stdout and sends signals. */
@Isolated
class JobMainTest {
  private static final RunFlags NO_FLAGS = new RunFlags();

  private record Ended(int exit, JsonNode json) {}

  @Command(name = "cleanse-job", mixinStandardHelpOptions = true)
  static final class SomeCommand {
    @Command(name = "run")
    int run(@Mixin RunFlags flags) {
      return 18;
    }
  }

  @Command(name = "look")
  static final class Look implements Callable<Integer> {
    @Override
    public Integer call() {
      return 17;
    }
  }

  @Command(name = "hold")
  static final class Hold implements Callable<Integer> {
    @Override
    public Integer call() {
      return 19;
    }
  }

  @Test
  void an_error_that_is_no_exception_ends_as_a_bug_in_code_and_json_alike() throws IOException {
    Ended ended =
        run(
            (run, report) -> {
              throw new AssertionError("broken");
            });

    assertEquals(70, ended.exit());
    assertEquals(70, ended.json().path("exit").asInt());
    assertTrue(ended.json().path("problems").toString().contains("broken"));
  }

  @Test
  void a_full_heap_ends_with_3() throws IOException {
    Ended ended =
        run(
            (run, report) -> {
              throw new OutOfMemoryError("Java heap space");
            });

    assertEquals(3, ended.exit());
    assertEquals(3, ended.json().path("exit").asInt());
  }

  @Test
  void a_disk_that_fails_anywhere_ends_with_75() throws IOException {
    Ended ended =
        run(
            (run, report) -> {
              throw new UncheckedIOException(new IOException("No space left on device"));
            });

    assertEquals(75, ended.exit());
    assertTrue(ended.json().path("problems").toString().contains("No space left on device"));
  }

  @Test
  void wrong_flags_end_with_64_and_a_json_line() throws IOException {
    Ended ended = captured(() -> execute("--dat", "x"));

    assertEquals(64, ended.exit());
    assertEquals("cleanse", ended.json().path("job").asText());
    assertEquals(64, ended.json().path("exit").asInt());
  }

  @Test
  void help_tells_of_all_commands_and_one_that_is_asked_for_runs_without_the_others() {
    String told = told(System.out, System::setOut, () -> assertEquals(0, execute("--help")));

    assertTrue(told.contains("run") && told.contains("hold") && told.contains("look"), told);
    assertEquals(17, execute("look"));
    assertEquals(19, execute("hold"));
    assertEquals(18, execute("--config", "site.yaml"), "run is the command when none is named");
  }

  @Test
  void a_word_that_is_no_command_is_told_with_those_that_are() {
    String text =
        told(
            System.err,
            System::setErr,
            () -> assertEquals(64, execute("lok", "--config", "site.yaml")));

    assertTrue(text.startsWith("No command lok; there are [hold, look, run]\n"), text);
  }

  private static int execute(String... args) {
    return JobMain.execute(
        new CommandLine(new SomeCommand()), List.of(new Look(), new Hold()), args);
  }

  @Test
  @Timeout(30)
  void sigterm_lets_the_partition_end_and_the_job_with_143() throws IOException {
    Ended ended = run((run, report) -> signal("TERM", run));

    assertEquals(143, ended.exit());
    assertEquals(143, ended.json().path("exit").asInt());
  }

  @Test
  @Timeout(30)
  void ctrl_c_ends_with_130() throws IOException {
    assertEquals(130, run((run, report) -> signal("INT", run)).exit());
  }

  /** Sends this process a signal and waits until the run has been told. */
  private static void signal(String name, Run run) {
    try {
      // the shell's own: a bare machine has no kill program
      String kill = "kill -" + name + " " + ProcessHandle.current().pid();
      new ProcessBuilder("sh", "-c", kill).start().waitFor();
      while (!run.stop().requested()) {
        if (Thread.interrupted()) { // the test's time is over
          throw new IllegalStateException(
              "SIG" + name + " did not arrive; was this JVM started with it ignored (nohup, &)?");
        }
        LockSupport.parkNanos(1_000_000);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ended run(JobMain.Body body) throws IOException {
    return captured(() -> JobMain.run("cleanse", NO_FLAGS, body));
  }

  @FunctionalInterface
  private interface Work {
    int exit();
  }

  private static Ended captured(Work work) throws IOException {
    AtomicInteger exit = new AtomicInteger();
    String[] lines =
        told(System.out, System::setOut, () -> exit.set(work.exit())).strip().split("\n");
    return new Ended(exit.get(), new ObjectMapper().readTree(lines[lines.length - 1]));
  }

  /** What is told on a stream meanwhile. */
  private static String told(PrintStream stream, Consumer<PrintStream> setter, Runnable work) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    setter.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      setter.accept(stream);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
