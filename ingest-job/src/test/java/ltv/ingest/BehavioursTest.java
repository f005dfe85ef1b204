package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import org.junit.jupiter.api.Test;

/** Each behaviour that the ad channels owe has a named test for each channel it is of. */
class BehavioursTest {
  private static final Set<String> PAGED =
      Set.of(
          "meta",
          "google_ads",
          "apple_search_ads",
          "google_sheets",
          "mixpanel",
          "ga4",
          "ga4_export",
          "firestore");
  private static final Set<String> ALL =
      Set.of(
          "meta",
          "google_ads",
          "apple_search_ads",
          "naver_search_ad",
          "appsflyer",
          "adison",
          "google_sheets",
          "mixpanel",
          "ga4",
          "ga4_export",
          "firestore");

  /** By line of {@code behaviours.txt}. */
  private static final Map<Integer, Set<String>> OWED =
      Map.ofEntries(
          Map.entry(1, Set.of("meta")),
          Map.entry(2, PAGED),
          Map.entry(
              3, Set.of("meta", "google_ads", "apple_search_ads", "naver_search_ad", "appsflyer")),
          Map.entry(4, ALL),
          Map.entry(5, Set.of("meta")),
          Map.entry(6, Set.of("meta")),
          Map.entry(7, Set.of("meta", "naver_search_ad")),
          Map.entry(8, ALL),
          Map.entry(9, Set.of("meta", "naver_search_ad", "apple_search_ads", "google_sheets")),
          Map.entry(10, Set.of("google_ads", "mixpanel")),
          Map.entry(11, Set.of("appsflyer")),
          Map.entry(12, Set.of("appsflyer", "google_sheets", "adison")),
          Map.entry(13, Set.of("meta")),
          Map.entry(14, Set.of("naver_search_ad")),
          Map.entry(15, Set.of("meta", "google_ads", "naver_search_ad", "mixpanel")),
          Map.entry(16, Set.of("appsflyer")),
          Map.entry(17, Set.of("ga4")),
          Map.entry(18, Set.of("google_sheets", "adison")),
          Map.entry(19, Set.of("appsflyer")),
          Map.entry(20, ALL));

  @Test
  void every_owed_behaviour_has_a_test_that_is_there() throws IOException {
    Map<Integer, Set<String>> had = new TreeMap<>();
    List<String> sources = sources();
    for (String line : lines()) {
      String[] parts = line.split("\\|");
      had.computeIfAbsent(Integer.valueOf(parts[0]), n -> new TreeSet<>()).add(parts[1]);
      assertTrue(exists(parts[2], sources), parts[2]);
    }
    assertEquals(sorted(OWED), had);
  }

  private static Map<Integer, Set<String>> sorted(Map<Integer, Set<String>> owed) {
    Map<Integer, Set<String>> sorted = new TreeMap<>();
    owed.forEach((line, channels) -> sorted.put(line, new TreeSet<>(channels)));
    return sorted;
  }

  private static List<String> lines() throws IOException {
    Path file = Repository.root().resolve("ingest-job/src/test/resources/behaviours.txt");
    return Files.readAllLines(file).stream().filter(l -> !l.startsWith("#")).toList();
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(Repository.root().resolve("ingest-job/src/test/java")),
            Files.walk(Repository.root().resolve("sandbox/src/test/java")))) {
      return files
          .map(Path::toString)
          .filter(f -> f.endsWith("Test.java") || f.endsWith("IT.java"))
          .toList();
    }
  }

  private static boolean exists(String named, List<String> sources) throws IOException {
    String[] parts = named.split("[#/]");
    if (named.contains("/")) {
      String place = parts[0] + "/test/" + parts[1];
      return Stream.of("ingest-job", "cleanse-job")
          .anyMatch(job -> Files.isDirectory(Repository.root().resolve(job + "/sql/" + place)));
    }
    for (String source : sources) {
      if (source.endsWith("/" + parts[0] + ".java")) {
        String text = Files.readString(Path.of(source));
        return Pattern.compile("void " + parts[1] + "\\(").matcher(text).find();
      }
    }
    return false;
  }
}
