package ltv.run;

import java.io.PrintStream;

/** A line on the terminal that moves while partitions are built; silent where nobody watches. */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 24;

  private final PrintStream terminal;
  private final String what;
  private final int steps;
  private final long startedNanos = System.nanoTime();
  private int done;
  private long rows;

  private Progress(PrintStream terminal, String what, int steps) {
    this.terminal = terminal;
    this.what = what;
    this.steps = steps;
  }

  /** Shows itself on stderr when a person sits there; one step needs no bar. */
  public static Progress of(String what, int steps) {
    boolean watched = steps > 1 && System.console() != null;
    return new Progress(
        watched ? System.err : new PrintStream(java.io.OutputStream.nullOutputStream()),
        what,
        steps);
  }

  /** One more step, with the rows it wrote. */
  public void step(long moreRows) {
    done++;
    rows += moreRows;
    long seconds = Math.max(1, (System.nanoTime() - startedNanos) / 1_000_000_000);
    int filled = done * WIDTH / steps;
    terminal.printf(
        "\r%-32s [%s%s] %d/%d  %,d rows/s ",
        what, "#".repeat(filled), ".".repeat(WIDTH - filled), done, steps, rows / seconds);
    terminal.flush();
  }

  @Override
  public void close() {
    terminal.print("\r" + " ".repeat(90) + "\r");
    terminal.flush();
  }
}
