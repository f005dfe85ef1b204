package ltv.calculate.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Path WORDS = Path.of("src/main/resources/ltv/calculate/report/words");

  @Test
  void both_languages_have_the_same_words() throws IOException {
    try (Stream<Path> files = Files.list(WORDS)) {
      List<Path> english = files.filter(f -> f.toString().endsWith("_en.properties")).toList();
      assertEquals(false, english.isEmpty());
      for (Path file : english) {
        Path korean = Path.of(file.toString().replace("_en.", "_ko."));
        assertEquals(words(file).keySet(), words(korean).keySet(), file.getFileName().toString());
      }
    }
  }

  /** A placeholder that one language forgets is a number that its readers miss. */
  @Test
  void both_languages_have_the_same_placeholders() throws IOException {
    try (Stream<Path> files = Files.list(WORDS)) {
      for (Path file : files.filter(f -> f.toString().endsWith("_en.properties")).toList()) {
        Properties korean = words(Path.of(file.toString().replace("_en.", "_ko.")));
        words(file)
            .forEach(
                (key, text) ->
                    assertEquals(
                        placeholders((String) text),
                        placeholders(korean.getProperty((String) key)),
                        file.getFileName() + " " + key));
      }
    }
  }

  private static TreeSet<String> placeholders(String text) {
    TreeSet<String> found = new TreeSet<>();
    for (int i = 0; i < 10; i++) {
      if (text.contains("{" + i + "}")) {
        found.add("{" + i + "}");
      }
    }
    return found;
  }

  private static Properties words(Path file) throws IOException {
    Properties words = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      words.load(reader);
    }
    return words;
  }
}
