package ltv.sandbox.server;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Event;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.User;

/**
 * AppsFlyer's raw-data pull: one CSV a call, newest rows first, cut at {@code maximum_rows} without
 * a word, errors as plain text.
 */
public final class AppsFlyerServer extends LocalServer {
  /** The app that the demo shop is. */
  public static final String APP = "kr.ltv.shop";

  private static final String ZONE = "Asia/Seoul";
  private static final Pattern PATH =
      Pattern.compile("/api/raw-data/export/app/([^/]+)/([a-z_]+)/v5");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int DEFAULT_ROWS = 200_000;

  private final Market market;
  private final Dirt dirt;
  private final String token;

  /** A server over a market; port 0 takes a free one. */
  public AppsFlyerServer(Market market, Dirt dirt, int port, String token) {
    super(port);
    this.market = market;
    this.dirt = dirt;
    this.token = token;
  }

  private record Row(LocalDateTime at, Map<String, String> values) {}

  @Override
  Answer answer(Asked asked) {
    if (!asked.authorization().equals("Bearer " + token)) {
      return Answer.text(401, "The supplied API token is invalid");
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches() || !path.group(1).equals(APP)) {
      return Answer.text(404, "App not found");
    }
    if (!asked.get("timezone").equals(ZONE)) {
      return Answer.text(400, "The timezone must be the app's own setting or UTC");
    }
    try {
      LocalDateTime from = moment(asked.get("from"), LocalTime.MIN);
      LocalDateTime to = moment(asked.get("to"), LocalTime.of(23, 59, 59));
      return switch (path.group(2)) {
        case "installs_report" -> csv(installs("paid"), from, to, asked);
        case "organic_installs_report" -> csv(installs("organic"), from, to, asked);
        case "in_app_events_report" -> csv(events("paid"), from, to, asked);
        case "organic_in_app_events_report" -> csv(events("organic"), from, to, asked);
        default -> Answer.text(404, "Unknown report " + path.group(2));
      };
    } catch (java.time.DateTimeException e) {
      return Answer.text(400, "Invalid date range");
    }
  }

  private static LocalDateTime moment(String text, LocalTime whenDay) {
    return text.length() <= 10
        ? LocalDate.parse(text).atTime(whenDay)
        : LocalDateTime.parse(text, TIME);
  }

  private List<Row> installs(String kind) {
    List<Row> rows = new ArrayList<>();
    for (User user : market.users()) {
      if (kind(user).equals(kind)) {
        Row row = new Row(user.installedAt(), install(user));
        rows.add(row);
        if (dirt.repeated(user)) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private List<Row> events(String kind) {
    List<Row> rows = new ArrayList<>();
    for (Event event : market.events()) {
      if (!kind(event.user()).equals(kind)) {
        continue;
      }
      Row row = new Row(event.at(), event(event));
      rows.add(row);
      if (dirt.repeated(event)) {
        rows.add(row);
      }
      if (dirt.retargeted(event)) {
        Map<String, String> second = new HashMap<>(row.values);
        second.put("Media Source", "retarget_int");
        second.put("Is Retargeting", "true");
        second.put("Is Primary Attribution", "false");
        rows.add(new Row(event.at(), second));
      }
    }
    return rows;
  }

  private static String kind(User user) {
    return user.campaign() == null ? "organic" : "paid";
  }

  private static Map<String, String> install(User user) {
    Map<String, String> row = new HashMap<>();
    row.put("Install Time", TIME.format(user.installedAt()));
    row.put("Event Time", TIME.format(user.installedAt()));
    row.put("Event Name", "install");
    row.put("Event Source", "SDK");
    row.put("Media Source", user.campaign() == null ? "organic" : user.mediaSource());
    if (user.campaign() != null) {
      row.put("Attributed Touch Type", "click");
      row.put("Attributed Touch Time", TIME.format(user.installedAt().minusMinutes(7)));
      row.put("Campaign", user.campaign().nameOn(user.installedAt().toLocalDate()));
      row.put("Campaign ID", user.campaign().id());
    }
    if (user.ad() != null) {
      row.put("Adset", user.ad().adSetName());
      row.put("Adset ID", user.ad().adSetId());
      row.put("Ad", user.ad().name());
      row.put("Ad ID", user.ad().id());
    }
    row.put("Country Code", "KR");
    row.put("IP", "203.0.113." + Math.floorMod(user.appsFlyerId().hashCode(), 250));
    row.put("AppsFlyer ID", user.appsFlyerId());
    row.put(user.platform().equals("android") ? "Advertising ID" : "IDFA", user.advertisingId());
    row.put("Platform", user.platform());
    row.put("App Version", "3.2.1");
    row.put("App ID", APP);
    row.put("App Name", "LTV 샵");
    row.put("Is Retargeting", "false");
    row.put("Is Primary Attribution", "true");
    return row;
  }

  private static Map<String, String> event(Event event) {
    Map<String, String> row = install(event.user());
    row.put("Event Time", TIME.format(event.at()));
    row.put("Event Name", event.name());
    row.put("Event Value", event.value());
    row.put("Customer User ID", event.user().customerId());
    if (event.revenue() != 0) {
      row.put("Event Revenue", "" + event.revenue());
      row.put("Event Revenue Currency", "KRW");
      row.put("Event Revenue USD", "%.2f".formatted(event.revenue() / 1400.0));
    }
    return row;
  }

  private static Answer csv(List<Row> rows, LocalDateTime from, LocalDateTime to, Asked asked) {
    int most =
        asked.get("maximum_rows").isEmpty()
            ? DEFAULT_ROWS
            : Integer.parseInt(asked.get("maximum_rows"));
    StringBuilder csv = new StringBuilder(String.join(",", AppsFlyerHeader.COLUMNS)).append("\r\n");
    rows.stream()
        .filter(r -> !r.at.isBefore(from) && !r.at.isAfter(to))
        .sorted(Comparator.comparing(Row::at).reversed())
        .limit(most)
        .forEach(row -> append(csv, row.values));
    return new Answer(200, Map.of("Content-Type", "text/csv"), csv.toString());
  }

  private static void append(StringBuilder csv, Map<String, String> values) {
    String separator = "";
    for (String column : AppsFlyerHeader.COLUMNS) {
      String value = values.getOrDefault(column, "");
      boolean quoted = value.contains(",") || value.contains("\"") || value.contains("\n");
      csv.append(separator).append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
      separator = ",";
    }
    csv.append("\r\n");
  }
}
