package ltv.cleanse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.dataset.TestSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days that know of each other are cleansed as they come. */
class AnyOrderTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final String INSTALL =
      """
      app_id,appsflyer_id_key,installed_at,touched_at,touch_type,media_source,campaign_id,advertising_id_kind,customer_user_id_kind,raw_ref
      app,d-1,%1$s 09:00:00,%1$s 08:00:00,click,x_int,7,missing,missing,p
      """;
  private static final String EVENTS =
      "project_id,event_day,event_name,event_at,received_at,insert_id,device_id_key,user_id_key,user_id_kind,distinct_id_kind,advertising_id_kind,raw_file,raw_line,bad_field,bad_value\n";

  @TempDir private Path folder;

  /** The same phone every day, and at the border of two days its event in both of them. */
  private static String events(LocalDate day, String user) {
    String line = "1,%1$s,view,%2$s,%2$s,%3$s,d-1,%4$s,missing,missing,f%1$s,%5$d,%6$s,%7$s\n";
    LocalDate next = day.plusDays(1);
    return line.formatted(day, day + " 03:00:00", "noon-" + day, user, 1, "", "")
        + line.formatted(day, day + " 00:00:00", "border", ",missing", 2, "", "")
        + line.formatted(next, next + " 00:00:00", "border", ",missing", 3, "time", next)
            .replace("f" + next, "f" + day);
  }

  @Test
  void days_that_come_in_any_order_give_the_same_rows() {
    Map<String, String> inOrder = fed(List.of(0, 1, 2));

    assertEquals(inOrder, fed(List.of(2, 0, 1)));
  }

  /** Contents of what is built when three days that know of each other come in this order. */
  private Map<String, String> fed(List<Integer> order) {
    Map<String, List<String>> reports =
        Map.of("mixpanel", List.of("event"), "appsflyer", List.of("installs"));
    Path home = folder.resolve(order.toString());
    Map<String, String> contents = new TreeMap<>();
    try (TestSite other = new TestSite(Sites.reading(home, 7, reports), Repository.datasets())) {
      for (int n : order) {
        LocalDate day = FIRST.plusDays(n);
        other.landTyped(
            "src_mixpanel__event", day, EVENTS + events(day, n == 2 ? "u-1,id" : ",missing"));
        other.landTyped("src_appsflyer__installs", day, INSTALL.formatted(day));
        other.runDaily("cleanse", day);
      }
      other.runDaily("cleanse", FIRST.plusDays(2));
      for (String dataset :
          List.of(
              "stg_mixpanel__event",
              "identity_cluster",
              "stg_event",
              "stg_install",
              "fraud_decision")) {
        for (int n : order) {
          LocalDate day = FIRST.plusDays(n);
          contents.put(dataset + "/" + day, other.entry(dataset, day).content());
        }
      }
      assertEquals(
          Map.of("duplicate", 1L, "counts_on_its_day", 1L),
          other.entry("stg_mixpanel__event", FIRST.plusDays(1)).removed());
    }
    return contents;
  }
}
