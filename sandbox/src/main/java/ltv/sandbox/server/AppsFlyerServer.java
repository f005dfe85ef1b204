package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;

/**
 * AppsFlyer's raw-data pull: one CSV a call, newest rows first, cut at {@code maximum_rows} without
 * a word, errors as plain text.
 */
public final class AppsFlyerServer extends LocalServer {
  /** The app that the demo shop is. */
  public static final String APP = "kr.ltv.shop";

  private static final String ZONE = "Asia/Seoul";
  private static final Pattern PATH =
      Pattern.compile("/api/(?:raw-data|agg-data)/export/app/([^/]+)/([a-z_-]+)/v5");
  private static final String COHORTS = "/api/cohorts/v1/data/app/" + APP;
  private static final String PARTNERS = "partners_by_date_report";
  private static final ObjectMapper JSON = new ObjectMapper();
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int DEFAULT_ROWS = 200_000;

  /** Columns that a report has only when it is asked for them, by their names in the address. */
  private static final Map<String, String> ADDITIONAL =
      Map.of(
          "blocked_reason", "Blocked Reason",
          "rejected_reason", "Rejected Reason",
          "monetization_network", "Monetization Network",
          "device_model", "Device Model",
          "is_lat", "Is LAT",
          "gp_click_time", "Google Play Click Time",
          "gp_install_begin", "Google Play Install Begin Time");

  private final Map<String, AppsFlyerRows> reports;
  private final AppsFlyerAddedUp addedUp;
  private final String token;

  /** A server over a market; port 0 takes a free one. */
  public AppsFlyerServer(Market market, Dirt dirt, int port, String token) {
    super(port);
    this.reports = AppsFlyerRows.reports(market, dirt);
    this.addedUp = new AppsFlyerAddedUp(market);
    this.token = token;
  }

  @Override
  Answer answer(Asked asked) {
    if (!asked.authorization().equals("Bearer " + token)) {
      return Answer.text(401, "The supplied API token is invalid");
    }
    if (asked.path().equals(COHORTS)) {
      return cohort(asked);
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches() || !path.group(1).equals(APP)) {
      return Answer.text(404, "App not found");
    }
    if (!asked.get("timezone").equals(ZONE)) {
      return Answer.text(400, "The timezone must be the app's own setting or UTC");
    }
    try {
      if (path.group(2).equals(PARTNERS)) {
        return csv(
            addedUp.partners(LocalDate.parse(asked.get("from")), LocalDate.parse(asked.get("to"))));
      }
      LocalDateTime from = moment(asked.get("from"), LocalTime.MIN);
      LocalDateTime to = moment(asked.get("to"), LocalTime.of(23, 59, 59));
      AppsFlyerRows report = reports.get(path.group(2));
      return report == null
          ? Answer.text(404, "Unknown report " + path.group(2))
          : csv(report.between(from, to), asked);
    } catch (java.time.DateTimeException e) {
      return Answer.text(400, "Invalid date range");
    }
  }

  private Answer cohort(Asked asked) {
    try {
      JsonNode wanted = JSON.readTree(asked.body());
      boolean known =
          wanted.path("cohort_type").asText().equals("user_acquisition")
              && wanted.path("aggregation_type").asText().equals("cumulative")
              && wanted.path("kpis").size() == 1
              && asked.get("format").equals("csv");
      return known
          ? csv(
              addedUp.cohort(
                  LocalDate.parse(wanted.path("from").asText()),
                  LocalDate.parse(wanted.path("to").asText())))
          : Answer.json(422, "{\"error\":\"invalid body\",\"expose\":false}");
    } catch (JsonProcessingException e) {
      return Answer.json(422, "{\"error\":\"invalid body\",\"expose\":false}");
    }
  }

  private static Answer csv(String text) {
    return new Answer(200, Map.of("Content-Type", "text/csv"), text);
  }

  private static LocalDateTime moment(String text, LocalTime whenDay) {
    return text.length() <= 10
        ? LocalDate.parse(text).atTime(whenDay)
        : LocalDateTime.parse(text, TIME);
  }

  private static Answer csv(List<AppsFlyerRows.Row> newestFirst, Asked asked) {
    int most =
        asked.get("maximum_rows").isEmpty()
            ? DEFAULT_ROWS
            : Integer.parseInt(asked.get("maximum_rows"));
    List<String> columns = new ArrayList<>(AppsFlyerHeader.COLUMNS);
    Stream.of(asked.get("additional_fields").split(","))
        .filter(ADDITIONAL::containsKey)
        .forEach(field -> columns.add(ADDITIONAL.get(field)));
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append("\r\n");
    newestFirst.stream().limit(most).forEach(row -> append(csv, columns, row.values().get()));
    return csv(csv.toString());
  }

  private static void append(StringBuilder csv, List<String> columns, Map<String, String> values) {
    String separator = "";
    for (String column : columns) {
      String value = values.getOrDefault(column, "");
      boolean quoted = value.contains(",") || value.contains("\"") || value.contains("\n");
      csv.append(separator).append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
      separator = ",";
    }
    csv.append("\r\n");
  }
}
