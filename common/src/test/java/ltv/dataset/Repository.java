package ltv.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The source tree around a test: its root and the dataset folders of the four jobs. */
public final class Repository {
  /** The jobs, each reading what those before it write. */
  public static final List<String> JOBS = Datasets.JOBS;

  private static final String DATA = "LTV_TEST_DATA";

  private Repository() {}

  /** The folder that holds {@code .mvn}. */
  public static Path root() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(".mvn"))) {
        return p;
      }
    }
    throw new IllegalStateException("Tests run inside the source tree, below the folder with .mvn");
  }

  /**
   * A file that is not ours to publish, below the folder that {@code LTV_TEST_DATA} names. Without
   * the variable the test that asks is left out, and says so aloud; a named folder must have it.
   */
  public static Path testData(String file) {
    String folder = System.getenv(DATA);
    if (folder == null || folder.isBlank()) {
      String reason =
          "NOT tested: "
              + DATA
              + " is not set. Let it name the folder that holds "
              + file
              + " (README.md says where to get it).";
      System.err.println(reason);
      Assumptions.abort(reason);
    }
    Path found = Path.of(folder).resolve(file);
    if (!Files.isRegularFile(found)) {
      throw new AssertionError(DATA + " is " + folder + ", but there is no " + found);
    }
    return found;
  }

  /** The folder of a job's datasets. */
  public static Path sql(String job) {
    return root().resolve(job + "-job/sql");
  }

  /** Every dataset of every job; read once, since reading all of them takes a while. */
  public static Datasets datasets() {
    return Known.DATASETS;
  }

  private static final class Known {
    private static final Datasets DATASETS = read();
  }

  private static Datasets read() {
    Map<String, String> files = new TreeMap<>();
    for (String job : JOBS) {
      try (Stream<Path> all = Files.walk(sql(job))) {
        all.filter(p -> Datasets.isOfDataset(p.toString()))
            .forEach(p -> files.put(job + "/" + sql(job).relativize(p), text(p)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Datasets.of(files);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
