package ltv.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import org.junit.jupiter.api.Test;

/** The README's table of datasets is what their {@code schema.yml} say. */
class DatasetsInReadmeTest {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=\\n\\| dataset \\| one row per \\| what it holds \\| job \\|\\n\\|---\\|---\\|---\\|---\\|\\n)(\\|[^\\n]*\\n)*");

  @Test
  void the_readme_names_every_dataset_with_its_grain_and_meaning() throws IOException {
    Path readme = Repository.root().resolve("README.md");
    String text = Files.readString(readme);
    String table = table();
    Matcher there = TABLE.matcher(text);
    assertTrue(there.find(), "README.md has a table of datasets");
    if (Boolean.getBoolean("ltv.readme.write")) {
      Files.writeString(
          readme, text.substring(0, there.start()) + table + text.substring(there.end()));
    } else {
      assertEquals(
          table,
          there.group(),
          "write it: mvn -pl sandbox -am -Dtest=DatasetsInReadmeTest -Dtest.required=false -Dltv.readme.write=true test");
    }
  }

  private static String table() {
    return Repository.datasets().all().stream()
        .sorted(
            Comparator.comparing((Dataset d) -> Repository.JOBS.indexOf(d.job()))
                .thenComparing(Dataset::name))
        .map(
            d ->
                "| %s | %s | %s | %s |\n"
                    .formatted(
                        d.name(),
                        d.schema().grain().replaceFirst("^one row per ", "").replace("|", "\\|"),
                        sentence(d.schema().description().get("en")).replace("|", "\\|"),
                        d.job()))
        .collect(Collectors.joining());
  }

  /** The first of a description. */
  private static String sentence(String description) {
    return description
        .strip()
        .replaceAll("\\s+", " ")
        .split("(?<=[.]) ", 2)[0]
        .replaceAll("[.]$", "");
  }
}
