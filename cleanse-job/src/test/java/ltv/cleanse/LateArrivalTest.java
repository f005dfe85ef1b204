package ltv.cleanse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.dataset.TestSite;
import ltv.run.ExitCode;
import ltv.run.RunReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six mornings; on the last one something comes that is about the first. */
class LateArrivalTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final LocalDate LAST = FIRST.plusDays(5);
  private static final String EVENTS =
      "project_id,event_day,event_name,event_at,received_at,insert_id,device_id_key,user_id_key,user_id_kind,distinct_id_kind,advertising_id_kind,raw_file,raw_line\n";
  private static final String INSTALLS =
      "app_id,appsflyer_id_key,installed_at,touched_at,touch_type,media_source,campaign_id,advertising_id_kind,customer_user_id_kind,raw_ref\n";
  private static final String VERDICTS =
      "report,app_id,appsflyer_id_key,installed_at,event_at,event_name,rejected_reason,raw_ref\n";

  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void sixMornings() {
    Map<String, List<String>> reports =
        Map.of("mixpanel", List.of("event"), "appsflyer", List.of("installs", "other_events"));
    site = new TestSite(Sites.reading(folder, 7, reports), Repository.datasets());
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      site.landTyped("src_mixpanel__event", day, EVENTS + seen(day, 1, ""));
      site.landTyped("src_appsflyer__installs", day, INSTALLS + install(day));
      site.landTyped("src_appsflyer__other_events", day, VERDICTS);
      assertEquals(ExitCode.OK, site.runDaily("cleanse", day).exitCode());
    }
    assertEquals(Map.of(), site.runDaily("cleanse", LAST).restated(), "nothing has come");
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** An event of the day's own device. */
  private static String seen(LocalDate day, int line, String user) {
    return "1,%1$s,view,%1$s 10:00:00,%1$s 10:00:0%2$d,i-%3$s,d-%3$s,%4$s,%5$s,missing,missing,f,%2$d\n"
        .formatted(day, line, day.getDayOfMonth(), user, user.isEmpty() ? "missing" : "id");
  }

  private static String install(LocalDate day) {
    return "app,d-%2$d,%1$s 09:00:00,%1$s 08:00:00,click,vungle_int,7,missing,missing,p#%2$d\n"
        .formatted(day, day.getDayOfMonth());
  }

  private static Map<String, List<String>> ofFirst(String... datasets) {
    Map<String, List<String>> days = new TreeMap<>();
    for (String dataset : datasets) {
      days.put(dataset, List.of(FIRST.toString()));
    }
    return days;
  }

  @Test
  void what_comes_late_changes_exactly_the_days_that_it_is_about() {
    site.landTyped("src_mixpanel__event", FIRST, EVENTS + seen(FIRST, 1, "") + seen(FIRST, 2, ""));
    assertEquals(ofFirst("quarantine", "stg_mixpanel__event"), restated(), "a repeat");
    assertEquals(1, site.entry("stg_event", FIRST).rowsOut());
    assertEquals(Map.of("duplicate", 1L), site.entry("stg_mixpanel__event", FIRST).removed());

    String verdict = "detection,app,d-1,%1$s 09:00:00,%2$s 09:00:00,install,bots,v#1\n";
    site.landTyped("src_appsflyer__other_events", LAST, VERDICTS + verdict.formatted(FIRST, LAST));
    assertEquals(
        ofFirst("fraud_decision", "fraud_install", "stg_install"), restated(), "a verdict");

    String login = "1,%1$s,login,%1$s 11:00:00,%1$s 11:00:01,l,d-1,u-1,id,missing,missing,f,2\n";
    site.landTyped("src_mixpanel__event", LAST, EVENTS + seen(LAST, 1, "") + login.formatted(LAST));
    Map<String, List<String>> loggedIn = restated();
    for (String dataset : List.of("identity_cluster", "stg_event", "stg_install")) {
      List<String> before = new ArrayList<>(loggedIn.get(dataset));
      before.remove(LAST.toString());
      assertEquals(List.of(FIRST.toString()), before, "a login, " + dataset);
    }
    assertEquals(List.of(LAST.toString()), loggedIn.get("stg_mixpanel__event"), "it is of its day");
  }

  private Map<String, List<String>> restated() {
    RunReport report = site.runDaily("cleanse", LAST);
    assertEquals(List.of(), report.problems());
    return report.restated();
  }
}
