package ltv.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.run.Metric;
import org.junit.jupiter.api.Test;

/** Dashboard, alert rules and README speak of the figures that there are, and of all of them. */
class WatchersTest {
  private static final Pattern NAME = Pattern.compile("\\bltv_[a-z_]+");
  private static final Set<String> FIGURES =
      Stream.of(Metric.values())
          .map(Metric::published)
          .collect(Collectors.toCollection(TreeSet::new));

  private static String text(String file) throws IOException {
    return Files.readString(Repository.root().resolve(file));
  }

  private static JsonNode rules() throws IOException {
    return new YAMLMapper().readTree(text("docker/prometheus/ltv.rules.yml")).at("/groups/0/rules");
  }

  private static Set<String> named(String text) {
    return NAME.matcher(text)
        .results()
        .map(r -> r.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_dashboard_shows_every_figure_and_no_other() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(text("docker/grafana/ltv.json"));
    Set<String> shown = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        shown.addAll(named(target.path("expr").asText()));
        assertTrue(
            target.path("expr").asText().contains("site=~\"$site\""), panel.path("title").asText());
      }
    }

    assertEquals(FIGURES, shown);
  }

  @Test
  void alerts_look_at_figures_that_there_are_and_each_is_tried() throws IOException {
    String tests = text("docker/prometheus/ltv.rules.test.yml");
    for (JsonNode rule : rules()) {
      String alert = rule.path("alert").asText();
      Set<String> looked = named(rule.path("expr").asText());
      assertTrue(!looked.isEmpty() && FIGURES.containsAll(looked), alert + " " + looked);
      assertTrue(Set.of("page", "morning").contains(rule.at("/labels/severity").asText()), alert);
      assertTrue(tests.contains("alertname: " + alert + "\n"), alert + " is in no test");
    }
  }

  @Test
  void the_readme_explains_every_figure_and_alert_and_nothing_else() throws IOException {
    List<String> figures = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      figures.add(
          "| `%s` | %s | %s |"
              .formatted(metric.published(), String.join(", ", metric.labels()), metric.help()));
    }
    List<String> lines = text("README.md").lines().toList();
    assertEquals(
        String.join("\n", figures),
        String.join("\n", lines.stream().filter(l -> l.startsWith("| `ltv_")).toList()));

    List<String> alerts = new ArrayList<>();
    for (JsonNode rule : rules()) {
      alerts.add(
          rule.path("alert").asText()
              + " "
              + (rule.at("/labels/severity").asText().equals("page") ? "no" : "yes"));
    }
    Pattern row = Pattern.compile("\\| `(Ltv\\w+)` \\| .+ \\| .+ \\| (yes|no).* \\|");
    assertEquals(
        alerts,
        lines.stream()
            .map(row::matcher)
            .filter(m -> m.matches())
            .map(m -> m.group(1) + " " + m.group(2))
            .toList());
  }
}
