package ltv.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Event;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.User;

/**
 * GA4's export in BigQuery: a table of events per day, rows by position; a token ends after some
 * calls. A parameter is a number in one event and a text in the next.
 */
public final class BigQueryServer extends LocalServer {
  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/token";

  /** The project that holds the export. */
  public static final String PROJECT = "sandbox-export";

  /** The property. */
  public static final String PROPERTY = "4242";

  private static final String DATASET =
      "/bigquery/v2/projects/" + PROJECT + "/datasets/analytics_" + PROPERTY + "/tables";

  private static final Pattern TABLE = Pattern.compile(DATASET + "/events_(\\d{8})(/data)?");
  private static final int CALLS_PER_TOKEN = 40;
  private static final int KOREA_HOURS = 9;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String PARAMS =
      "+event_params{key,value{string_value,int_value,float_value,double_value}}";

  /** Names; {@code +} before what is repeated, {@code {…}} behind what has fields. */
  private static final String SCHEMA =
      "event_date,event_timestamp,event_name,"
          + PARAMS
          + ",user_id,user_pseudo_id,stream_id,platform,device{category,operating_system,advertising_id,is_limited_ad_tracking},geo{country},ecommerce{transaction_id,purchase_revenue},batch_event_index";

  private final Market market;
  private final Dirt dirt;
  private final ByDay<Event> events = new ByDay<>();
  private final ServiceAccountKey key;
  private final TokenDesk tokens = new TokenDesk("sandbox-bigquery-access-", CALLS_PER_TOKEN);

  /**
   * A server over a market; port 0 takes a free one.
   *
   * @param keyFile of the service account that may view
   */
  public BigQueryServer(Market market, Dirt dirt, int port, String keyFile) {
    super(port);
    this.market = market;
    this.dirt = dirt;
    market.events().stream()
        .filter(event -> dirt.received(event, market))
        .forEach(event -> events.add(event.at().toLocalDate(), event));
    this.key = new ServiceAccountKey(keyFile, "/auth/bigquery.readonly");
  }

  @Override
  synchronized Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return key.token(asked, tokens);
    }
    if (!tokens.takes(asked)) {
      return error(401, "authError", "Request had invalid authentication credentials.");
    }
    if (asked.path().equals(DATASET)) {
      return Answer.json(200, "{\"totalItems\":" + market.days() + "}");
    }
    Matcher table = TABLE.matcher(asked.path());
    Optional<LocalDate> day = table.matches() ? day(table.group(1)) : Optional.empty();
    if (day.isEmpty() || day.get().isAfter(market.lastDay())) {
      return error(404, "notFound", "Not found: Table " + asked.path());
    }
    List<Event> rows = events.between(day.get(), day.get());
    return table.group(2) == null ? table(rows) : page(asked, rows);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Answer table(List<Event> rows) {
    ObjectNode table = JSON.createObjectNode();
    table.put("numRows", "" + rows.size());
    table.put("lastModifiedTime", "" + market.lastDay().toEpochDay() + rows.size());
    fields(table.putObject("schema").putArray("fields"), SCHEMA);
    return Answer.json(200, table.toString());
  }

  private static void fields(ArrayNode into, String names) {
    for (String name : names.split(",(?![^{}]*(\\{[^{}]*\\}[^{}]*)*\\})")) {
      int open = name.indexOf('{');
      ObjectNode field = into.addObject();
      field.put("name", (open < 0 ? name : name.substring(0, open)).replace("+", ""));
      field.put("type", open < 0 ? "STRING" : "RECORD");
      field.put("mode", name.startsWith("+") ? "REPEATED" : "NULLABLE");
      if (open > 0) {
        fields(field.putArray("fields"), name.substring(open + 1, name.length() - 1));
      }
    }
  }

  private Answer page(Asked asked, List<Event> all) {
    int from = asked.get("pageToken").isEmpty() ? 0 : Integer.parseInt(asked.get("pageToken"));
    int to = Math.min(all.size(), from + Integer.parseInt(asked.get("maxResults")));
    ObjectNode page = JSON.createObjectNode();
    page.put("totalRows", "" + all.size());
    if (to < all.size()) {
      page.put("pageToken", "" + to);
    }
    if (from < to) {
      ArrayNode rows = page.putArray("rows");
      all.subList(from, to).forEach(event -> rows.add(row(event)));
    }
    return Answer.json(200, page.toString());
  }

  private ObjectNode row(Event event) {
    long micros = event.at().minusHours(KOREA_HOURS).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    boolean ios = event.user().platform().equals("ios");
    boolean paid = event.revenue() > 0;
    return record(
        event.at().format(DateTimeFormatter.BASIC_ISO_DATE),
        micros,
        dirt.calledByOthers(event, market),
        params(event, dirt),
        event.told() ? event.member() : null,
        event.user().appsFlyerId(),
        "3206015529",
        ios ? "IOS" : "ANDROID",
        record("mobile", ios ? "iOS" : "Android", event.user().advertisingId(), "No"),
        record("South Korea"),
        record(paid ? event.orderId() : null, paid ? event.revenue() + ".0" : null),
        1 + dirt.daysLate(event));
  }

  private static ArrayNode params(Event event, Dirt dirt) {
    ArrayNode params = JSON.createArrayNode();
    long session = dirt.endless(event.user()) ? 1 : event.at().toLocalDate().toEpochDay();
    param(params, "ga_session_id", null, session, null);
    if (dirt.internal(event.user())) {
      param(params, "traffic_type", "internal", null, null);
    }
    if (dirt.debugged(event.user())) {
      param(params, "debug_mode", null, 1L, null);
    }
    param(params, "screen", "주문 완료\u2028" + event.user().platform(), null, null);
    boolean even = event.at().getSecond() % 2 == 0;
    param(params, "level", even ? "seven" : null, even ? null : 7L, null);
    if (event.told()) {
      param(params, "contact", User.email(event.member()), null, null);
    }
    if (event.revenue() > 0) {
      param(params, "value", null, null, event.revenue() + ".0");
      param(params, "currency", "KRW", null, null);
    }
    return params;
  }

  private static void param(ArrayNode params, String key, String text, Long whole, String real) {
    params.addObject().set("v", record(key, record(text, whole, null, real)));
  }

  /** Values by position, each a text. */
  private static ObjectNode record(Object... values) {
    ObjectNode record = JSON.createObjectNode();
    ArrayNode cells = record.putArray("f");
    Arrays.stream(values)
        .forEach(
            value -> {
              ObjectNode cell = cells.addObject();
              if (value instanceof JsonNode nested) {
                cell.set("v", nested);
              } else {
                cell.put("v", value == null ? null : value.toString());
              }
            });
    return record;
  }

  private static Answer error(int status, String reason, String message) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error").put("code", status).put("message", message);
    error.putArray("errors").addObject().put("reason", reason);
    return Answer.json(status, body.toString());
  }
}
