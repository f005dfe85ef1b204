package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import ltv.sandbox.chain.JobProcess.Ended;
import ltv.sandbox.chain.JobProcess.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a commit. */
class StopIT {
  private static final int LOOKS = 5;

  @TempDir private Path folder;

  @Test
  void told_to_stop_it_finishes_its_partitions_and_the_next_run_does_the_rest() {
    FileSite site = new FileSite(folder);
    site.sell(1, "o1,ann,100");
    site.sell(2, "o2,bob,5");
    site.run("ingest", days(1, 2)).with(0);
    Gate gate = new Gate("before-commit", folder, "stop");
    Running cleanse = site.start("cleanse", gate.jvm(), days(1, 2));
    gate.awaitReached();

    cleanse.process().destroy();
    awaitSignal(cleanse.process());
    gate.open();
    Ended stopped = cleanse.end().with(143);
    ToldRuns told = new ToldRuns(site.home());
    assertEquals("ended", told.newest("cleanse").path("state").asText());
    assertEquals(143, told.newest("cleanse").path("exit").asInt());
    assertEquals(
        "{command=\"backfill\",site=\"shop\",stage=\"cleanse\"} 143.0",
        told.figure("shop_cleanse_backfill", "ltv_run_exit_code"));
    assertEquals("", told.figure("shop_cleanse_backfill", "ltv_run_success_timestamp_seconds"));
    Ended next = site.run("cleanse", days(1, 2)).with(0);

    assertEquals(143, stopped.report().path("exit").asInt());
    assertEquals(2, stopped.report().at("/datasets/fraud_rule/committed").asInt());
    assertEquals(0, stopped.report().at("/datasets/stg_order/committed").asInt());
    assertEquals(2, next.report().at("/datasets/fraud_rule/unchanged").asInt());
    assertEquals(2, next.report().at("/datasets/stg_order/committed").asInt());
  }

  @Test
  void a_killed_run_is_one_that_never_ended() {
    FileSite site = new FileSite(folder);
    site.sell(1, "o1,ann,100");

    site.start("ingest", List.of("-Dltv.fault=after-commit=halt"), days(1, 1)).end().with(137);

    ToldRuns told = new ToldRuns(site.home());
    assertEquals("started", told.newest("ingest").path("state").asText());
    site.run("ingest", days(1, 1)).with(0);
    assertEquals("ended", told.newest("ingest").path("state").asText());
  }

  /** The JVM handles a signal in a thread of its own; each look gives it a tenth of a second. */
  private static void awaitSignal(Process process) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < LOOKS; i++) {
      try {
        Process asked =
            new ProcessBuilder(jcmd, "" + process.pid(), "Thread.print")
                .redirectErrorStream(true)
                .start();
        byte[] threads = asked.getInputStream().readAllBytes();
        if (new String(threads, StandardCharsets.UTF_8).contains("\"SIGTERM handler\"")) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
