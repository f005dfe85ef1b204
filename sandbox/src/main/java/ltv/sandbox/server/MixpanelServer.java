package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Event;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.User;

/**
 * Mixpanel's raw export of an old project: days and clocks of its own zone, events as they were
 * received, repeats and all; a property is a number in one event and a text in the next.
 */
public final class MixpanelServer extends LocalServer {
  /** The project. */
  public static final String PROJECT = "2718281";

  private static final String SESSION = "sandbox-session";
  private static final int PAGE_SIZE = 1000;
  private static final int KOREA_HOURS = 9;
  private final ObjectMapper json = new ObjectMapper();
  private final Market market;
  private final Dirt dirt;
  private final ByDay<Event> events = new ByDay<>();
  private final String authorization;

  /** A server over a market; port 0 takes a free one. */
  public MixpanelServer(Market market, Dirt dirt, int port, String username, String secret) {
    super(port);
    this.market = market;
    this.dirt = dirt;
    market.events().forEach(event -> events.add(event.at().toLocalDate(), event));
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((username + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  Answer answer(Asked asked) {
    if (!asked.authorization().equals(authorization)) {
      return Answer.json(401, "{\"error\":\"Invalid service account credentials\"}");
    }
    if (asked.path().equals("/api/app/me")) {
      return Answer.json(
          200,
          "{\"status\":\"ok\",\"results\":{\"projects\":{\"%s\":{\"name\":\"shop\",\"timezone\":\"Asia/Seoul\"}}}}"
              .formatted(PROJECT));
    }
    if (asked.path().equals("/api/query/engage")) {
      return profiles(asked);
    }
    if (!asked.path().equals("/api/2.0/export") || !asked.get("project_id").equals(PROJECT)) {
      return Answer.text(404, "no such thing");
    }
    LocalDate from = LocalDate.parse(asked.get("from_date"));
    LocalDate to = LocalDate.parse(asked.get("to_date"));
    if (to.isAfter(market.lastDay())) {
      return Answer.json(400, "{\"error\":\"to_date cannot be later than today\"}");
    }
    StringBuilder lines = new StringBuilder();
    events.between(from, to).forEach(event -> append(lines, event));
    return new Answer(
        200, Map.of("Content-Type", "text/plain", "Content-Encoding", "gzip"), lines.toString());
  }

  private Answer profiles(Asked asked) {
    int page = Integer.parseInt(asked.get("page"));
    if (page > 0 && !asked.get("session_id").equals(SESSION)) {
      return Answer.json(400, "{\"error\":\"session_id is missing\"}");
    }
    List<User> people = User.byPerson(market.users());
    ObjectNode answer = json.createObjectNode();
    answer.put("status", "ok").put("session_id", SESSION).put("page", page);
    answer.put("page_size", PAGE_SIZE).put("total", people.size());
    ArrayNode results = answer.putArray("results");
    people.stream()
        .skip((long) page * PAGE_SIZE)
        .limit(PAGE_SIZE)
        .forEach(user -> profile(results.addObject(), user));
    return Answer.json(200, answer.toString());
  }

  private static void profile(ObjectNode profile, User user) {
    boolean known = !user.customerId().isEmpty();
    profile.put("$distinct_id", known ? user.customerId() : device(user));
    ObjectNode properties = profile.putObject("$properties");
    if (known) {
      properties.put("$email", user.email()).put("$phone", user.phone()).put("$name", "김 Canary");
      properties.put("contact", user.email());
    }
    properties.put("$created", user.installedAt().toString()).put("$country_code", "KR");
    properties.put("plan", "free");
  }

  private void append(StringBuilder lines, Event event) {
    if (!dirt.received(event, market)) {
      return;
    }
    List<ObjectNode> said = new ArrayList<>();
    said.add(line(event, 3));
    if (dirt.exportedTwice(event)) {
      said.add(line(event, 90));
    }
    if (event.name().equals("af_complete_registration")) {
      said.add(identified(event));
    }
    try {
      for (ObjectNode line : said) {
        lines.append(json.writeValueAsString(line)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always written", e);
    }
  }

  private ObjectNode line(Event event, int secondsOnTheWay) {
    ObjectNode line = json.createObjectNode();
    line.put("event", dirt.calledByOthers(event, market));
    ObjectNode properties = line.putObject("properties");
    about(properties, event, event.name());
    properties.put(
        "mp_processing_time_ms",
        1000 * utc(event.at().plusDays(dirt.daysLate(event))) + 1000L * secondsOnTheWay);
    if (event.told()) {
      properties.put("$user_id", event.member());
      properties.put("$email", User.email(event.member()));
      properties.put("$phone", User.phone(event.member()));
    } else if (dirt.misnamed(event)) {
      properties.put("$user_id", "anonymous");
    }
    properties.put("screen", "주문 완료\u2028" + event.user().platform());
    if (!event.productId().isEmpty()) {
      properties.put("product_id", event.productId());
    }
    properties.putObject("ab_test").putArray("arms").add("A").add(2);
    if (event.revenue() > 0) {
      properties.put("currency", "KRW");
      properties.put("order_id", event.orderId());
      if (event.revenue() % 200 == 0) {
        properties.put("revenue", event.revenue());
      } else {
        properties.put("revenue", Long.toString(event.revenue()));
      }
    }
    return line;
  }

  private ObjectNode identified(Event event) {
    ObjectNode line = json.createObjectNode();
    line.put("event", "$identify");
    ObjectNode properties = line.putObject("properties");
    about(properties, event, "$identify");
    properties.put("$identified_id", event.member());
    properties.put("$anon_id", device(event.user()));
    return line;
  }

  /** What an id looks like before somebody signs in. */
  private static String device(User user) {
    return "$device:" + user.appsFlyerId();
  }

  private static void about(ObjectNode properties, Event event, String what) {
    User user = event.user();
    LocalDateTime at = event.at();
    properties.put("time", at.toEpochSecond(ZoneOffset.UTC)); // the wall clock, as if it were UTC
    properties.put("distinct_id", event.told() ? event.member() : device(user));
    properties.put("$insert_id", Integer.toHexString((user.appsFlyerId() + at + what).hashCode()));
    properties.put("$device_id", user.appsFlyerId());
    properties.put("advertising_id", user.advertisingId());
    properties.put("mp_lib", user.platform().equals("ios") ? "iphone" : "android");
    properties.put("$os", user.platform().equals("ios") ? "iOS" : "Android");
    properties.put("mp_country_code", "KR");
  }

  private static long utc(LocalDateTime wallClock) {
    return wallClock.minusHours(KOREA_HOURS).toEpochSecond(ZoneOffset.UTC);
  }
}
