package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Real purchases with published figures, through the four jars; the README holds the queries. */
@Timeout(value = 40, unit = TimeUnit.MINUTES) // 546 days through four jobs, on a busy machine
@Tag("slow")
class CdnowIT {
  private static final String SECTION = "## Real data: CDNOW";
  private static final String SITE = Repository.root().resolve("examples/cdnow.yaml").toString();
  private static final String FITTED = "1997-09-30";
  private static final Pattern SHOWN = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
  private static final Pattern QUERY =
      Pattern.compile("```sql\n(?<query>[^`]*?)-- = (?<expected>[^\n]+)\n```");
  private static final Pattern TABLE =
      Pattern.compile("```sql\n(?<query>[^`]*)```\n\n```text\n(?<lines>[^`]*)```");

  @TempDir private Path folder;

  @Test
  void the_published_figures_are_read_from_the_marts_by_the_queries_of_the_readme()
      throws Exception {
    Path transactions = Repository.testData("clv/cdnow_sample_transactions.txt");
    List<MatchResult> queries = queries();
    assertEquals(11, queries.stream().mapToInt(q -> q.group(2).split(", ").length).sum());

    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("drop"));
    Files.copy(transactions, home.resolve("drop").resolve(transactions.getFileName()));
    JobProcess jobs = new JobProcess(folder, Map.of("LTV_CDNOW_HOME", home.toString()));
    for (String job : Repository.JOBS) {
      jobs.run(job, "--config", SITE, "--from", "1997-01-01", "--to", "1998-06-30").with(0);
    }

    Path marts = home.resolve("ltv_mart.duckdb");
    assertAll(
        queries.stream()
            .map(
                q ->
                    (Executable)
                        () -> assertEquals(q.group(2), rows(marts, q.group(1)), q.group(1))));
    retention(marts);
    modelsAreFitted(jobs);
  }

  /** Week by week, as the README shows it: a line for each cohort, and their mean. */
  private static void retention(Path marts) throws Exception {
    Matcher table = TABLE.matcher(section());
    assertTrue(table.find(), "README.md shows the weekly retention");
    List<String> lines = table.group("lines").lines().toList();
    assertEquals(15, lines.size(), "a heading, thirteen weeks and their mean");
    assertEquals(
        String.join("\n", lines.subList(1, lines.size())),
        String.join("\n", values(marts, table.group("query"))));
  }

  /** To what was known after 39 weeks, as the README shows it. */
  private static void modelsAreFitted(JobProcess jobs) throws IOException {
    jobs.run("calculate", "model", "fit", "--config", SITE, "--date", FITTED).with(66);
    jobs.run("calculate", "--config", SITE, "--from", FITTED, "--to", FITTED).with(0);
    Ended fit = jobs.run("calculate", "model", "fit", "--config", SITE, "--date", FITTED).with(0);

    Matcher shown = SHOWN.matcher(section());
    assertTrue(shown.find(), "README.md shows what model fit says");
    assertEquals(shown.group(1), fit.out().substring(0, fit.out().indexOf("{\"job\"")));
    assertTrue(fit.report().path("BG/NBD").asText().startsWith("r 0.24259"), fit.out());
    Ended list = jobs.run("calculate", "model", "list", "--config", SITE, "--date", FITTED).with(0);
    assertTrue(shown.find(), "README.md shows what model list says");
    assertEquals(shown.group(1), list.out().substring(0, list.out().indexOf("{\"job\"")));
  }

  private static List<MatchResult> queries() throws IOException {
    return QUERY.matcher(section()).results().toList();
  }

  private static String section() throws IOException {
    String readme = Files.readString(Repository.root().resolve("README.md"));
    return Stream.of(readme.split("(?m)^(?=## )"))
        .filter(s -> s.startsWith(SECTION))
        .findFirst()
        .orElseThrow(() -> new AssertionError("README.md has no section " + SECTION));
  }

  private static String rows(Path marts, String query) throws SQLException {
    return String.join(", ", values(marts, query));
  }

  private static List<String> values(Path marts, String query) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    List<String> values = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + marts, readOnly);
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }
}
