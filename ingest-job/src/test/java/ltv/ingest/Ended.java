package ltv.ingest;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * How the job's command line ended in this process. Whoever runs it holds the lock of the standard
 * output.
 *
 * @param out what it printed
 */
record Ended(int exit, String out) {
  static Ended run(String... args) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int exit = IngestCommand.execute(args);
      return new Ended(exit, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
    }
  }
}
