package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;

/**
 * The Marketing API's insights: of an account, campaign or ad set, direct and as a report job,
 * paged by cursor, guarded by token and proof. Some requests are too large, and a job may not be
 * known at once.
 */
public final class MetaServer extends LocalServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v\\d+\\.\\d+/(act_\\d+|\\d+)(/insights|/campaigns|/ads)?/?");
  private static final int POLLS_UNTIL_DONE = 3;

  /** A breakdown is too large for pages of more rows on some days, and as a job of an account. */
  private static final int LARGEST_BROKEN_DOWN = 50;

  private static final int TOO_LARGE_EVERY = 10;

  private final Map<String, ByDay<AdDay>> accounts = new TreeMap<>();
  private final Dirt dirt;
  private final String token;
  private final String proof;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final MetaLimits limits = new MetaLimits();

  /** Whose insights are asked for: an account's, or those of a campaign or ad set within it. */
  private record Node(String account, boolean whole, Predicate<AdDay> within) {}

  private static final class Job {
    private final Node node;
    private final Map<String, String> parameters;

    /** Every second job is not known at the first poll. */
    private int polls;

    Job(Node node, Map<String, String> parameters, int polls) {
      this.node = node;
      this.parameters = parameters;
      this.polls = polls;
    }
  }

  /**
   * A server over a market.
   *
   * @param port 0 for a free one
   * @param appSecret proof of it is demanded
   */
  public MetaServer(Market market, Dirt dirt, int port, String token, String appSecret) {
    super(port);
    Campaign.of(Campaign.META, market)
        .forEach(c -> accounts.putIfAbsent(c.account(), new ByDay<>()));
    market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.META))
        .forEach(ad -> accounts.get(ad.campaign().account()).add(ad.day(), ad));
    this.dirt = dirt;
    this.token = token;
    this.proof = hmac(appSecret, token);
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Answer answer(Asked asked) {
    if (!asked.get("access_token").equals(token)) {
      return error(190, 0, "Error validating access token: the session is invalid.");
    }
    if (!asked.get("appsecret_proof").equals(proof)) {
      return error(100, 0, "Invalid appsecret_proof provided in the API argument");
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches()) {
      return error(100, 33, "Unsupported request to " + asked.path());
    }
    String id = path.group(1);
    Job job = jobs.get(id);
    if (job != null) {
      return path.group(2) == null ? poll(id, job) : insights(job.node, asked, job.parameters);
    }
    if (path.group(2) == null && accounts.containsKey(id.replaceFirst("^act_", ""))) {
      return Answer.json(
          200,
          "{\"id\":\"%s\",\"name\":\"LTV 샵\",\"currency\":\"KRW\",\"timezone_name\":\"Asia/Seoul\",\"account_status\":1}"
              .formatted(id));
    }
    Optional<Node> node = path.group(2) == null ? Optional.empty() : node(id);
    if (node.isEmpty()) {
      return error(
          100,
          33,
          "Unsupported request. Object with ID '" + id + "' does not exist, or is not seen");
    }
    if (path.group(2).equals("/campaigns")) {
      return page(MetaRows.settings(accounts.get(node.get().account).all()), asked);
    }
    if (path.group(2).equals("/ads")) {
      return page(MetaRows.links(accounts.get(node.get().account).all()), asked);
    }
    return asked.method().equals("POST")
        ? startJob(node.get(), asked.parameters())
        : insights(node.get(), asked, asked.parameters());
  }

  private Optional<Node> node(String id) {
    if (id.startsWith("act_")) {
      String account = id.substring("act_".length());
      return accounts.containsKey(account)
          ? Optional.of(new Node(account, true, ad -> true))
          : Optional.empty();
    }
    Predicate<AdDay> within = ad -> ad.campaign().id().equals(id) || ad.ad().adSetId().equals(id);
    return accounts.entrySet().stream()
        .filter(a -> a.getValue().all().stream().anyMatch(within))
        .map(a -> new Node(a.getKey(), false, within))
        .findFirst();
  }

  private Answer startJob(Node node, Map<String, String> parameters) {
    if (node.whole && isLarge(parameters)) {
      return error(100, 1487534, "Invalid parameter");
    }
    int number = jobs.size() + 1;
    String id = "60239201" + "%08d".formatted(number);
    jobs.put(id, new Job(node, parameters, number % 2 == 0 ? -1 : 0));
    return Answer.json(200, "{\"report_run_id\":\"" + id + "\"}");
  }

  private static Answer poll(String id, Job job) {
    job.polls++;
    if (job.polls == 0) {
      return error(100, 33, "Unsupported request. Object with ID '" + id + "' does not exist yet");
    }
    boolean done = job.polls >= POLLS_UNTIL_DONE;
    String status = done ? "Job Completed" : job.polls == 1 ? "Job Not Started" : "Job Running";
    return Answer.json(
        200,
        "{\"id\":\"%s\",\"async_status\":\"%s\",\"async_percent_completion\":%d}"
            .formatted(id, status, done ? 100 : job.polls * 30));
  }

  private Answer insights(Node node, Asked asked, Map<String, String> report) {
    List<String> fields = list(report.getOrDefault("fields", "impressions,spend"));
    for (String field : fields) {
      if (!MetaRows.FIELDS.contains(field)) {
        return error(100, 0, "(#100) " + field + " is not valid for fields param.");
      }
    }
    String level = report.getOrDefault("level", "ad");
    String breakdowns = String.join(",", list(report.getOrDefault("breakdowns", "")));
    boolean known = breakdowns.isEmpty() || breakdowns.equals(MetaRows.PLACEMENT);
    if (!MetaRows.LEVELS.containsKey(level) || !known) {
      return error(100, 0, "(#100) Param level or breakdowns must be one of the known ones.");
    }
    if (isLarge(report) && limit(asked) > LARGEST_BROKEN_DOWN) {
      return failed(
          500, 1, 0, "Please reduce the amount of data you're asking for, then retry your request");
    }
    try {
      Range range = range(report);
      MetaRows rows =
          new MetaRows(
              level,
              fields,
              list(report.getOrDefault("action_attribution_windows", "")),
              report.getOrDefault("time_increment", "").equals("1"),
              !breakdowns.isEmpty());
      List<AdDay> ads =
          accounts.get(node.account).between(range.since, range.until).stream()
              .filter(node.within)
              .toList();
      return page(rows.of(ads, dirt), asked);
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      return error(100, 0, "(#100) Param time_range must be a valid time range.");
    }
  }

  private record Range(LocalDate since, LocalDate until) {}

  private static Range range(Map<String, String> report) throws JsonProcessingException {
    JsonNode range = JSON.readTree(report.getOrDefault("time_range", ""));
    return new Range(
        LocalDate.parse(range.path("since").asText()),
        LocalDate.parse(range.path("until").asText()));
  }

  /** A list as the parameters write it: JSON, or names with commas. */
  private static List<String> list(String parameter) {
    String plain = parameter.replaceAll("[\\[\\]\"\\s]", "");
    return plain.isEmpty() ? List.of() : List.of(plain.split(","));
  }

  /** Whether a report is broken down on a day of which Meta cannot make much at once. */
  private static boolean isLarge(Map<String, String> report) {
    try {
      return report.containsKey("breakdowns")
          && range(report).until.getDayOfMonth() % TOO_LARGE_EVERY == 0;
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      return false;
    }
  }

  private static int limit(Asked asked) {
    return asked.get("limit").isEmpty() ? 25 : Integer.parseInt(asked.get("limit"));
  }

  private Answer page(List<ObjectNode> rows, Asked asked) {
    int limit = limit(asked);
    String after = asked.get("after");
    int start =
        after.isEmpty()
            ? 0
            : Integer.parseInt(
                new String(Base64.getDecoder().decode(after), StandardCharsets.UTF_8));
    int end = Math.min(rows.size(), start + limit);
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    rows.subList(Math.min(start, end), end).forEach(data::add);
    if (end > start) {
      ObjectNode paging = body.putObject("paging");
      paging.putObject("cursors").put("before", cursor(start)).put("after", cursor(end));
      if (end < rows.size()) {
        paging.put("next", next(asked, cursor(end)));
      }
    }
    return new Answer(200, limits.next(), body.toString());
  }

  private static String cursor(int row) {
    return Base64.getEncoder().encodeToString(("" + row).getBytes(StandardCharsets.UTF_8));
  }

  private String next(Asked asked, String cursor) {
    StringBuilder url = new StringBuilder(address() + asked.path() + "?");
    asked
        .parameters()
        .forEach(
            (name, value) -> {
              if (!name.equals("after")) {
                url.append(encode(name)).append('=').append(encode(value)).append('&');
              }
            });
    return url.append("after=").append(encode(cursor)).toString();
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer error(int code, int subcode, String message) {
    return failed(400, code, subcode, message);
  }

  private static Answer failed(int status, int code, int subcode, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", "OAuthException")
        .put("code", code)
        .put("error_subcode", subcode)
        .put("is_transient", false)
        .put("fbtrace_id", "AbCdEf");
    return Answer.json(status, body.toString());
  }
}
