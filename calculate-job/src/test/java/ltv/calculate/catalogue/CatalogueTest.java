package ltv.calculate.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers are told of the packed marts. */
class CatalogueTest {
  private static final int LONGEST_LABEL = 34;

  private static List<BiTable> packed(String language) {
    return tables(
        Repository.datasets().all().stream().filter(d -> d.schema().publish() != null).toList(),
        language);
  }

  private static List<BiTable> tables(List<Dataset> marts, String language) {
    try (DuckDbSession session = DuckDbCases.open()) {
      return new Catalogue(session, new Words(language)).tables(marts);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void every_column_has_a_short_label_of_its_own_and_a_description(String language) {
    for (BiTable table : packed(language)) {
      Set<String> labels = new HashSet<>();
      for (BiColumn column : table.columns()) {
        String where = table.name() + "." + column.name() + ": " + column.label();
        assertFalse(column.label().isBlank(), where);
        assertTrue(column.label().length() <= LONGEST_LABEL, where);
        assertTrue(labels.add(column.label()), where);
        if (table.name().startsWith("mart_")) {
          assertFalse(column.description().isEmpty(), where);
        }
      }
      assertEquals(table.metrics().size(), Set.copyOf(table.labels()).size(), table.name());
    }
  }

  @Test
  void korean_labels_of_marts_are_korean() {
    for (BiTable table : packed("ko")) {
      assertTrue(table.label().matches(".*[가-힣].*"), table.name() + " " + table.label());
      for (String label : table.labels()) {
        assertTrue(label.matches(".*[가-힣].*|ROAS"), table.name() + " " + label);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void no_word_is_left_of_something_that_is_gone(String language) throws IOException {
    Set<String> known = new HashSet<>(Set.of("rows", "is_newest"));
    for (BiTable table : packed(language)) {
      known.add(table.name());
      table.columns().forEach(c -> known.addAll(Set.of(c.name(), table.name() + "." + c.name())));
      table.metrics().forEach(m -> known.add(m.name()));
    }
    Properties words = new Properties();
    try (var in = CatalogueTest.class.getResourceAsStream("words_" + language + ".properties")) {
      words.load(in);
    }
    assertEquals(
        Set.of(),
        words.stringPropertyNames().stream()
            .filter(word -> !known.contains(word))
            .collect(Collectors.toSet()));
  }

  @Test
  void a_number_means_what_its_columns_mean() {
    BiTable channels =
        packed("en").stream().filter(t -> t.name().equals("mart_channel_daily")).findAny().get();

    assertEquals(
        List.of("MONEY", "COUNT", "COUNT", "COUNT", "COUNT", "COUNT", "MONEY", "MONEY"),
        channels.metrics().subList(0, 8).stream()
            .map(m -> m.meaning(channels.meanings()).name())
            .toList());
    assertEquals(
        List.of("SHARE", "MONEY", "MONEY", "MONEY", "SHARE"),
        channels.metrics().subList(8, 13).stream()
            .map(m -> m.meaning(channels.meanings()).name())
            .toList());
    assertEquals(
        "sum(revenue + ad_revenue) / nullif(sum(spend), 0)",
        channels.metrics().get(12).expression(column -> column));
  }

  @Test
  void a_view_has_the_words_of_its_mart_and_the_numbers_that_it_can() {
    BiTable view =
        packed("ko").stream()
            .filter(t -> t.name().equals("ad_reporting__account_report"))
            .findAny()
            .get();

    assertEquals("광고비", view.columns().get(7).label());
    assertEquals(Meaning.MONEY, view.columns().get(7).meaning());
    assertEquals("decimal(18,4)", view.columns().get(7).type().toString());
    assertTrue(view.metrics().stream().anyMatch(m -> m.name().equals("cost_per_click")));
  }

  private static final String OWN =
      """
      grain: one row per report_date
      description: {en: Own., ko: 우리 마트}
      partition: report_date
      key: [report_date]
      columns:
        - {name: report_date, type: date}
        - {name: visits_in_shop, type: long, description: {en: "Visits in the shop, by the door's counter.", ko: "매장 방문 수(출입문 집계)."}}
        - {name: takings, type: "decimal(18,4)", unit: reporting currency}
      publish: {slice: [report_date], metrics: [{sum: takings}, {name: %s, sum: takings, over: %s, label: {ko: 방문당 매출}}]}
      """;

  private static BiTable own(Path folder, String language, String name, String over)
      throws IOException {
    Path mart = Files.createDirectories(folder.resolve("calculate/mart_own"));
    Files.writeString(mart.resolve("schema.yml"), OWN.formatted(name, over));
    return tables(Datasets.below(folder).all(), language).get(0);
  }

  @Test
  void a_column_that_nobody_has_put_into_words_flows_by_itself(@TempDir Path folder)
      throws IOException {
    BiTable korean = own(folder, "ko", "per_visit", "visits_in_shop");
    BiTable english = own(folder, "en", "per_visit", "visits_in_shop");

    assertEquals("매장 방문 수", korean.columns().get(1).label());
    assertEquals("Visits in shop", english.columns().get(1).label());
    assertEquals("Takings", korean.columns().get(2).label());
    assertEquals(List.of("Takings", "방문당 매출"), korean.labels());
    assertEquals("Own", english.label());
  }

  @Test
  void a_number_of_columns_that_are_not_there_is_refused(@TempDir Path folder) {
    JobException missing =
        assertThrows(JobException.class, () -> own(folder, "en", "per_visit", "visits"));
    JobException twice =
        assertThrows(JobException.class, () -> own(folder, "en", "takings", "visits_in_shop"));

    assertEquals(ExitCode.CONFIGURATION, missing.exitCode());
    assertTrue(
        missing
            .getMessage()
            .contains("mart_own/schema.yml: publish.metrics: per_visit reads visits,"),
        missing.getMessage());
    assertTrue(twice.getMessage().contains("takings is a column of it, too"), twice.getMessage());
  }
}
