package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.sandbox.market.Claim;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Sheet;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Truth;
import ltv.sandbox.market.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppsFlyerServerTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 12;
  private static final Dirt DIRT = new Dirt(7);
  private static final String TOKEN = "token-of-the-test";
  private static final Pattern FIELD = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^,\r\"]*)");

  private final Market market = Market.simulate(7, FROM, DAYS, 1);
  private final AppsFlyerServer server = new AppsFlyerServer(market, DIRT, 0, TOKEN);

  AppsFlyerServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String report, String... more) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("timezone", "Asia/Seoul");
    parameters.put("from", FROM.toString());
    parameters.put("to", FROM.plusDays(DAYS - 1).toString());
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    String path = "/api/raw-data/export/app/" + AppsFlyerServer.APP + "/" + report + "/v5";
    return Wire.getWithBearer(server.address() + path, TOKEN, parameters);
  }

  /** Rows by column name; a line feed inside quotes belongs to its field. */
  private static List<Map<String, String>> rows(HttpResponse<String> answer) {
    String[] lines = answer.body().split("\r\n");
    List<String> header = List.of(lines[0].split(","));
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      List<String> fields = fields(lines[i]);
      assertEquals(header.size(), fields.size(), lines[i]);
      Map<String, String> row = new HashMap<>();
      for (int f = 0; f < header.size(); f++) {
        row.put(header.get(f), fields.get(f));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(line);
    for (int at = 0; at <= line.length() && matcher.find(at); at = matcher.end() + 1) {
      fields.add(
          matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\""));
    }
    return fields;
  }

  @Test
  void a_wrong_token_app_zone_report_or_range_is_refused_in_plain_text() {
    HttpResponse<String> token =
        Wire.getWithBearer(server.address() + "/api", "another-token", Map.of("from", "x"));
    assertEquals("401 The supplied API token is invalid", said(token));
    assertEquals("text/plain", token.headers().firstValue("Content-Type").orElseThrow());

    assertEquals(
        "404 App not found",
        said(Wire.getWithBearer(server.address() + "/api", TOKEN, Map.of("from", "x"))));
    assertEquals(
        "400 The timezone must be the app's own setting or UTC",
        said(ask("installs_report", "timezone", "")));
    assertEquals("404 Unknown report uninstalls_report", said(ask("uninstalls_report")));
    assertEquals("400 Invalid date range", said(ask("installs_report", "from", "yesterday")));
  }

  private static String said(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void every_report_has_the_81_columns_in_their_order() {
    for (String report :
        List.of(
            "installs_report",
            "organic_installs_report",
            "in_app_events_report",
            "organic_in_app_events_report")) {
      String header = ask(report).body().lines().findFirst().orElseThrow();

      assertEquals(String.join(",", AppsFlyerHeader.COLUMNS), header);
    }
    assertEquals(81, AppsFlyerHeader.COLUMNS.size());
    assertEquals("Attributed Touch Type", AppsFlyerHeader.COLUMNS.get(0));
    assertEquals(81, new HashSet<>(AppsFlyerHeader.COLUMNS).size());
  }

  @Test
  void rows_come_newest_first_and_are_cut_at_maximum_rows_without_a_word() {
    List<String> all =
        rows(ask("in_app_events_report")).stream().map(r -> r.get("Event Time")).toList();
    HttpResponse<String> cut = ask("in_app_events_report", "maximum_rows", "10");

    assertEquals(all.stream().sorted(Comparator.reverseOrder()).toList(), all);
    assertEquals(200, cut.statusCode());
    assertEquals(all.subList(0, 10), rows(cut).stream().map(r -> r.get("Event Time")).toList());
  }

  @Test
  void a_range_may_begin_and_end_within_a_day_and_a_reversed_one_is_empty() {
    String day = FROM.plusDays(3).toString();
    List<Map<String, String>> noon =
        rows(ask("in_app_events_report")).stream()
            .filter(r -> r.get("Event Time").compareTo(day + " 11:00:00") >= 0)
            .filter(r -> r.get("Event Time").compareTo(day + " 12:59:59") <= 0)
            .toList();

    assertTrue(!noon.isEmpty(), "the market of this seed has no event in these hours");
    assertEquals(
        noon,
        rows(ask("in_app_events_report", "from", day + " 11:00:00", "to", day + " 12:59:59")));
    assertEquals(List.of(), rows(ask("installs_report", "from", day, "to", FROM.toString())));
  }

  @Test
  void paid_and_organic_reports_together_are_the_rows_of_the_truth() {
    Truth truth = Truth.of(market, DIRT);
    List<Map<String, String>> installs = rows(ask("installs_report"));
    installs.addAll(rows(ask("organic_installs_report")));
    List<Map<String, String>> events = rows(ask("in_app_events_report"));
    events.addAll(rows(ask("organic_in_app_events_report")));

    assertEquals(truth.rows(Sources.INSTALLS), (long) installs.size());
    assertEquals(truth.rows(Sources.EVENTS), (long) events.size());
    assertEquals(truth.duplicates().get(Sources.INSTALLS), repeats(installs));
    assertEquals(truth.duplicates().get(Sources.EVENTS), repeats(events));
    assertEquals(
        truth.notPrimary().get(Sources.EVENTS),
        events.stream().filter(r -> r.get("Is Primary Attribution").equals("false")).count());
    Set<String> nobody = nobody();
    events.removeIf(row -> nobody.contains(row.get("AppsFlyer ID")));
    assertEquals(truth.counted().revenue(), revenue(events));
  }

  /** Phones of test users and machines. */
  private Set<String> nobody() {
    Set<User> testUsers = Set.copyOf(Sheet.testUsersOf(market));
    return market.users().stream()
        .filter(user -> testUsers.contains(user) || Claim.of(user).machine())
        .map(User::appsFlyerId)
        .collect(Collectors.toSet());
  }

  @Test
  void up_to_three_touches_before_the_winning_one_come_latest_first_by_name_only() {
    Map<String, User> users = new HashMap<>();
    market.users().forEach(user -> users.put(user.appsFlyerId(), user));
    Set<String> told = new HashSet<>();
    Set<String> nobody = nobody();
    int most = 0;
    long ofWhoCounts = 0;
    for (Map<String, String> row : new HashSet<>(rows(ask("installs_report")))) {
      User user = users.get(row.get("AppsFlyer ID"));
      String before = row.get("Attributed Touch Time");
      for (int n = 1; !row.getOrDefault("Contributor " + n + " Media Source", "").isEmpty(); n++) {
        String contributor = "Contributor " + n + " ";
        String at = row.get(contributor + "Touch Time");
        assertTrue(at.compareTo(before) < 0, row::toString);
        assertTrue(Set.of("click", "impression").contains(row.get(contributor + "Touch Type")));
        assertNotEquals(
            user.campaign().nameOn(user.installedAt().toLocalDate()),
            row.get(contributor + "Campaign"));
        before = at;
        most = Math.max(most, n);
        ofWhoCounts += nobody.contains(user.appsFlyerId()) ? 0 : 1;
        told.add(row.get(contributor + "Media Source"));
      }
    }

    assertEquals(3, most);
    assertEquals(Set.of("Facebook Ads", "googleadwords_int", "Apple Search Ads", "rtb_int"), told);
    assertTrue(
        rows(ask("organic_installs_report")).stream()
            .allMatch(row -> row.get("Contributor 1 Media Source").isEmpty()));
    assertEquals(sum(Truth.of(market, DIRT).counted().assists()), ofWhoCounts);
  }

  private static long sum(Map<String, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long repeats(List<Map<String, String>> rows) {
    return rows.size() - new HashSet<>(rows).size();
  }

  private static Map<String, Long> revenue(List<Map<String, String>> events) {
    Map<String, Long> byDay = new TreeMap<>();
    new HashSet<>(events)
        .stream()
            .filter(r -> r.get("Is Primary Attribution").equals("true"))
            .filter(r -> r.get("Event Name").equals("af_purchase"))
            .forEach(
                r ->
                    byDay.merge(
                        r.get("Event Time").substring(0, 10),
                        Long.valueOf(r.get("Event Revenue")),
                        Long::sum));
    return byDay;
  }
}
