package ltv.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final int AT_ONCE = 8;
  private static final int FILES = 20;

  @TempDir Path folder;

  @Test
  void several_that_make_a_file_at_once_all_open_it() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier together = new CyclicBarrier(AT_ONCE);
    for (int file = 0; file < FILES; file++) {
      StateDatabase fresh = StateDatabase.of(folder.resolve("state-" + file + ".db"));
      Callable<Void> open =
          () -> {
            together.await();
            fresh.ledger().get().close();
            return null;
          };
      List<Callable<Void>> all = new ArrayList<>(Collections.nCopies(AT_ONCE, open));
      for (Future<Void> one : pool.invokeAll(all)) {
        one.get();
      }
    }
    pool.shutdown();
  }
}
