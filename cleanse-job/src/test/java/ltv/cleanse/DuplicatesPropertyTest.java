package ltv.cleanse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many small accounts at once, each of another seed, whose rows agree by chance in part or whole:
 * what is kept depends neither on the order of rows nor on the files that they came in, and is one
 * row for each key.
 */
class DuplicatesPropertyTest {
  private static final int SEEDS = 500;
  private static final int MOST_ROWS = 5;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  /** Names of the columns that say where a row was read, which may differ. */
  private static final List<String> PLACE =
      List.of("raw_file", "raw_line", "raw_ref", "source_file", "source_line");

  @ParameterizedTest
  @CsvSource({
    "src_appsflyer__installs, stg_appsflyer__install, app_id, app_id appsflyer_id_key installed_at",
    "src_appsflyer__in_app_events, stg_appsflyer__event, app_id, app_id appsflyer_id_key event_at event_name event_value_hash event_source",
    "src_ga4_export__event, stg_ga4__event, property_id, property_id stream_id user_pseudo_key event_at event_name batch_page_id batch_ordering_id batch_event_index",
    "src_mixpanel__event, stg_mixpanel__event, project_id, project_id event_name distinct_id_key event_at insert_id",
    "src_file__completions, stg_file__completion, transaction_id, transaction_id"
  })
  void one_row_of_each_key_is_kept_and_always_the_same(
      String source, String judged, String account, String key) {
    List<Column> columns = Repository.datasets().get(source).schema().columns();
    List<Map<String, String>> rows = rows(columns, account, List.of(key.split(" ")));
    SortedMap<String, Long> kept = kept(source, judged, rows);

    assertEquals(
        keys(rows, List.of(key.split(" "))), kept.values().stream().mapToLong(n -> n).sum());
    for (int times = 1; times <= 2; times++) {
      assertEquals(kept, kept(source, judged, elsewhere(rows, new Random(times))));
    }
  }

  /** Of each seed some rows; what is not the key is the same, or missing, or something else. */
  private static List<Map<String, String>> rows(
      List<Column> columns, String account, List<String> key) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      for (int n = random.nextInt(MOST_ROWS); n >= 0; n--) {
        Map<String, String> row = new HashMap<>();
        for (Column column : columns) {
          row.put(column.name(), value(column, key.contains(column.name()), random));
        }
        row.put(account, "account-" + seed);
        row.put("report_date", DAY.toString());
        row.put("event_day", DAY.toString());
        row.put("bad_field", null);
        row.put("is_primary_attribution", random.nextInt(4) > 0 ? "true" : null);
        rows.add(row);
      }
    }
    return elsewhere(rows, new Random(0));
  }

  private static String value(Column column, boolean ofKey, Random random) {
    int n = random.nextInt(ofKey ? 2 : 3);
    if (n == 2) {
      return null;
    }
    return switch (column.type().kind()) {
      case STRING -> "v" + n;
      case DATE -> DAY.toString();
      case TIMESTAMP -> DAY + " 12:00:0" + n;
      case BOOLEAN -> n == 0 ? "true" : "false";
      default -> "" + n;
    };
  }

  /** The same rows in another order, out of other files. */
  private static List<Map<String, String>> elsewhere(
      List<Map<String, String>> rows, Random random) {
    List<Map<String, String>> others = new ArrayList<>(rows);
    Collections.shuffle(others, random);
    int line = 0;
    List<Map<String, String>> placed = new ArrayList<>();
    for (Map<String, String> row : others) {
      Map<String, String> copy = new HashMap<>(row);
      String file = "f" + random.nextInt(5);
      PLACE.forEach(name -> copy.put(name, file));
      copy.put("raw_line", "" + line);
      copy.put("source_line", "" + line);
      copy.put("raw_ref", file + "#" + line++);
      placed.add(copy);
    }
    return placed;
  }

  private static long keys(List<Map<String, String>> rows, List<String> key) {
    return rows.stream().map(row -> key.stream().map(row::get).toList()).distinct().count();
  }

  /** What is kept, but for where it was read, with how often it is there. */
  private static SortedMap<String, Long> kept(
      String source, String judged, List<Map<String, String>> rows) {
    Dataset dataset = Repository.datasets().get(judged);
    try (DuckDbSession session = DuckDbCases.open()) {
      session.define("run_date", DAY);
      List<Column> columns = Repository.datasets().get(source).schema().columns();
      session.table(
          source,
          columns,
          rows.stream()
              .map(
                  row ->
                      Arrays.asList(
                          columns.stream().map(c -> row.get(c.name())).toArray(String[]::new)))
              .toList());
      dataset.build(session, "judged");
      assertEquals((long) rows.size(), session.rows("select count(*) from judged").get(0).get(0));
      List<List<Object>> found =
          session.rows("select * exclude (raw_ref) from judged where removed_reason is null");
      return found.stream()
          .collect(Collectors.groupingBy(String::valueOf, TreeMap::new, Collectors.counting()));
    }
  }
}
