package ltv.sandbox.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a site's runs have told machines. */
final class ToldRuns {
  private static final Pattern FIGURE = Pattern.compile("(?m)^(ltv_\\w+)\\{.*");

  private final Path home;

  ToldRuns(Path home) {
    this.home = home;
  }

  /** The report of the newest run of a job. */
  JsonNode newest(String job) {
    try (Stream<Path> files = Files.walk(home.resolve("warehouse/_runs"))) {
      Path newest =
          files
              .filter(file -> file.getFileName().toString().startsWith(job + "-"))
              .max(Comparator.comparing(Path::toString))
              .orElseThrow();
      return new ObjectMapper().readTree(newest.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the figures that there are of a job's kind of run. */
  Set<String> figures(String kind) {
    return FIGURE
        .matcher(text(kind))
        .results()
        .map(figure -> figure.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The lines of a figure without its name. */
  String figure(String kind, String name) {
    return FIGURE
        .matcher(text(kind))
        .results()
        .filter(figure -> figure.group(1).equals(name))
        .map(MatchResult::group)
        .map(line -> line.substring(name.length()))
        .collect(Collectors.joining("\n"));
  }

  private String text(String kind) {
    try {
      return Files.readString(home.resolve("metrics/ltv_" + kind + ".prom"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
